// A client of the language server for the cases beside this file. Requests, notifications and the shapes that answers are held to are
// those of vscode-languageserver-protocol, so what passes here is understood by whatever is built on it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.env.COPYDESK_WORK, "package.json"));
export const lsp = require("vscode-languageserver-protocol/node");
export const { TextDocument } = require("vscode-languageserver-textdocument");

// How long a slow machine may take to say something.
const PATIENCE = 60_000;

// A client that asks for diagnostics, and one that is told.
export const PULLS = { textDocument: { diagnostic: { relatedDocumentSupport: true } }, workspace: { diagnostics: { refreshSupport: true } } };
export const PUSHED = { textDocument: { publishDiagnostics: { relatedInformation: true, versionSupport: true } } };

const all = (is) => (value) => Array.isArray(value) && value.every((one) => is(one));
const orNull = (is) => (value) => value === null || is(value);
// A list of completions, which may be one that says whether there are more.
const ofItems = (is) => (value) => value === null || all(is)(value) || (typeof value.isIncomplete === "boolean" && all(is)(value.items));
const report = (one) =>
  (one.kind === "full" && all(lsp.Diagnostic.is)(one.items)) || (one.kind === "unchanged" && !("items" in one) && typeof one.resultId === "string");
const inWorkspace = (one) => report(one) && typeof one.uri === "string" && (one.version === null || Number.isInteger(one.version));

// What answers have to be.
const SHAPES = {
  "textDocument/diagnostic": report,
  "workspace/diagnostic": (value) => all(inWorkspace)(value.items),
  "textDocument/codeAction": all(lsp.CodeAction.is),
  "textDocument/completion": ofItems((one) => typeof one.label === "string" && (one.textEdit === undefined || lsp.TextEdit.is(one.textEdit))),
  "textDocument/hover": orNull((value) => lsp.Hover.is(value) && lsp.MarkupContent.is(value.contents)),
  "textDocument/definition": orNull(lsp.Location.is),
  "textDocument/references": orNull(all(lsp.Location.is)),
  "textDocument/documentLink": orNull(all(lsp.DocumentLink.is)),
  shutdown: (value) => value === null,
};

// Waits until something holds, and gives it back.
export async function until(what, look) {
  const end = Date.now() + PATIENCE;
  let last;
  while (Date.now() < end) {
    last = await look();
    if (last) return last;
    await sleep(25);
  }
  assert.fail(`${what}: it never was so`);
}

export class Client {
  // Starts a server in the folder of a site; `test` ends both.
  static start(test, site, ...args) {
    const client = new Client(site, args);
    test.after(async () => {
      client.connection.dispose();
      client.child.kill("SIGKILL");
      await client.ended;
    });
    return client;
  }

  // The same, initialized; what the server can do is in `can`.
  static async open(test, site, capabilities, more = {}) {
    const client = Client.start(test, site);
    const folders = [{ uri: pathToFileURL(site.root).href, name: "site" }];
    const params = { processId: process.pid, rootUri: null, capabilities, workspaceFolders: folders, ...more };
    const answer = await client.ask(lsp.InitializeRequest.type, params);
    client.can = answer.capabilities;
    await client.tell(lsp.InitializedNotification.type, {});
    return client;
  }

