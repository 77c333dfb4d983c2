// Write a table of addresses: one line for each .md or .mdx of a site. Comments that stand in the table stay there.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The .md and .mdx files of a folder, as paths relative to it. */
export function sources(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.mdx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1));
}

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const unescape = (text) =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) =>
    hex || decimal ? String.fromCodePoint(parseInt(hex ?? decimal, hex ? 16 : 10)) : (ENTITIES[name] ?? whole));

/** The ids of h1 to h6 in a piece of HTML, in order. A heading without an id, or with an empty one, gives nothing. */
export function ids(html) {
  return [...html.matchAll(/<h[1-6]\b((?:"[^"]*"|'[^']*'|[^'">])*)>/gi)]
    .map(([, attributes]) => attributes.match(/(?:^|\s)id=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/))
    .filter(Boolean)
    .map((id) => unescape(id[1] ?? id[2] ?? id[3] ?? ""))
    .filter((id) => id !== "");
}

/**
 * `site` is the folder that gets the table, `tool` what made it ("eleventy", "Eleventy 3.1.0"), `pages` a map from
 * source to `{ address, html }`; what is not in it is not published.
 */
export function write(site, [generator, version], pages) {
  const file = join(site, "addresses.tsv");
  const first = `# source, address, ids of headings; made by tests/addresses/rebuild.sh ${generator} (${version})`;
  const kept = (existsSync(file) ? readFileSync(file, "utf8") : "")
    .split("\n")
    .filter((line) => line.startsWith("#") && !line.startsWith("# source, address,"));
  const all = sources(site).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  for (const source of pages.keys()) if (!all.includes(source)) throw new Error(`unknown source: ${source}`);
  const rows = all.map((source) => {
    const page = pages.get(source);
    return page ? [source, decodeURI(page.address), ids(page.html).join(" ")].join("\t") : `${source}\t-\t`;
  });
  writeFileSync(file, [first, ...kept, ...rows, ""].join("\n"));
}
