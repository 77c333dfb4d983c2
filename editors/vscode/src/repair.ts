// The command that makes all safe repairs of the post in front of the user.

import { type TextDocument, type TextEditor, languages, window, workspace } from "vscode";
import { type CodeAction, CodeActionRequest, type LanguageClient, Range } from "vscode-languageclient/node";

import { POSTS } from "./posts";
import type { Session } from "./session";

const FIX_ALL = "source.fixAll.copydesk";

/** How often the server is asked again when the text changes while it answers. */
const TRIES = 5;

export async function repairAll(session: Session): Promise<void> {
  const document = postOf(window.activeTextEditor);
  if (document === undefined) return;
  if (session.client === undefined) {
    void window.showWarningMessage("copydesk is not running.");
    return;
  }
  try {
    const count = await repair(document, session.client);
    window.setStatusBarMessage(count === 0 ? "copydesk: nothing to repair" : `copydesk: ${count} repaired`, 5000);
  } catch (error) {
    void window.showErrorMessage(`copydesk could not repair this file: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The post that an editor shows; tells the user where there is none. */
export function postOf(editor: TextEditor | undefined): TextDocument | undefined {
  if (editor !== undefined && languages.match(POSTS, editor.document) > 0) return editor.document;
  void window.showInformationMessage("Open a post first.");
  return undefined;
}

/** How many places were changed. */
async function repair(document: TextDocument, client: LanguageClient): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const version = document.version;
    const edit = (await fixAll(document, client))?.edit;
    if (edit === undefined) return 0;
    const converted = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
    // What is meant for another text would land in the wrong place.
    if (document.version !== version) continue;
    if (!(await workspace.applyEdit(converted))) throw new Error("the editor did not take the changes");
    return converted.entries().reduce((sum, [, edits]) => sum + edits.length, 0);
  }
  throw new Error("the text keeps changing");
}

async function fixAll(document: TextDocument, client: LanguageClient): Promise<CodeAction | undefined> {
  const textDocument = client.code2ProtocolConverter.asTextDocumentIdentifier(document);
  const range = Range.create(0, 0, document.lineCount, 0);
  const answer = await client.sendRequest(CodeActionRequest.type, { textDocument, range, context: { diagnostics: [], only: [FIX_ALL] } });
  return (answer ?? []).find((one): one is CodeAction => "kind" in one && one.kind === FIX_ALL);
}
