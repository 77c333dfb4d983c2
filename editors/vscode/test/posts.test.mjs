// What a writer sees of a post, and what the commands do with it, by the real server.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { activate, folder, running, site, until } from "./stand-ins/load.mjs";
import { CancellationTokenSource, CodeActionKind, CodeActionTriggerKind, Position, Range, TextEdit, WorkspaceEdit } from "./stand-ins/values.mjs";
import { Window } from "./stand-ins/vscode.mjs";

const QUOTED = "_posts/2026-03-28-quoted-headline.md";
const IMPORTED = "_posts/2026-04-02-imported-article.md";
const DAMAGED = "_posts/2026-04-20-damaged.md";
const FIRST = "_posts/2026-03-20-harbour-walk.md";
const COPY = "_posts/2026-05-02-harbour-walk.md";

const lintOf = ({ code }) => code.value ?? code;

async function diagnostic(window, path, lint) {
  const find = () => window.diagnostics(path).find((one) => lintOf(one) === lint);
  await until(find, `${lint} in ${path}`, window);
  return find();
}

/** Types a text in front of a post. */
const type = (window, document, text) => {
  const edit = new WorkspaceEdit();
  edit.set(document.uri, [new TextEdit(new Range(0, 0, 0, 0), text)]);
  return window.module.workspace.applyEdit(edit);
};

test("a post that is opened is told what is wrong with it, at its place", async (t) => {
  const { window, root } = await running(t);
  const document = window.show(join(root, QUOTED));
  const found = await diagnostic(window, join(root, QUOTED), "front-matter-unescaped-quote");
  assert.equal(found.source, "copydesk");
  assert.equal(found.severity, window.module.DiagnosticSeverity.Error);
  assert.deepEqual({ ...found.range.start }, { line: 1, character: 32 });
  assert.equal(document.getText(found.range), '"');
});

test("posts that are not open are told of, too", async (t) => {
  const { window, root } = await running(t);
  await diagnostic(window, join(root, DAMAGED), "replacement-character");
});

test("what is typed counts before it is saved", async (t) => {
  const { window, root } = await running(t);
  const path = join(root, QUOTED);
  const document = window.show(path);
  const found = await diagnostic(window, path, "front-matter-unescaped-quote");
  const edit = new WorkspaceEdit();
  edit.set(document.uri, [new TextEdit(found.range, ""), new TextEdit(new Range(5, 0, 5, 0), "A b\u{FFFD}oat. ")]);
  await window.module.workspace.applyEdit(edit);
  const lost = await diagnostic(window, path, "replacement-character");
  assert.equal(document.getText(lost.range), "\u{FFFD}");
  assert.equal(readFileSync(path, "utf8").includes("\u{FFFD}"), false);
});

test("a mark has its repair, and a word why it matters", async (t) => {
  const { window, root } = await running(t);
  const path = join(root, QUOTED);
  const document = window.show(path);
  const found = await diagnostic(window, path, "front-matter-unescaped-quote");
  const { token } = new CancellationTokenSource();
  const context = { diagnostics: [found], only: CodeActionKind.QuickFix, triggerKind: CodeActionTriggerKind.Invoke };
  const actions = await window.providers.get("CodeActions").provideCodeActions(document, found.range, context, token);
  const [preferred] = actions.filter(({ isPreferred }) => isPreferred);
  assert.ok(preferred.edit.entries().length === 1, JSON.stringify(actions));
  const hover = await window.providers.get("Hover").provideHover(document, new Position(1, 32), token);
  assert.match(hover.contents.map(({ value }) => value).join(), /ends the value/);
});

test("the command repairs what `--fix` repairs", async (t) => {
  const { window, root } = await running(t);
  const path = join(root, IMPORTED);
  const document = window.show(path);
  await diagnostic(window, path, "hidden-empty-element");
  await window.run("copydesk.fixAll");
  assert.match(window.said.at(-1).text, /^copydesk: \d repaired$/);

  const other = site(t);
  assert.notEqual(document.getText(), readFileSync(join(other, IMPORTED), "utf8"));
  // It reports what is left by its status.
  assert.throws(() => execFileSync(process.env.COPYDESK, ["--root", other, "--fix", "--no-cache"], { stdio: "pipe" }), { status: 1 });
  assert.equal(document.getText(), readFileSync(join(other, IMPORTED), "utf8"));
  assert.equal(readFileSync(path, "utf8").includes("display:none"), true, "it is for the user to save");

  await window.run("copydesk.fixAll");
  assert.equal(window.said.at(-1).text, "copydesk: nothing to repair");
});

