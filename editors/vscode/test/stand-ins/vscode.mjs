// A stand-in for the module `vscode`: one window with nothing on a screen. What the extension says is written down; texts, settings
// and diagnostics are kept as VS Code keeps them, as far as the tests need it. What is not here fails where it is asked for.

import { readFileSync } from "node:fs";
import { basename, relative } from "node:path";

import { TextDocument } from "vscode-languageserver-textdocument";

import * as values from "./values.mjs";

const { Disposable, EventEmitter, LogLevel, Range, Uri } = values;

export const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

const OF_WORKSPACE = [
  "onDidOpenTextDocument", "onDidChangeTextDocument", "onDidCloseTextDocument", "onDidSaveTextDocument", "onWillSaveTextDocument",
  "onDidChangeConfiguration", "onDidChangeWorkspaceFolders", "onDidGrantWorkspaceTrust",
];
const OF_WINDOW = ["onDidChangeActiveTextEditor", "onDidChangeVisibleTextEditors"];

export class Window {
  /** Every message with its buttons, and what was picked from: `{ kind, text, offered }`. */
  said = [];
  /** Commands of the editor that were called: `[name, ...arguments]`. */
  executed = [];
  /** Lines of the output channel. */
  log = [];
  commands = new Map();
  providers = new Map();
  status = undefined;
  /** What the user does with what is offered. */
  choose = () => undefined;
  /** Settings as their files have them. */
  settings = { user: {}, workspace: {} };
  isTrusted = true;
  documents = [];
  active = undefined;

  #collections = new Set();
  #on = Object.fromEntries([...OF_WORKSPACE, ...OF_WINDOW].map((name) => [name, new EventEmitter()]));

  constructor(...folders) {
    this.folders = folders;
  }

  /** What `require("vscode")` gives. */
  get module() {
    return {
      ...values,
      // The oldest one that the extension says it runs in.
      version: manifest.engines.vscode.replace("^", ""),
      env: { appName: "a stand-in", language: "en" },
      workspace: this.#workspace(),
      window: this.#window(),
      languages: this.#languages(),
      commands: this.#commands(),
    };
  }

  // What a user does.

  /** Opens a file in an editor, which comes to the front. */
  show(path) {
    const uri = Uri.file(path);
    let document = this.documents.find((one) => one.uri.toString() === uri.toString());
    if (document === undefined) {
      document = new Document(uri, readFileSync(path, "utf8"));
      this.documents.push(document);
      this.#on.onDidOpenTextDocument.fire(document);
    }
    this.active = { document };
    this.#on.onDidChangeVisibleTextEditors.fire([this.active]);
    return document;
  }

  /** Changes a setting in the user's file or the one of the workspace. */
  set(where, name, value) {
    this.settings[where][name] = value;
    const affectsConfiguration = (section) => name === section || name.startsWith(`${section}.`);
    this.#on.onDidChangeConfiguration.fire({ affectsConfiguration });
  }

  trust() {
    this.isTrusted = true;
    this.#on.onDidGrantWorkspaceTrust.fire();
  }

  /** Adds a folder to the workspace. */
  add(folder) {
    this.folders.push(folder);
    this.#on.onDidChangeWorkspaceFolders.fire({ added: [this.#folders().at(-1)], removed: [] });
  }

  run(command, ...further) {
    const handler = this.commands.get(command);
    if (handler === undefined) throw new Error(`no command ${command}`);
    return handler(...further);
  }

