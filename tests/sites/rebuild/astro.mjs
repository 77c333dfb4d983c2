import { readFileSync } from "node:fs";
import { files, print, version } from "./table.mjs";

const config = ["mjs", "ts"].flatMap((ending) => files(".", [`astro.config.${ending}`])).map((path) => readFileSync(path, "utf8"))[0];
const base = config.match(/base: "(.*)"/)?.[1] ?? "";
const sources = files(".", [".md", ".mdx"]).filter((path) => path.startsWith("src/"));

/** A line of the body that no other source has. */
function mark(source) {
  const lines = readFileSync(source, "utf8").split("\n---\n").at(-1).split("\n");
  return lines.map((line) => line.replaceAll("'", "").trim()).find((line) => /^[\p{L}].{19}/u.test(line) && !line.startsWith("import"));
}

const pages = new Map();
for (const path of files("dist", [".html"])) {
  const html = readFileSync(`dist/${path}`, "utf8");
  const text = html.replaceAll(/['’]/g, "");
  const source = sources.find((source) => text.includes(mark(source)));
  // A folder is its `index.html`; whether a slash ends its address is the site's `trailingSlash`.
  const address = `${base}/${path}`.replace(/(^|\/)index\.html$/, "$1");
  if (source) pages.set(source, { address, html });
}
print(version("astro"), sources, pages);
