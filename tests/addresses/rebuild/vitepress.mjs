// Build a site with VitePress; it says of each file that it writes which source it is of.
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { build } from "vitepress";
import { write } from "./table.mjs";

const [site, table] = process.argv.slice(2);
const pages = new Map();
await build(site, {
  onAfterConfigResolve(config) {
    const below = relative(config.root, config.srcDir);
    const base = config.userConfig.base ?? "/";
    config.transformHtml = (code, file, { pageData, content }) => {
      if (!pageData.filePath) return; // 404.html
      const address = base + relative(config.outDir, file).replace(/(^|\/)index\.html$/, "$1");
      pages.set((below && below + "/") + pageData.filePath, {
        address: config.cleanUrls ? address.replace(/\.html$/, "") : address,
        html: content,
      });
    };
  },
});
const { version } = JSON.parse(readFileSync("node_modules/vitepress/package.json", "utf8"));
write(table, ["vitepress", `VitePress ${version}`], pages);
