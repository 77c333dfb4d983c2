// The item that says how the server is, shown while a post is open.

import { type Disposable, type LanguageStatusItem, LanguageStatusSeverity, languages } from "vscode";

import { POSTS } from "./posts";

const RESTART = { command: "copydesk.restart", title: "Restart" };
const SHOW_OUTPUT = { command: "copydesk.showOutput", title: "Show Output" };

export class Status implements Disposable {
  private readonly item: LanguageStatusItem = languages.createLanguageStatusItem("copydesk", POSTS);

  constructor() {
    this.item.name = "copydesk";
    this.stopped();
  }

  starting(): void {
    this.show("copydesk is starting", "", LanguageStatusSeverity.Information);
    this.item.busy = true;
  }

  running(version: string, program: string): void {
    this.show(`copydesk ${version}`.trim(), program, LanguageStatusSeverity.Information);
    this.item.command = SHOW_OUTPUT;
  }

  /** Ended by itself, and not started again. */
  ended(): void {
    this.show("copydesk has ended", "the output may tell why", LanguageStatusSeverity.Error);
  }

  /** Not to be had, or not to be started. */
  failed(reason: string): void {
    this.show("copydesk cannot be started", reason, LanguageStatusSeverity.Error);
  }

  stopped(): void {
    this.show("copydesk is off", "", LanguageStatusSeverity.Information);
  }

  dispose(): void {
    this.item.dispose();
  }

  private show(text: string, detail: string, severity: LanguageStatusSeverity): void {
    Object.assign(this.item, { text, detail, severity, busy: false, command: RESTART });
  }
}
