// Small sites for the cases beside this file, what `copydesk check` says of them, and places in texts.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const post = (title, body) => `---\ntitle: ${title}\ndate: 2024-05-06\n---\n\n${body}\n`;

// A text that is long enough to be a copy.
export const LONG = [
  "The keeper of the lock wrote down the height of the water each morning, and how many barges waited above the weir.",
  "In the evening he read the numbers to his daughter, who knew the boats by their lanterns and most pilots by their voices.",
  "When the river froze, the book had white pages, and the two of them walked over the ice to the mill for flour and for news.",
  "In spring the first boat brought a letter from the office, which wanted to know why nothing had been counted all winter.",
].join("\n\n");

export class Site {
  constructor(test, files, settings = "generator: plain\n") {
    this.root = realpathSync(mkdtempSync(join(tmpdir(), "copydesk-lsp-")));
    test.after(() => rmSync(this.root, { recursive: true, force: true }));
    for (const [name, text] of Object.entries({ "copydesk.yaml": settings, ...files })) this.write(name, text);
  }

  write(name, text) {
    mkdirSync(dirname(join(this.root, name)), { recursive: true });
    writeFileSync(join(this.root, name), text);
  }

  read(name) {
    return readFileSync(join(this.root, name), "utf8");
  }

  remove(name) {
    rmSync(join(this.root, name), { recursive: true });
  }

  uri(name) {
    return pathToFileURL(join(this.root, name)).href;
  }

  // The name of what a URI of the server means: how it is escaped is its own affair.
  name(uri) {
    return relative(this.root, fileURLToPath(uri));
  }

  run(args, input) {
    const done = spawnSync(process.env.COPYDESK, args, { cwd: this.root, input, encoding: "utf8", maxBuffer: 1 << 28 });
    assert.ok(done.status === 0 || done.status === 1, done.stderr);
    return done.stdout;
  }

  // What the command line reports of the saved site; with a name and a text, of that post as if it were saved.
  check(name, text) {
    const only = name === undefined ? [] : ["-", "--stdin-filename", name];
    const report = JSON.parse(this.run(["check", ...only, "-f", "json", "-q", "--no-cache"], text));
    return report.diagnostics.filter((one) => one.verdict === "reported");
  }
}

// How long a text is in the units of an encoding.
export const units = (text, encoding) =>
  encoding === "utf-8" ? Buffer.byteLength(text) : encoding === "utf-32" ? [...text].length : text.length;

// The lines of a text, with what ends them.
const linesOf = (text) => text.split(/(?<=\n|\r(?!\n))/);

// The byte at a position.
export function byteAt(text, { line, character }, encoding) {
  const lines = linesOf(text);
  let bytes = lines.slice(0, line).reduce((sum, one) => sum + Buffer.byteLength(one), 0);
  for (const c of lines[line] ?? "") {
    if (character <= 0) break;
    character -= units(c, encoding);
    bytes += Buffer.byteLength(c);
  }
  assert.ok(character <= 0, "it is past the end of its line");
  return bytes;
}

// A position of UTF-16 in other units.
export function inUnits(text, { line, character }, encoding) {
  return { line, character: units((linesOf(text)[line] ?? "").slice(0, character), encoding) };
}

// Diagnostics of the server and of the command line as the same kind of thing: lint and bytes.
export const ofServer = (items, text, encoding) =>
  items.map((one) => `${one.code} ${byteAt(text, one.range.start, encoding)}-${byteAt(text, one.range.end, encoding)}`).sort();
export const ofCheck = (found) => found.map((one) => `${one.lint} ${one.span.start}-${one.span.end}`).sort();

// Chance that is the same in each run.
export function dice(seed) {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}
