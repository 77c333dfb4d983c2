// One server: its client, and its process from the first to the last moment. The client starts it again when it crashes.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

import { type Disposable, type LogOutputChannel, workspace } from "vscode";
import { CloseAction, type CloseHandlerResult, type ErrorHandler, LanguageClient, RevealOutputChannelOn, State } from "vscode-languageclient/node";

import { POSTS } from "./posts";

/** How long a server may take to end when it is asked to, in milliseconds; then it is ended. */
const PATIENCE = 2000;

/** Why a server did not start that was stopped before it answered. */
export const INTERRUPTED = new Error("interrupted");

/** A client that says nothing of its own until its server has run: whoever starts it can tell more. */
class Client extends LanguageClient {
  hasRun = false;

  override error(message: string, data?: unknown, showNotification?: boolean | "force"): void {
    super.error(message, data, this.hasRun ? showNotification : false);
  }
}

export class Server {
  readonly client: Client;
  private readonly listener: Disposable;
  private readonly processes = new Set<ChildProcess>();
  private readonly interruption: Promise<never>;
  private interrupt: () => void = () => undefined;
  private isStopping = false;
  private handler: ErrorHandler | undefined;

  constructor(
    readonly program: string,
    readonly args: readonly string[],
    private readonly output: LogOutputChannel,
    tell: (state: State) => void,
  ) {
    this.client = new Client("copydesk", "copydesk", () => this.spawn(), {
      documentSelector: POSTS,
      outputChannel: output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      // Whoever starts it is told; what fails at its first word would fail at the second.
      initializationFailedHandler: () => false,
      errorHandler: {
        error: (...error) => this.usual().error(...error),
        closed: () => this.closed(),
      },
    });
    this.listener = this.client.onDidChangeState(({ newState }) => {
      this.client.hasRun ||= newState === State.Running;
      tell(newState);
    });
    this.interruption = new Promise((_, reject) => (this.interrupt = () => reject(INTERRUPTED)));
    this.interruption.catch(() => undefined);
  }

  /** Resolves when the server can be asked; rejects when it never will. */
  async start(): Promise<void> {
    this.output.info(`starting ${[this.program, ...this.args].join(" ")}`);
    await Promise.race([this.client.start(), this.interruption]);
  }

  /** Ends a server that has not answered yet, so that nothing has to wait for it. */
  cancel(): void {
    if (this.client.state === State.Running) return;
    this.isStopping = true;
    this.interrupt();
  }

  /** Resolves when no process is left. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.listener.dispose();
    // It may have crashed, or hang.
    await this.client.dispose(PATIENCE).catch((error: unknown) => this.output.warn(`while it ended: ${String(error)}`));
    await Promise.all([...this.processes].map((one) => this.endOf(one)));
  }

  private async spawn(): Promise<ChildProcess> {
    const folder = workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file");
    const child = spawn(this.program, this.args, { cwd: folder?.uri.fsPath, windowsHide: true });
    this.processes.add(child);
    child.once("exit", () => this.processes.delete(child));
    child.once("error", () => this.processes.delete(child));
    await once(child, "spawn");
    return child;
  }

  private async endOf(child: ChildProcess): Promise<void> {
    const ended = once(child, "exit");
    const timer = setTimeout(() => child.kill("SIGKILL"), this.client.hasRun ? PATIENCE : 0);
    await ended;
    clearTimeout(timer);
  }

  private closed(): CloseHandlerResult | Promise<CloseHandlerResult> {
    const isUnwanted = this.isStopping || !this.client.hasRun;
    return isUnwanted ? { action: CloseAction.DoNotRestart, handled: true } : this.usual().closed();
  }

  /** Starts it again, but not when it crashes all the time. */
  private usual(): ErrorHandler {
    return (this.handler ??= this.client.createDefaultErrorHandler());
  }
}