test("repairs that come for a text which has changed are asked for again", async (t) => {
  const { window, programs, root } = await running(t);
  const path = join(root, IMPORTED);
  const document = window.show(path);
  await diagnostic(window, path, "hidden-empty-element");
  const before = document.getText();
  // The server has the question, but no time to answer before the text changes.
  const [{ pid }] = programs.started();
  process.kill(pid, "SIGSTOP");
  const command = window.run("copydesk.fixAll");
  await sleep(500);
  // It would lose words, if what stood at its place were deleted.
  const line = "The quay, the crane and the weir were all that could be seen of it from the road that morning.\n\n";
  const edit = new WorkspaceEdit();
  edit.set(document.uri, [new TextEdit(new Range(5, 0, 5, 0), line)]);
  await window.module.workspace.applyEdit(edit);
  process.kill(pid, "SIGCONT");
  await command;
  const wanted = before.replace("\n<p", `\n${line}<p`).replace(/<p style.*-->/, "");
  assert.equal(document.getText(), wanted);
});

test("there is nothing to repair without a post, or without a server", async (t) => {
  const { window, root } = await running(t);
  await window.run("copydesk.fixAll");
  assert.equal(window.said.at(-1).text, "Open a post first.");
  window.show(join(root, "_config.yml"));
  await window.run("copydesk.showDuplicates");
  assert.equal(window.said.length, 2);
  assert.equal(window.said.at(-1).text, "Open a post first.");

  const off = new Window(root);
  off.settings.user["copydesk.enable"] = false;
  await activate(t, off);
  off.show(join(root, IMPORTED));
  await off.run("copydesk.fixAll");
  assert.equal(off.said.at(-1).text, "copydesk is not running.");
});

test("a copy and its original are shown side by side, from either", async (t) => {
  const { window, root } = await running(t);
  window.show(join(root, COPY));
  await diagnostic(window, join(root, COPY), "duplicate-post");
  const compared = async (path, other) => {
    window.show(join(root, path));
    await window.run("copydesk.showDuplicates");
    const [command, left, right, title, { selection }] = window.executed.at(-1);
    assert.equal(command, "vscode.diff");
    assert.deepEqual([left.fsPath, right.fsPath], [join(root, other), join(root, path)]);
    assert.equal(title, `${other} ↔ ${path}`);
    assert.ok(selection instanceof Range);
  };
  await compared(COPY, FIRST);
  await compared(FIRST, COPY);
  assert.deepEqual(window.said, []);
});

test("of several copies one is chosen, or all are shown", async (t) => {
  const root = site(t);
  const third = join(root, "_posts/2026-05-09-harbour-walk.md");
  copyFileSync(join(root, COPY), third);
  const { window } = await running(t, root);
  await diagnostic(window, third, "duplicate-post");
  await diagnostic(window, join(root, COPY), "duplicate-post");
  window.show(join(root, FIRST));

  window.choose = (items) => items.find(({ label }) => label.includes("05-09"));
  await window.run("copydesk.showDuplicates");
  assert.equal(window.executed.at(-1)[0], "vscode.diff");
  assert.equal(window.executed.at(-1)[1].fsPath, third);
  const { offered } = window.said.at(-1);
  assert.deepEqual(offered.map(({ label }) => label).sort(), ["$(references) Show all places", COPY, "_posts/2026-05-09-harbour-walk.md"]);

  window.choose = (items) => items.at(-1);
  await window.run("copydesk.showDuplicates");
  const [command, , , places] = window.executed.at(-1);
  assert.equal(command, "editor.action.goToLocations");
  assert.deepEqual(places.map(({ uri }) => uri.fsPath).sort(), [join(root, COPY), third]);

  const calls = window.executed.length;
  window.choose = () => undefined;
  await window.run("copydesk.showDuplicates");
  assert.equal(window.executed.length, calls);
});

test("a post without a copy has none", async (t) => {
  const { window, root } = await running(t);
  window.show(join(root, DAMAGED));
  await diagnostic(window, join(root, DAMAGED), "replacement-character");
  await diagnostic(window, join(root, COPY), "duplicate-post");
  await window.run("copydesk.showDuplicates");
  assert.deepEqual(window.executed, []);
  assert.equal(window.said.at(-1).text, "No other post is known to have this text.");
});

test("a copy that is typed is found before it is saved", async (t) => {
  const root = folder(t);
  writeFileSync(join(root, "copydesk.yaml"), "generator: plain\n");
  const words = readFileSync(join(site(t), FIRST), "utf8");
  writeFileSync(join(root, "a.md"), words);
  writeFileSync(join(root, "b.md"), "");
  const { window } = await running(t, root);
  const document = window.show(join(root, "b.md"));
  await type(window, document, words);
  await until(() => window.diagnostics(join(root, "b.md")).some((one) => lintOf(one) === "duplicate-post"), "the copy", window);
  await window.run("copydesk.showDuplicates");
  assert.deepEqual(window.executed.at(-1).slice(1, 3).map(({ fsPath }) => fsPath), [join(root, "a.md"), join(root, "b.md")]);
});
