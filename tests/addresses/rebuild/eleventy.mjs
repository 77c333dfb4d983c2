// What Eleventy says of its pages (as by `--to=json`), for the site in the folder at hand.
import { existsSync, readFileSync } from "node:fs";
import { Eleventy } from "@11ty/eleventy";
import { write } from "./table.mjs";

const configPath = [".eleventy.js", "eleventy.config.mjs"].find((name) => existsSync(name));
const eleventy = new Eleventy(undefined, undefined, { configPath, quietMode: true });
const found = await eleventy.toJSON();
// Eleventy leaves the prefix to those who write links: the host serves the output below it.
const prefix = eleventy.config.pathPrefix.replace(/\/$/, "");
const pages = new Map();
for (const { inputPath, url, content } of found)
  if (url) pages.set(inputPath.replace(/^\.\//, ""), { address: prefix + url, html: content });
const { version } = JSON.parse(readFileSync("../node_modules/@11ty/eleventy/package.json", "utf8"));
write(process.argv[2], ["eleventy", `Eleventy ${version}`], pages);
