import { relative } from "node:path";
import { resolveConfig } from "vitepress";
import { files, print, version, written } from "./table.mjs";

const { pages: found, dynamicRoutes, rewrites, srcDir, outDir, site, cleanUrls } = await resolveConfig(".", "build", "production");
const folder = relative(process.cwd(), srcDir);
const pages = new Map();
for (const page of found) {
  const stem = (rewrites.map[page] ?? page).replace(/\.md$/, "");
  const path = stem.replace(/(^|\/)index$/, "$1");
  const isFolder = path !== stem;
  const address = site.base + path + (isFolder || cleanUrls ? "" : ".html");
  const html = written(outDir, `${stem}.html`);
  if (!html) throw new Error(`${page} was not written`);
  // Of the pages that one source makes, the last.
  const source = dynamicRoutes.routes.find((route) => route.path === page)?.route ?? page;
  pages.set(folder ? `${folder}/${source}` : source, { address, html });
}
print(version("vitepress"), files(".", [".md"]), pages);
