import { defineCollection, z } from "astro:content";
import { glob } from "astro/loaders";

const schema = z.object({ title: z.string(), pubDate: z.coerce.date(), draft: z.boolean().default(false) });
const blog = defineCollection({ loader: glob({ pattern: "**/*.{md,mdx}", base: "./src/content/blog" }), schema });
const log = defineCollection({ loader: glob({ pattern: "*.md", base: "./src/content/log" }), schema });

export const collections = { blog, log };