  /** All that is said of a file, whoever says it. */
  diagnostics(path) {
    return [...this.#collections].flatMap((one) => one.get(Uri.file(path)) ?? []);
  }

  // What the extension is given.

  #workspace() {
    const window = this;
    return {
      ...this.#events(OF_WORKSPACE),
      get isTrusted() { return window.isTrusted; },
      get workspaceFolders() { return window.#folders(); },
      get textDocuments() { return window.documents; },
      notebookDocuments: [],
      asRelativePath: (uri) => relative(this.folders[0], uri.fsPath),
      getConfiguration: (section = "") => ({ get: (name, otherwise) => this.#setting([section, name].filter(Boolean).join(".")) ?? otherwise }),
      // Files are changed by other programs; none does.
      createFileSystemWatcher: () => {
        const never = new EventEmitter().event;
        return { onDidCreate: never, onDidChange: never, onDidDelete: never, dispose: () => undefined };
      },
      applyEdit: async (edit) => {
        for (const [uri, edits] of edit.entries()) this.#change(uri, edits);
        return true;
      },
    };
  }

  #window() {
    const window = this;
    const say = (kind) => async (text, ...offered) => {
      this.said.push({ kind, text, offered });
      return this.choose(offered);
    };
    return {
      ...this.#events(OF_WINDOW),
      get activeTextEditor() { return window.active; },
      get visibleTextEditors() { return window.active ? [window.active] : []; },
      tabGroups: { all: [], onDidChangeTabs: new EventEmitter().event },
      showErrorMessage: say("error"),
      showWarningMessage: say("warning"),
      showInformationMessage: say("information"),
      setStatusBarMessage: (text) => void this.said.push({ kind: "status bar", text, offered: [] }),
      showQuickPick: async (items) => say("list")("", ...items),
      createOutputChannel: (name, { log }) => this.#output(name, log),
    };
  }

  #languages() {
    const provider = (kind) => [`register${kind}Provider`, (_, provider) => this.#keep(this.providers, kind, provider)];
    return {
      ...Object.fromEntries(["CodeActions", "CompletionItem", "Definition", "DocumentLink", "Hover", "Reference"].map(provider)),
      match: (selector, { uri }) => ([selector].flat().some((filter) => matches(filter, uri)) ? 10 : 0),
      createLanguageStatusItem: (id, selector) => (this.status = { id, selector, dispose: () => (this.status = undefined) }),
      createDiagnosticCollection: () => {
        const collection = new Collection(() => this.#collections.delete(collection));
        this.#collections.add(collection);
        return collection;
      },
      getDiagnostics: () => [...this.#collections].flatMap((one) => [...one.entries()]),
    };
  }

  #commands() {
    return {
      registerCommand: (name, handler) => this.#keep(this.commands, name, handler),
      executeCommand: async (...call) => void this.executed.push(call),
    };
  }

  #events(names) {
    return Object.fromEntries(names.map((name) => [name, this.#on[name].event]));
  }

  #keep(map, name, value) {
    if (map.has(name)) throw new Error(`${name} is there already`);
    map.set(name, value);
    return new Disposable(() => map.delete(name));
  }

  #folders() {
    return this.folders.map((folder, index) => ({ uri: Uri.file(folder), name: basename(folder), index }));
  }

  /** As VS Code settles it: the workspace before the user, but not in what is restricted until it is trusted. */
  #setting(name) {
    const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    const ofWorkspace = this.isTrusted || !restricted.includes(name) ? this.settings.workspace[name] : undefined;
    return ofWorkspace ?? this.settings.user[name] ?? manifest.contributes.configuration.properties[name]?.default;
  }

  #output(name, isLog) {
    if (!isLog) throw new Error("the client writes to a log");
    const line = (level) => (text) => void this.log.push(`[${level}] ${text}`);
    const write = Object.fromEntries(["trace", "debug", "info", "warn", "error"].map((level) => [level, line(level)]));
    const show = () => void this.executed.push(["show output", name]);
    return { name, ...write, appendLine: line("info"), show, logLevel: LogLevel.Info, onDidChangeLogLevel: new EventEmitter().event, dispose: () => undefined };
  }

  #change(uri, edits) {
    const document = this.documents.find((one) => one.uri.toString() === uri.toString());
    if (document === undefined) throw new Error(`${uri} is not open`);
    this.#on.onDidChangeTextDocument.fire({ document, contentChanges: document.change(edits) });
  }
}

/** A text in an editor. Positions count in UTF-16, as JavaScript does. */
class Document {
  #text;

  constructor(uri, text) {
    this.uri = uri;
    this.languageId = "markdown";
    this.#text = TextDocument.create(uri.toString(), this.languageId, 1, text);
  }

  get version() { return this.#text.version; }
  get lineCount() { return this.#text.lineCount; }
  getText(range) { return this.#text.getText(range); }

  /** Makes changes, none of which touches another; the last one in the text first, so that each place is as it was. */
  change(edits) {
    const at = ({ range }) => this.#text.offsetAt(range.start);
    const changes = edits.toSorted((a, b) => at(b) - at(a)).map(({ range, newText }) => {
      const [rangeOffset, end] = [this.#text.offsetAt(range.start), this.#text.offsetAt(range.end)];
      return { range, rangeOffset, rangeLength: end - rangeOffset, text: newText };
    });
    TextDocument.update(this.#text, changes, this.version + 1);
    return changes;
  }
}

/** Diagnostics of one source, by file. */
class Collection {
  #files = new Map();

  constructor(dispose) {
    this.dispose = dispose;
  }
  set(uri, diagnostics) {
    if (diagnostics === undefined) this.delete(uri);
    else this.#files.set(uri.toString(), diagnostics);
  }
  get(uri) { return this.#files.get(uri.toString()); }
  delete(uri) { this.#files.delete(uri.toString()); }
  clear() { this.#files.clear(); }
  *entries() { for (const [uri, diagnostics] of this.#files) yield [Uri.parse(uri), diagnostics]; }
}

/** Only of the form that the extension has: `**` and a choice of endings. */
function matches({ scheme, pattern }, uri) {
  const endings = /^\*\*\/\*\.\{([\w,]+)\}$/.exec(pattern)?.[1].split(",");
  if (endings === undefined) throw new Error(`the stand-in does not know the pattern ${pattern}`);
  return scheme === uri.scheme && endings.includes(uri.path.split(".").at(-1));
}
