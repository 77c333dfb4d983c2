// What VS Code calls: sets up the commands and the server, and takes them down.

import { type ExtensionContext, commands, window, workspace } from "vscode";

import { showDuplicates } from "./duplicates";
import { repairAll } from "./repair";
import { Session } from "./session";
import { OF_THE_SERVER } from "./settings";
import { Status } from "./status";

let session: Session | undefined;

export function activate(context: ExtensionContext): void {
  const output = window.createOutputChannel("copydesk", { log: true });
  const status = new Status();
  const own = new Session(output, status);
  session = own;
  context.subscriptions.push(
    output,
    status,
    commands.registerCommand("copydesk.fixAll", () => repairAll(own)),
    commands.registerCommand("copydesk.showDuplicates", showDuplicates),
    commands.registerCommand("copydesk.restart", () => own.restart()),
    commands.registerCommand("copydesk.showOutput", () => output.show()),
    workspace.onDidChangeConfiguration((change) => {
      if (OF_THE_SERVER.some((name) => change.affectsConfiguration(name))) void own.restart();
    }),
    // Another folder may bring another program; trust lets the one of the workspace be used.
    workspace.onDidChangeWorkspaceFolders(() => void own.restart()),
    workspace.onDidGrantWorkspaceTrust(() => void own.restart()),
  );
  void own.restart();
}

export async function deactivate(): Promise<void> {
  await session?.close();
  session = undefined;
}
