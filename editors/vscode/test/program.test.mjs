// Which program is started, of those that may be there. All of them note that they were.

import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";
import { beforeEach, test } from "node:test";

import { Programs, activate, folder, isRunning, site, until } from "./stand-ins/load.mjs";
import { Window } from "./stand-ins/vscode.mjs";

const platforms = JSON.parse(readFileSync(new URL("../../../npm/copydesk/platforms.json", import.meta.url), "utf8"));
const native = platforms.find(({ os, cpu }) => os === process.platform && cpu.includes(process.arch)).package;

// The scripts need what a system has; no copydesk is there.
const SYSTEM = ["/usr/bin", "/bin"];
beforeEach(() => (process.env.PATH = SYSTEM.join(delimiter)));

/** Opens a window, and waits for what comes of it: the file that runs, or what is told. */
async function outcome(t, window, programs) {
  const deactivate = await activate(t, window);
  await until(() => isRunning(window) || window.said.length > 0, "a server or a message", window);
  const { text, offered } = window.said[0] ?? {};
  return { file: isRunning(window) ? programs.started().at(-1).file : undefined, text, offered, deactivate };
}

test("the setting names it: from the root, the home, or the first folder", async (t) => {
  const root = site(t);
  const home = folder(t);
  const usual = process.env.HOME;
  process.env.HOME = home;
  t.after(() => (process.env.HOME = usual));
  const programs = new Programs(t);
  process.env.PATH = [dirname(programs.put(join(folder(t), "copydesk"))), ...SYSTEM].join(delimiter);
  for (const [setting, file] of [
    [join(home, "a/copydesk-1"), join(home, "a/copydesk-1")],
    ["~/b/copydesk", join(home, "b/copydesk")],
    [" tools/copydesk ", join(root, "tools/copydesk")],
    ["../copydesk", join(dirname(root), "copydesk")],
  ]) {
    programs.put(file);
    const window = new Window(root, folder(t));
    window.settings.user["copydesk.path"] = setting;
    const found = await outcome(t, window, programs);
    assert.equal(found.file, file, found.text);
    await found.deactivate();
  }
});

test("what the setting names must be there, whatever else is", async (t) => {
  const root = site(t);
  const programs = new Programs(t);
  process.env.PATH = [dirname(programs.put(join(folder(t), "copydesk"))), ...SYSTEM].join(delimiter);
  writeFileSync(join(root, "text"), "not to be started");
  for (const setting of ["gone/copydesk", "_posts", "text"]) {
    const window = new Window(root);
    window.settings.user["copydesk.path"] = setting;
    const found = await outcome(t, window, programs);
    assert.equal(found.text, `The setting copydesk.path names ${join(root, setting)}, which is no program.`);
    assert.deepEqual(found.offered, ["Open Settings", "Try Again"]);
    await found.deactivate();
  }
  assert.deepEqual(programs.started(), []);
});

test("without a setting, it is looked for in the workspace, and then in PATH", async (t) => {
  const first = site(t);
  const second = folder(t);
  const programs = new Programs(t);
  const inPath = join(folder(t), "copydesk");
  const places = [
    join(first, "node_modules", native, "copydesk"),
    join(first, "node_modules/.bin/copydesk"),
    join(first, ".venv/bin/copydesk"),
    join(first, "venv/bin/copydesk"),
    join(second, "node_modules/.bin/copydesk"),
    inPath,
  ];
  places.forEach((file) => programs.put(file));
  // Neither a folder nor a file that is not to be started is a program.
  const folders = [folder(t), folder(t)];
  mkdirSync(join(folders[0], "copydesk"));
  chmodSync(programs.put(join(folders[1], "copydesk")), 0o644);
  process.env.PATH = [...folders, dirname(inPath), ...SYSTEM].join(delimiter);
  for (const file of places) {
    const found = await outcome(t, new Window(first, second), programs);
    assert.equal(found.file, file, found.text);
    await found.deactivate();
    rmSync(file);
  }
  const found = await outcome(t, new Window(first, second), programs);
  assert.match(found.text, /neither in this workspace nor in PATH/);
});

test("npm's package is found where pnpm keeps it", async (t) => {
  const root = site(t);
  const programs = new Programs(t);
  const kept = join(root, "node_modules/.pnpm/copydesk@1/node_modules");
  mkdirSync(join(kept, "copydesk"), { recursive: true });
  symlinkSync(join(kept, "copydesk"), join(root, "node_modules/copydesk"));
  const file = programs.put(join(kept, native, "copydesk"));
  assert.equal((await outcome(t, new Window(root), programs)).file, file);
});

