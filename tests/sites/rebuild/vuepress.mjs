import { createBuildApp } from "@vuepress/core";
import { loadUserConfig, resolveUserConfigPath } from "@vuepress/cli";
import { files, print, version, written } from "./table.mjs";

const { userConfig } = await loadUserConfig(resolveUserConfigPath(".vuepress/config.js"));
const app = createBuildApp({ ...userConfig, source: process.cwd() });
await app.init();
const pages = new Map();
for (const page of app.pages.filter((page) => page.filePathRelative)) {
  const address = app.options.base.replace(/\/$/, "") + decodeURI(page.path);
  pages.set(page.filePathRelative, { address, html: written(".vuepress/dist", page.path) });
}
print(version("vuepress"), files(".", [".md"]), pages);
process.exit(0);
