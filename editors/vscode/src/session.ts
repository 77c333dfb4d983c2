// The one server of this window: when it runs, and with which program. What is asked of it is done one after the other, so no two
// servers ever run side by side.

import { homedir } from "node:os";

import { type LogOutputChannel, commands, window, workspace } from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";

import { type Finding, findProgram } from "./program";
import { INTERRUPTED, Server } from "./server";
import { settings } from "./settings";
import type { Status } from "./status";

export class Session {
  private server: Server | undefined;
  private queue: Promise<void> = Promise.resolve();
  private wishes = 0;
  private isOver = false;

  constructor(
    private readonly output: LogOutputChannel,
    private readonly status: Status,
  ) {}

  /** The client, while its server can be asked. */
  get client(): LanguageClient | undefined {
    return this.server?.client.state === State.Running ? this.server.client : undefined;
  }

  /** Starts the server, anew if it runs, unless the settings say otherwise. */
  restart(): Promise<void> {
    this.wishes += 1;
    const wish = this.wishes;
    return this.inTurn(async () => {
      await this.end();
      // Of several wishes at once, the last one counts.
      if (!this.isOver && wish === this.wishes) await this.begin();
    });
  }

  /** Ends the server for good. */
  close(): Promise<void> {
    this.isOver = true;
    return this.inTurn(() => this.end());
  }

  private inTurn(task: () => Promise<void>): Promise<void> {
    this.server?.cancel();
    this.queue = this.queue.then(task).catch((error: unknown) => this.output.error(String(error)));
    return this.queue;
  }

  private async begin(): Promise<void> {
    const { isEnabled, path, arguments: further } = settings();
    if (!isEnabled) return this.status.stopped();
    const found = findProgram({
      setting: path,
      folders: (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri.fsPath),
      isTrusted: workspace.isTrusted,
      home: homedir(),
      searchPath: process.env["PATH"] ?? "",
      platform: process.platform,
      arch: process.arch,
    });
    if ("problem" in found) return this.complain(found);
    await this.start(found.program, ["lsp", ...further]);
  }

  private async start(program: string, args: string[]): Promise<void> {
    const server = new Server(program, args, this.output, (state) => this.tell(server, state));
    this.server = server;
    try {
      await server.start();
    } catch (error) {
      await this.end();
      if (error !== INTERRUPTED) this.blame(program, error instanceof Error ? error.message : String(error));
    }
  }

  private async end(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    await server?.stop();
    this.status.stopped();
  }

  private tell({ client, program }: Server, state: State): void {
    if (state === State.Starting) this.status.starting();
    else if (state === State.Running) this.status.running(client.initializeResult?.serverInfo?.version ?? "", program);
    else this.status.ended();
  }

  private blame(program: string, reason: string): void {
    this.output.error(`${program} did not start: ${reason}`);
    this.status.failed(reason);
    void this.offer(`${program} did not start as a language server: ${reason}`, ["Show Output", "Try Again"]);
  }

  private complain({ problem, waitsForTrust }: Extract<Finding, { problem: string }>): void {
    this.output.error(problem);
    this.status.failed(problem);
    void this.offer(problem, waitsForTrust ? ["Manage Workspace Trust"] : ["Open Settings", "Try Again"]);
  }

  /** Shows an error with what can be done about it. */
  private async offer(problem: string, buttons: string[]): Promise<void> {
    const chosen = await window.showErrorMessage(problem, ...buttons);
    if (chosen === "Manage Workspace Trust") await commands.executeCommand("workbench.trust.manage");
    if (chosen === "Open Settings") await commands.executeCommand("workbench.action.openSettings", "copydesk.path");
    if (chosen === "Show Output") this.output.show();
    if (chosen === "Try Again") await this.restart();
  }
}