test("where there is none, the user is told what to do, and can do it", async (t) => {
  const root = site(t);
  const programs = new Programs(t);
  const window = new Window(root);
  window.choose = (offered) => offered.find((one) => one === "Open Settings");
  const { text, offered } = await outcome(t, window, programs);
  assert.match(text, /neither in this workspace nor in PATH/);
  assert.deepEqual(offered, ["Open Settings", "Try Again"]);
  await until(() => window.executed.length > 0, "the settings are opened", window);
  assert.deepEqual(window.executed, [["workbench.action.openSettings", "copydesk.path"]]);
  assert.equal(window.status.text, "copydesk cannot be started");

  programs.put(join(root, "node_modules/.bin/copydesk"));
  await window.run("copydesk.restart");
  await until(() => isRunning(window), "it runs when it is there", window);
});

test("a relative folder in PATH is none", async (t) => {
  const root = site(t);
  const programs = new Programs(t);
  programs.put(join(root, "bin/copydesk"));
  const usual = process.cwd();
  process.chdir(root);
  t.after(() => process.chdir(usual));
  process.env.PATH = ["bin", "", ...SYSTEM].join(delimiter);
  assert.match((await outcome(t, new Window(root), programs)).text, /neither in this workspace nor in PATH/);
  assert.deepEqual(programs.started(), []);
});

// A workspace that is not trusted starts nothing of its own, however it tries. Each way is tried twice: trusted, it works.
const ways = {
  "as a package": (root, programs) => programs.put(join(root, "node_modules", native, "copydesk")),
  "beside other programs of npm": (root, programs) => programs.put(join(root, "node_modules/.bin/copydesk")),
  "in a virtual environment": (root, programs) => programs.put(join(root, ".venv/bin/copydesk")),
  "by a setting of the workspace": (root, programs, window, t) => {
    // It need not even be in the workspace: a setting could name any program with any arguments.
    window.settings.workspace["copydesk.path"] = programs.put(join(folder(t), "copydesk"));
  },
  "by a setting of the user that leads there": (root, programs, window) => {
    programs.put(join(root, "copydesk"));
    window.settings.user["copydesk.path"] = "./copydesk";
  },
  "by a folder in PATH": (root, programs) => {
    process.env.PATH = [dirname(programs.put(join(root, "bin/copydesk"))), ...SYSTEM].join(delimiter);
  },
  "by a symbolic link in PATH": (root, programs, window, t) => {
    const link = join(folder(t), "copydesk");
    symlinkSync(programs.put(join(root, "tools/copydesk")), link);
    process.env.PATH = [dirname(link), ...SYSTEM].join(delimiter);
  },
  "by its name without the symbolic link that was opened": (root, programs, window, t) => {
    const link = join(folder(t), "link");
    symlinkSync(root, link);
    window.folders = [link];
    window.settings.user["copydesk.path"] = programs.put(join(root, "copydesk"));
  },
  "by a symbolic link to the workspace": (root, programs, window, t) => {
    const link = join(folder(t), "link");
    symlinkSync(root, link);
    programs.put(join(root, "copydesk"));
    window.settings.user["copydesk.path"] = join(link, "copydesk");
  },
};

for (const [name, way] of Object.entries(ways)) {
  test(`a workspace that is not trusted starts nothing of its own: ${name}`, async (t) => {
    const root = site(t);
    const programs = new Programs(t);
    const window = new Window(root);
    window.isTrusted = false;
    way(root, programs, window, t);
    const { text } = await outcome(t, window, programs);
    assert.match(text, /copydesk/);
    assert.deepEqual(programs.started(), []);
    window.trust();
    await until(() => isRunning(window), "with trust it runs", window);
    assert.equal(programs.started().length, 1);
  });
}

test("a workspace that is not trusted says so, and where trust is given", async (t) => {
  const root = site(t);
  const programs = new Programs(t);
  programs.put(join(root, "node_modules/.bin/copydesk"));
  const window = new Window(root);
  window.isTrusted = false;
  window.choose = ([first]) => first;
  const { text, offered } = await outcome(t, window, programs);
  assert.match(text, /only when you trust the workspace/);
  assert.deepEqual(offered, ["Manage Workspace Trust"]);
  await until(() => window.executed.length > 0, "trust can be given", window);
  assert.deepEqual(window.executed, [["workbench.trust.manage"]]);
});

test("the user's own program serves a workspace that is not trusted, without the workspace's arguments", async (t) => {
  const root = site(t);
  const programs = new Programs(t);
  programs.put(join(root, "node_modules/.bin/copydesk"));
  const own = programs.put(join(folder(t), "copydesk"));
  process.env.PATH = [join(root, "node_modules/.bin"), dirname(own), ...SYSTEM].join(delimiter);
  const window = new Window(root);
  window.isTrusted = false;
  window.settings.workspace["copydesk.arguments"] = ["--root", "/"];
  assert.equal((await outcome(t, window, programs)).file, own);
  assert.deepEqual(programs.started()[0].args, ["lsp"]);
  window.trust();
  await until(() => programs.started().length === 2 && isRunning(window), "the workspace's own with trust", window);
  assert.equal(basename(dirname(programs.started()[1].file)), ".bin");
});
