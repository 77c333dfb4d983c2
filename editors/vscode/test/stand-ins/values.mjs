// Values of VS Code's interface, as far as the extension and its client make or read them: places, texts, what is said of them.

import { fileURLToPath, pathToFileURL } from "node:url";

/** An enumeration whose members count from a number on. */
const count = (from, ...names) => Object.fromEntries(names.map((name, index) => [name, from + index]));

export const CodeActionTriggerKind = count(1, "Invoke", "Automatic");
export const DiagnosticSeverity = count(0, "Error", "Warning", "Information", "Hint");
export const DiagnosticTag = count(1, "Unnecessary", "Deprecated");
export const LanguageStatusSeverity = count(0, "Information", "Warning", "Error");
export const LogLevel = count(0, "Off", "Trace", "Debug", "Info", "Warning", "Error");

export class Disposable {
  constructor(dispose) {
    this.dispose = dispose;
  }
  static from(...all) {
    return new Disposable(() => all.forEach((one) => one.dispose()));
  }
}

export class EventEmitter {
  #listeners = new Set();
  event = (listener, self, disposables) => {
    const call = (data) => listener.call(self, data);
    this.#listeners.add(call);
    const disposable = new Disposable(() => this.#listeners.delete(call));
    disposables?.push(disposable);
    return disposable;
  };
  fire(data) {
    [...this.#listeners].forEach((call) => call(data));
  }
  dispose() {
    this.#listeners.clear();
  }
}

export class CancellationError extends Error {}

export class CancellationTokenSource {
  #emitter = new EventEmitter();
  token = { isCancellationRequested: false, onCancellationRequested: this.#emitter.event };
  cancel() {
    if (this.token.isCancellationRequested) return;
    this.token.isCancellationRequested = true;
    this.#emitter.fire();
  }
  dispose() {
    this.#emitter.dispose();
  }
}

/** The address of a file, and of nothing else but web pages. Two of one file are written alike. */
export class Uri {
  constructor(url) {
    [this.scheme, this.authority, this.path] = [url.protocol.slice(0, -1), url.host, decodeURIComponent(url.pathname)];
    this.text = url.protocol === "file:" ? pathToFileURL(fileURLToPath(url)).href : url.href;
  }
  static file(path) {
    return new Uri(pathToFileURL(path));
  }
  static parse(text) {
    return new Uri(new URL(text));
  }
  get fsPath() {
    return fileURLToPath(this.text);
  }
  toString() {
    return this.text;
  }
}

export class Position {
  constructor(line, character) {
    Object.assign(this, { line, character });
  }
}

export class Range {
  /** From two positions, or from four numbers. */
  constructor(...ends) {
    const [start, end] = ends.length === 2 ? ends : [new Position(ends[0], ends[1]), new Position(ends[2], ends[3])];
    Object.assign(this, { start, end });
  }
}

export class Location {
  constructor(uri, range) {
    Object.assign(this, { uri, range });
  }
}

export class Diagnostic {
  constructor(range, message, severity = DiagnosticSeverity.Error) {
    Object.assign(this, { range, message, severity });
  }
}

export class DiagnosticRelatedInformation {
  constructor(location, message) {
    Object.assign(this, { location, message });
  }
}

export class TextEdit {
  constructor(range, newText) {
    Object.assign(this, { range, newText });
  }
}

export class WorkspaceEdit {
  #edits = new Map();
  set(uri, edits) {
    this.#edits.set(uri.toString(), [uri, edits.map((edit) => (Array.isArray(edit) ? edit[0] : edit))]);
  }
  entries() {
    return [...this.#edits.values()];
  }
}

export class MarkdownString {
  constructor(value = "") {
    this.value = value;
  }
  appendMarkdown(value) {
    this.value += value;
    return this;
  }
}

export class Hover {
  constructor(contents, range) {
    Object.assign(this, { contents: [contents].flat(), range });
  }
}

export class CodeActionKind {
  constructor(value) {
    this.value = value;
  }
  append(part) {
    return new CodeActionKind(this.value ? `${this.value}.${part}` : part);
  }
  static Empty = new CodeActionKind("");
  static QuickFix = new CodeActionKind("quickfix");
  static Refactor = new CodeActionKind("refactor");
  static RefactorExtract = new CodeActionKind("refactor.extract");
  static RefactorInline = new CodeActionKind("refactor.inline");
  static RefactorRewrite = new CodeActionKind("refactor.rewrite");
  static Source = new CodeActionKind("source");
  static SourceOrganizeImports = new CodeActionKind("source.organizeImports");
}

export class RelativePattern {
  constructor(base, pattern) {
    Object.assign(this, { baseUri: base.uri ?? base, pattern });
  }
}

/** What the client derives classes of its own from, for answers that copydesk does not give. */
export class CallHierarchyItem {}
export class CodeAction {
  constructor(title, kind) {
    Object.assign(this, { title, kind });
  }
}
export class CodeLens {}
export class CompletionItem {}
export class DocumentLink {}
export class InlayHint {}
export class SymbolInformation {}
export class TypeHierarchyItem {}

/** What may stand in a tab; no tab ever does here. */
export class TabInputText {}
export class TabInputTextDiff {}
export class TabInputCustom {}
export class TabInputNotebook {}
