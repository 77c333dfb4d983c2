import { readFileSync } from "node:fs";
import config from "@docusaurus/core/lib/server/config.js";
import { files, print, version, written as textOf } from "./table.mjs";

const { siteConfig } = await config.loadSiteConfig({ siteDir: process.cwd() });
const { baseUrl, trailingSlash, i18n } = siteConfig;

/** The address as links have it: in its language, with the slash at its end that the site wants. */
function addressOf(permalink, locale) {
  // Built alone, a language may have no segment of its own.
  const base = locale === i18n.defaultLocale ? baseUrl : `${baseUrl}${locale}/`;
  const below = permalink.slice(permalink.startsWith(base) ? base.length : baseUrl.length);
  if (below === "" || trailingSlash === undefined) return { address: base + below, below };
  return { address: base + below.replace(/\/?$/, trailingSlash ? "/" : ""), below };
}

const locales = process.argv.slice(2);
if (locales.length === 0) {
  console.log(i18n.locales.join(" "));
} else {
  const pages = new Map();
  for (const locale of locales) {
    const folder = `metadata-${locale}`;
    for (const name of files(folder, [".json"])) {
      const { source, permalink } = JSON.parse(readFileSync(`${folder}/${name}`, "utf8")) ?? {};
      const path = source?.replace("@site/", "");
      const isOwn = locale === i18n.defaultLocale ? !path?.startsWith("i18n/") : path?.startsWith(`i18n/${locale}/`);
      if (!permalink || !isOwn) continue;
      const { address, below } = addressOf(permalink, locale);
      const html = textOf(`out-${locale}`, below) ?? textOf(`out-${locale}/${locale}`, below);
      pages.set(path, { address, html });
    }
  }
  const isSource = (path) => !/^(out|metadata)-/.test(path);
  // Pages of JavaScript have sources; the one of these sites is the home page.
  const written = files(`out-${i18n.defaultLocale}`, [".html"]).filter((path) => path !== "index.html");
  const made = written.map((path) => baseUrl + path.replace(/index\.html$/, ""));
  print(version("@docusaurus/core"), files(".", [".md", ".mdx"]).filter(isSource), pages, made);
}
