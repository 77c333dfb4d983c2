// Makes the npm packages of a release from its archives: one for each platform, with the program in it, and `copydesk`, which
// asks for all of them as optional dependencies; npm installs the one that fits the machine.
//
//   node npm/build.mjs ARCHIVES OUT [TARGET ...]
//
// Without targets, all platforms of npm/copydesk/platforms.json must be there.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..");
const [archives, out, ...targets] = process.argv.slice(2);
if (!out) {
  console.error("usage: node npm/build.mjs ARCHIVES OUT [TARGET ...]");
  process.exit(2);
}

const version = /^version = "(.+)"$/m.exec(readFileSync(join(root, "Cargo.toml"), "utf8"))[1];
const main = JSON.parse(readFileSync(join(here, "copydesk/package.json"), "utf8"));
const every = JSON.parse(readFileSync(join(here, "copydesk/platforms.json"), "utf8"));
const platforms = every.filter(({ target }) => targets.length === 0 || targets.includes(target));

/** The archive of a target, unless its checksum says that it is not the one that was packed. */
function archiveOf(target) {
  const path = join(archives, `copydesk-${target}.tar.gz`);
  const found = createHash("sha256").update(readFileSync(path)).digest("hex");
  if (readFileSync(`${path}.sha256`, "utf8").split(" ")[0] !== found) {
    throw new Error(`the checksum of ${path} does not agree`);
  }
  return path;
}

/** npm publishes with provenance only what names the repository that it comes from. */
function repository() {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = process.env;
  return name ? { repository: { type: "git", url: `git+${server}/${name}.git` } } : {};
}

function write(folder, description) {
  writeFileSync(join(folder, "package.json"), `${JSON.stringify({ ...description, ...repository() }, null, 2)}\n`);
  for (const licence of ["LICENSE-APACHE", "LICENSE-MIT"]) cpSync(join(root, licence), join(folder, licence));
}

function platformPackage({ package: name, target, os, cpu }) {
  const folder = join(out, name);
  mkdirSync(folder, { recursive: true });
  const program = os === "win32" ? "copydesk.exe" : "copydesk";
  execFileSync("tar", ["-xzf", archiveOf(target), "-C", folder, "--strip-components=1", `copydesk-${target}/${program}`]);
  chmodSync(join(folder, program), 0o755);
  const description = `copydesk for ${os} on ${cpu.join(" and ")}`;
  write(folder, { name, version, description, license: main.license, os: [os], cpu, files: [program] });
}

function mainPackage() {
  const folder = join(out, "copydesk");
  cpSync(join(here, "copydesk"), folder, { recursive: true });
  cpSync(join(root, "README.md"), join(folder, "README.md"));
  const optionalDependencies = Object.fromEntries(platforms.map(({ package: name }) => [name, version]));
  write(folder, { ...main, version, optionalDependencies });
}

rmSync(out, { recursive: true, force: true });
platforms.forEach(platformPackage);
mainPackage();
