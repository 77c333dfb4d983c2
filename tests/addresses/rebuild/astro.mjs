// Build a site with Astro. Each source gets a line of its own path, so that what is written says which source it is of.
import { appendFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "astro";
import { sources, write } from "./table.mjs";

const [site, table] = process.argv.slice(2);
for (const source of sources(site)) appendFileSync(join(site, source), `\n<!-- source: ${source} -->\n`);
const { default: config } = await import(join(site, "astro.config.mjs"));
await build({ root: site, logLevel: "warn" });
const pages = new Map();
for (const file of readdirSync(join(site, "dist"), { recursive: true })) {
  if (!file.endsWith(".html")) continue;
  const html = readFileSync(join(site, "dist", file), "utf8");
  const source = html.match(/<!-- source: (.*?) -->/)?.[1];
  const address = `${(config.base ?? "").replace(/\/$/, "")}/${file}`.replace(/\/index\.html$/, "/");
  if (source) pages.set(source, { address, html });
}
const { version } = JSON.parse(readFileSync("node_modules/astro/package.json", "utf8"));
write(table, ["astro", `Astro ${version}`], pages);
