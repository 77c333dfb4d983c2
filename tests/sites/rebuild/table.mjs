// Rows of the table of addresses: source, address, ids of headings; `-` for what is not published.
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** The ids of all headings of a page, in order. */
export function anchors(html) {
  return [...html.matchAll(/<h[1-6]\b[^>]*?\sid="([^"]*)"/g)].map((found) => found[1]).filter((id) => id !== "");
}

/** All files below a folder whose names end so, relative to it. */
export function files(folder, endings, below = "") {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below ? `${below}/${entry.name}` : entry.name;
    if (entry.name === "node_modules" || entry.name.startsWith(".")) return [];
    if (entry.isDirectory()) return files(folder, endings, path);
    return endings.some((ending) => entry.name.endsWith(ending)) ? [path] : [];
  });
}

/** Prints the rows for these sources; `pages` has `{ address, html }` of those that are published, `made` other addresses. */
export function print(generator, sources, pages, made = []) {
  console.log(`# Printed by tests/sites/rebuild.sh with ${generator}: source, address, ids of headings.`);
  for (const source of [...sources].sort()) {
    const page = pages.get(source);
    const ids = page?.html ? anchors(page.html).join(" ") : "";
    console.log([source, page?.address ?? "-", ids].join("\t").trimEnd());
  }
  const bare = (address) => address.replace(/\/$/, "");
  const told = new Set([...pages.values()].map((page) => bare(page.address)));
  for (const address of made.filter((address) => !told.has(bare(address))).sort()) console.log(`# made\t${address}`);
}

/** The version of an installed package, behind its name. */
export function version(name) {
  return `${name} ${JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")).version}`;
}

/** The text of a page that was written for an address: `/a/` or `/a` or `/a.html`. */
export function written(folder, path) {
  const bare = decodeURI(path).replace(/\/$/, "");
  const names = [bare, `${bare}.html`, `${bare}/index.html`].map((name) => join(folder, name));
  const found = names.find((name) => existsSync(name) && statSync(name).isFile());
  return found && readFileSync(found, "utf8");
}
