// When a server runs, and that none is left.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { Programs, activate, folder, isRunning, running, site, until } from "./stand-ins/load.mjs";
import { LanguageStatusSeverity } from "./stand-ins/values.mjs";
import { Window, manifest } from "./stand-ins/vscode.mjs";

/** A window whose program is this script, which need not be a server. */
async function scripted(t, script) {
  const programs = new Programs(t);
  const window = new Window(site(t));
  window.settings.user["copydesk.path"] = programs.put(join(folder(t), "copydesk"), script);
  const deactivate = await activate(t, window);
  return { window, programs, deactivate };
}

/** Waits until the server of this number runs, and is the only one. */
async function alone(window, programs, number) {
  await until(() => programs.started().length === number && isRunning(window), `server ${number} runs`, window);
  assert.deepEqual(programs.alive(), [programs.started().at(-1).pid]);
}

test("one server serves a window, and its item says which", async (t) => {
  const { window, programs } = await running(t);
  await alone(window, programs, 1);
  assert.deepEqual(programs.started()[0].args, ["lsp"]);
  const { text, detail, severity, busy, selector, command } = window.status;
  assert.equal(text, `copydesk ${manifest.version}`);
  assert.equal(detail, programs.started()[0].file);
  assert.deepEqual([severity, busy, command.command], [LanguageStatusSeverity.Information, false, "copydesk.showOutput"]);
  assert.equal(window.module.languages.match(selector, window.show(join(window.folders[0], "README.md"))), 10);
});

test("to restart is to start a new server, when the old one is gone", async (t) => {
  const { window, programs } = await running(t);
  await window.run("copydesk.restart");
  await alone(window, programs, 2);
});

test("of many wishes to restart, the last one counts", async (t) => {
  const { window, programs } = await running(t);
  await Promise.all(Array.from({ length: 5 }, () => window.run("copydesk.restart")));
  await until(() => isRunning(window), "a server runs", window);
  assert.deepEqual(programs.alive(), [programs.started().at(-1).pid]);
  assert.ok(programs.started().length < 6, `${programs.started().length} were started`);
});

test("with the window, the server ends", async (t) => {
  const { window, programs, deactivate } = await running(t);
  await deactivate();
  assert.deepEqual(programs.alive(), []);
  assert.equal(window.status, undefined);
  assert.deepEqual(window.said, []);
});

test("a server that does not answer holds nothing up", async (t) => {
  const { programs, deactivate } = await scripted(t, "exec sleep 600");
  await until(() => programs.started().length === 1, "it is started");
  const before = Date.now();
  await deactivate();
  assert.deepEqual(programs.alive(), []);
  assert.ok(Date.now() - before < 10_000);
});

test("a server that does not end is ended", async (t) => {
  const { window, programs, deactivate } = await scripted(t, `trap '' TERM; '${process.env.COPYDESK}' "$@"; exec sleep 600`);
  await until(() => isRunning(window), "it runs", window);
  await deactivate();
  assert.deepEqual(programs.alive(), []);
});

test("a server that crashes is started again", async (t) => {
  const { window, programs } = await running(t);
  process.kill(programs.started()[0].pid, "SIGKILL");
  await alone(window, programs, 2);
});

test("a server that crashes all the time is let be, and the user is told", async (t) => {
  const { window, programs } = await running(t);
  for (let number = 1; isRunning(window); number += 1) {
    assert.ok(number < 10, "it is started again and again");
    process.kill(programs.started().at(-1).pid, "SIGKILL");
    const settled = () => window.status.severity === LanguageStatusSeverity.Error || (programs.started().length > number && isRunning(window));
    await until(settled, "what comes of the crash", window);
  }
  assert.deepEqual(programs.alive(), []);
  assert.equal(window.status.text, "copydesk has ended");
  assert.equal(window.status.command.command, "copydesk.restart");
  assert.ok(window.said.some(({ kind }) => kind === "error"), JSON.stringify(window.said));
});

test("a program that is no server is told of once, and can be tried again", async (t) => {
  let tries = 0;
  const { window, programs } = await scripted(t, "echo 'no such subcommand' >&2; exit 2");
  window.choose = (offered) => (tries++ < 1 ? offered.at(-1) : undefined);
  await until(() => window.said.length === 2, "it is told, again after another try", window);
  const [{ kind, text, offered }] = window.said;
  assert.equal(kind, "error");
  assert.match(text, /did not start as a language server/);
  assert.deepEqual(offered, ["Show Output", "Try Again"]);
  assert.equal(window.status.text, "copydesk cannot be started");
  assert.equal(programs.started().length, 2);
  assert.ok(window.log.some((line) => line.includes("no such subcommand")), window.log.join("\n"));
});

test("settings of the server start another one, others do not", async (t) => {
  const { window, programs } = await running(t);
  const other = programs.put(join(folder(t), "copydesk"));
  window.set("user", "copydesk.path", other);
  await alone(window, programs, 2);
  assert.equal(programs.started()[1].file, other);

  window.set("workspace", "copydesk.arguments", ["--preset", "strict"]);
  await alone(window, programs, 3);
  assert.deepEqual(programs.started()[2].args, ["lsp", "--preset", "strict"]);

  window.set("user", "copydesk.trace.server", "verbose");
  window.set("user", "editor.fontSize", 12);
  // Long enough to see one start.
  await sleep(1000);
  await alone(window, programs, 3);

  window.set("user", "copydesk.enable", false);
  await until(() => window.status.text === "copydesk is off", "it is off", window);
  assert.deepEqual(programs.alive(), []);
  assert.equal(programs.started().length, 3);

  window.set("user", "copydesk.enable", true);
  await alone(window, programs, 4);
});

test("another folder in the workspace starts another server", async (t) => {
  const { window, programs } = await running(t);
  window.add(site(t));
  await alone(window, programs, 2);
});

test("the output is shown", async (t) => {
  const { window } = await running(t);
  window.run("copydesk.showOutput");
  assert.deepEqual(window.executed, [["show output", "copydesk"]]);
});
