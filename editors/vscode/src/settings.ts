// The settings of the user, as they hold in this window.

import { workspace } from "vscode";

export interface Settings {
  readonly isEnabled: boolean;
  /** The program, as written; empty when it is to be looked for. */
  readonly path: string;
  readonly arguments: readonly string[];
}

/** Settings that need another server when they change. */
export const OF_THE_SERVER = ["copydesk.enable", "copydesk.path", "copydesk.arguments"];

/** In a workspace that is not trusted, VS Code leaves out what the workspace says of `path` and `arguments` (package.json). */
export function settings(): Settings {
  const values = workspace.getConfiguration("copydesk");
  return {
    isEnabled: values.get("enable", true),
    path: values.get("path", "").trim(),
    arguments: values.get<readonly string[]>("arguments", []),
  };
}
