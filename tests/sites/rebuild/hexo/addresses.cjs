// Writes where Hexo puts each source of the site in the current folder, after it has made all pages.
"use strict";

const fs = require("fs");
const Hexo = require("hexo");
const { url_for: urlFor } = require("hexo-util");

const address = (hexo, path) => decodeURI(urlFor.call(hexo, `/${hexo.route.format(path)}`)).replace(/\/index\.html$/, "/");
const anchors = (html) => [...(html || "").matchAll(/<h[1-6][^>]*\sid="([^"]*)"/g)].map((found) => found[1]);

function sources(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? sources(path) : /\.(md|markdown|html)$/.test(path) ? [path] : [];
  });
}

(async () => {
  const hexo = new Hexo(process.cwd(), { silent: true });
  await hexo.init();
  await hexo.load();
  const routes = new Set(hexo.route.list());
  const folder = hexo.config.source_dir;
  const made = new Map();
  for (const page of [...hexo.locals.get("posts").toArray(), ...hexo.locals.get("pages").toArray()]) {
    made.set(`${folder}/${page.source}`, [address(hexo, page.path), anchors(page.content).join(" "), page]);
  }
  for (const asset of [...hexo.model("Asset").toArray(), ...hexo.model("PostAsset").toArray()]) {
    made.set(asset._id, [address(hexo, asset.path), "", asset]);
  }
  const written = ([, [, , page]]) => routes.has(hexo.route.format(page.path));
  const rows = new Map([...made].filter(written));
  console.log(`# source, address, anchors: by Hexo ${hexo.version}`);
  for (const source of sources(folder).sort()) {
    const [where, ids] = rows.get(source) || ["-", ""];
    console.log(`${source}\t${where}\t${ids}`);
  }
  const told = new Set([...rows.values()].map(([, , page]) => hexo.route.format(page.path)));
  for (const source of [...rows.keys()].sort()) {
    const page = rows.get(source)[2];
    for (const alias of [].concat(page.alias || page.aliases || [])) {
      if (!routes.has(hexo.route.format(alias))) continue;
      told.add(hexo.route.format(alias));
      console.log(`# alias\t${source}\t${address(hexo, alias)}`);
    }
  }
  for (const path of [...routes].filter((path) => !told.has(path)).sort()) console.log(`# made\t${address(hexo, path)}`);
  await hexo.exit();
})();