  constructor(site, args) {
    this.site = site;
    this.child = spawn(process.env.COPYDESK, ["lsp", ...args], { cwd: site.root, stdio: ["pipe", "pipe", "pipe"] });
    this.ended = once(this.child, "exit");
    this.stderr = "";
    this.child.stderr.on("data", (data) => (this.stderr += data));
    // A server that has ended reads nothing: the case tells what it should have said.
    this.child.stdin.on("error", () => {});
    const silent = { error() {}, warn() {}, info() {}, log() {} };
    const { StreamMessageReader, StreamMessageWriter } = lsp;
    this.connection = lsp.createProtocolConnection(
      new StreamMessageReader(this.child.stdout), new StreamMessageWriter(this.child.stdin), silent);
    // What the server says by itself, in its order.
    this.refreshes = 0;
    this.registered = [];
    this.logged = [];
    this.shown = [];
    this.published = [];
    this.broken = [];
    this.connection.onRequest(lsp.DiagnosticRefreshRequest.type, () => void this.refreshes++);
    this.connection.onRequest(lsp.RegistrationRequest.type, (params) => void this.registered.push(...params.registrations));
    this.connection.onNotification(lsp.LogMessageNotification.type, ({ message }) => this.logged.push(message));
    this.connection.onNotification(lsp.ShowMessageNotification.type, ({ message }) => this.shown.push(message));
    this.connection.onNotification(lsp.PublishDiagnosticsNotification.type, (params) => this.published.push(params));
    this.connection.onError(([error]) => this.broken.push(error));
    this.connection.listen();
  }

  // Sends a request; its answer, in the shape that the protocol has for it.
  async ask(type, params) {
    const answer = params === undefined ? await this.connection.sendRequest(type) : await this.connection.sendRequest(type, params);
    const fits = SHAPES[type.method];
    assert.ok(!fits || fits(answer), `${type.method}: no such answer is in the protocol: ${JSON.stringify(answer)}`);
    assert.deepEqual(this.broken, []);
    return answer;
  }

  // Sends a request that cannot be answered; the code of the error.
  async refused(type, params) {
    const error = await this.connection.sendRequest(type, params).then((answer) => assert.fail(`an answer: ${JSON.stringify(answer)}`), (error) => error);
    assert.ok(error instanceof lsp.ResponseError, error);
    return error.code;
  }

  tell(type, params) {
    return this.connection.sendNotification(type, params);
  }

  // Sends bytes as they are.
  raw(bytes) {
    this.child.stdin.write(bytes);
  }

  show(uri, text, version = 1) {
    return this.tell(lsp.DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: "markdown", version, text } });
  }

  // `changes` is a text, or a list of changes.
  edit(uri, version, changes) {
    const contentChanges = typeof changes === "string" ? [{ text: changes }] : changes;
    return this.tell(lsp.DidChangeTextDocumentNotification.type, { textDocument: { uri, version }, contentChanges });
  }

  hide(uri) {
    return this.tell(lsp.DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  }

  // Says that files have changed, and how: 1 created, 2 changed, 3 deleted.
  changed(type, ...names) {
    const changes = names.map((name) => ({ uri: this.site.uri(name), type }));
    return this.tell(lsp.DidChangeWatchedFilesNotification.type, { changes });
  }

  pull(uri, previousResultId) {
    return this.ask(lsp.DocumentDiagnosticRequest.type, { textDocument: { uri }, previousResultId });
  }

  pullAll(previousResultIds = []) {
    return this.ask(lsp.WorkspaceDiagnosticRequest.type, { previousResultIds });
  }

  // Asks for what is said of a document until it is as it should be.
  async pulled(uri, fits) {
    let items;
    const look = async () => ((items = (await this.pull(uri)).items), fits(items) && items);
    return until(uri, look).catch((error) => assert.fail(`${error.message}; last it was ${JSON.stringify(items)}`));
  }

  // Waits until what is pushed of a document is as it should be.
  async pushed(uri, fits) {
    const last = () => this.published.findLast((one) => one.uri === uri)?.diagnostics;
    return until(uri, () => last() && fits(last()) && last());
  }

  // Waits until the whole site has been read.
  async isRead() {
    await until("the site is read", () => this.refreshes > 0);
  }

  // Nothing is asked any more, and the server ends; its status.
  async end() {
    await this.ask(lsp.ShutdownRequest.type);
    await this.tell(lsp.ExitNotification.type);
    return (await this.ended)[0];
  }

  // The memory that the server holds, in MB; Linux alone tells.
  memory() {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${this.child.pid}/status`, "utf8"))[1]) / 1024;
  }
}

export const has = (lint) => (items) => items.some((one) => one.code === lint);
export const hasNot = (lint) => (items) => !has(lint)(items);
