// Packs the extension, which must be built, for people and for releases.
//
//   node package.mjs OUT.vsix
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const [out] = process.argv.slice(2);
if (!out) {
  console.error("usage: node package.mjs OUT.vsix");
  process.exit(2);
}

/** Links and pictures of the README lead to where the release is made; without one, they stay as they are. */
function addresses() {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name, GITHUB_REF_NAME: ref } = process.env;
  if (!name) return ["--no-rewrite-relative-links"];
  const base = (what) => `${server}/${name}/${what}/${ref}/editors/vscode`;
  return ["--baseContentUrl", base("blob"), "--baseImagesUrl", base("raw")];
}

const licences = ["LICENSE-APACHE", "LICENSE-MIT"];
for (const licence of licences) cpSync(join(root, licence), join(here, licence));
mkdirSync(dirname(resolve(out)), { recursive: true });
try {
  // The bundle holds all that it needs, and nothing says where the repository will be.
  const flags = ["--no-dependencies", "--allow-missing-repository", "--skip-license", "--out", resolve(out), ...addresses()];
  execFileSync(process.execPath, [join(here, "node_modules/@vscode/vsce/vsce"), "package", ...flags], { cwd: here, stdio: "inherit" });
} finally {
  for (const licence of licences) rmSync(join(here, licence));
}
