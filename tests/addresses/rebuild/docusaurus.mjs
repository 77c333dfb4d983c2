// Read what Docusaurus notes of its pages (source and permalink) and what it writes for them.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { write } from "./table.mjs";

const [site, table] = process.argv.slice(2);
const { baseUrl, url } = createRequire(import.meta.url)(join(site, "docusaurus.config.js"));
const notes = readdirSync(join(site, ".docusaurus"), { recursive: true })
  .filter((name) => /^docusaurus-plugin-content-.*\.json$/.test(name))
  .map((name) => JSON.parse(readFileSync(join(site, ".docusaurus", name), "utf8")));
const pages = new Map();
for (const { source, permalink } of notes) {
  if (!source || !permalink) continue;
  const file = [permalink, decodeURI(permalink)] // A page's file may be named by its address in percents.
    .map((address) => address.slice(baseUrl.length).replace(/\/$/, ""))
    .flatMap((path) => [path + "/index.html", path + ".html"])
    .map((path) => join(site, "build", path))
    .find((path) => existsSync(path));
  const html = readFileSync(file, "utf8");
  // The canonical address has the slash at the end as the settings want it.
  const [, canonical] = html.match(/<link\b[^>]*rel="canonical"[^>]*href="([^"]*)"/);
  const [main] = html.match(/<main\b.*<\/main>/s) ?? [html];
  pages.set(source.replace(/^@site\//, ""), { address: canonical.slice(url.length), html: main });
  if (decodeURI(canonical.slice(url.length)) !== decodeURI(permalink)) console.log(`${permalink} is ${canonical}`);
}
const { version } = JSON.parse(readFileSync("node_modules/@docusaurus/core/package.json", "utf8"));
write(table, ["docusaurus", `Docusaurus ${version}`], pages);
