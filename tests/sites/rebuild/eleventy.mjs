import { readFileSync } from "node:fs";
import { files, print, version } from "./table.mjs";

const pages = new Map();
for (const page of JSON.parse(readFileSync("output.json", "utf8"))) {
  const source = page.inputPath.replace(/^\.\//, "");
  if (page.url) pages.set(source, { address: process.argv[2] + page.url, html: page.content });
}
print(version("@11ty/eleventy"), files(".", [".md"]), pages);
