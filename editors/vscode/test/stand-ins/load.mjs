// Starts the bundle as it is packed, in a window of the stand-in, and a real `copydesk lsp` through it.

import assert from "node:assert/strict";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { Window } from "./vscode.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const bundle = join(here, "../../dist/extension.js");
export const blog = join(here, "../../../../examples/blog");

/** How long a slow machine may take, in milliseconds. */
const PATIENCE = 60_000;

const binary = process.env.COPYDESK;
assert.ok(binary, "COPYDESK must name the program copydesk");

const ends = new WeakMap();

/** What is done when a test is over, however it ends: the last thing first. */
function atEnd(t, act) {
  if (!ends.has(t)) {
    ends.set(t, []);
    t.after(async () => {
      for (const one of ends.get(t).reverse()) await one();
    });
  }
  ends.get(t).push(act);
}

/** A folder of its own for a test. */
export function folder(t) {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "copydesk-vscode-")));
  atEnd(t, () => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** The example blog, in a folder of its own. */
export function site(t) {
  const path = join(folder(t), "blog");
  cpSync(blog, path, { recursive: true });
  return path;
}

/** Programs named copydesk that note that they were started, and are the real one from then on. */
export class Programs {
  #log;

  constructor(t) {
    this.#log = join(folder(t), "log");
    writeFileSync(this.#log, "");
    // Where a test fails, its servers must not be left.
    atEnd(t, () => this.alive().forEach((pid) => process.kill(pid, "SIGKILL")));
  }

  /** Puts one there. `script` is what it does instead. */
  put(file, script = `exec '${binary}' "$@"`) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\necho "$$ $0 $*" >>'${this.#log}'\n${script}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  /** What was started, in order: `{ pid, file, args }`. */
  started() {
    const lines = readFileSync(this.#log, "utf8").split("\n").filter(Boolean);
    return lines.map((line) => line.split(" ")).map(([pid, file, ...args]) => ({ pid: Number(pid), file, args }));
  }

  /** Numbers of the processes that are still there. */
  alive() {
    return this.started().map(({ pid }) => pid).filter(isAlive);
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Loads the bundle anew, for a window. */
export function load(window) {
  const require = createRequire(bundle);
  const { module } = window;
  const usual = Module._load;
  Module._load = (request, ...further) => (request === "vscode" ? module : usual(request, ...further));
  try {
    delete require.cache[bundle];
    return require(bundle);
  } finally {
    Module._load = usual;
  }
}

/** Loads and activates it; ends it with the test. */
export async function activate(t, window) {
  const extension = load(window);
  const context = { subscriptions: [] };
  let isOver = false;
  const deactivate = async () => {
    if (isOver) return;
    isOver = true;
    await extension.deactivate();
    context.subscriptions.forEach((one) => one.dispose());
  };
  atEnd(t, deactivate);
  await extension.activate(context);
  return deactivate;
}

/** Opens a window over a folder with a server that runs. */
export async function running(t, root = site(t)) {
  const programs = new Programs(t);
  const window = new Window(root);
  window.settings.user["copydesk.path"] = programs.put(join(folder(t), "copydesk"));
  const deactivate = await activate(t, window);
  await until(() => isRunning(window), "the server runs", window);
  return { window, programs, root, deactivate };
}

export function isRunning(window) {
  return /^copydesk \d/.test(window.status?.text);
}

/** Waits until something holds. */
export async function until(holds, what, window) {
  const end = Date.now() + PATIENCE;
  while (!(await holds())) {
    if (Date.now() > end) assert.fail(`not in time: ${what}\n${JSON.stringify(window?.said, null, 1)}\n${window?.log.join("\n")}`);
    await sleep(20);
  }
}
