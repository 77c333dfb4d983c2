import { defineConfig } from "astro/config";
import mdx from "@astrojs/mdx";

export default defineConfig({
  site: "https://harbour.example",
  base: "/notes",
  integrations: [mdx()],
});
