// The command that shows which other posts are copies of the one in front of the user.

import { type Diagnostic, Location, type QuickPickItem, type Range, type TextDocument, type Uri, commands, languages, window, workspace } from "vscode";

import { postOf } from "./repair";

/** Names of the lints about copies. The build puts them here, out of lints/duplicates. */
declare const DUPLICATES: readonly string[];

/** A place in another post, and what is said of it. */
interface Copy {
  readonly location: Location;
  readonly message: string;
  /** The same in the post itself. */
  readonly here: Range;
}

export async function showDuplicates(): Promise<void> {
  const document = postOf(window.activeTextEditor);
  if (document === undefined) return;
  const copies = copiesOf(document.uri);
  const copy = copies.length > 1 ? await choose(copies, document) : copies[0];
  if (copies.length === 0) void window.showInformationMessage("No other post is known to have this text.");
  if (copy !== undefined) await compare(copy, document);
}

/** Copies that are told of in this post, and those told of elsewhere that name this one as the post that stays. */
function copiesOf(uri: Uri): Copy[] {
  const found = new Map<string, Copy>();
  for (const [of, diagnostics] of languages.getDiagnostics()) {
    for (const diagnostic of diagnostics.filter(isOfDuplicate)) {
      for (const copy of pairs(of, diagnostic, uri)) {
        const { line, character } = copy.location.range.start;
        found.set(`${copy.location.uri.toString()}#${line}:${character}`, copy);
      }
    }
  }
  return [...found.values()];
}

function isOfDuplicate({ source, code }: Diagnostic): boolean {
  return source === "copydesk" && DUPLICATES.includes(String(typeof code === "object" ? code.value : code));
}

function pairs(of: Uri, diagnostic: Diagnostic, uri: Uri): Copy[] {
  const is = (other: Uri) => other.toString() === uri.toString();
  const message = diagnostic.message.split("\n", 1)[0] ?? "";
  const related = diagnostic.relatedInformation ?? [];
  if (is(of)) {
    const others = related.filter(({ location }) => !is(location.uri));
    return others.map(({ location }) => ({ location, message, here: diagnostic.range }));
  }
  const here = related.filter(({ location }) => is(location.uri));
  return here.map(({ location }) => ({ location: new Location(of, diagnostic.range), message, here: location.range }));
}

async function choose(copies: readonly Copy[], document: TextDocument): Promise<Copy | undefined> {
  type Item = QuickPickItem & { readonly copy?: Copy };
  const items: Item[] = copies.map((copy) => ({
    label: workspace.asRelativePath(copy.location.uri),
    description: `line ${copy.location.range.start.line + 1}`,
    detail: copy.message,
    copy,
  }));
  const chosen = await window.showQuickPick<Item>([...items, { label: "$(references) Show all places" }], {
    placeHolder: "Compare this post with",
    matchOnDetail: true,
  });
  if (chosen !== undefined && chosen.copy === undefined) {
    const places = copies.map(({ location }) => location);
    await commands.executeCommand("editor.action.goToLocations", document.uri, copies[0]?.here.start, places, "peek", "");
  }
  return chosen?.copy;
}

async function compare({ location, here }: Copy, document: TextDocument): Promise<void> {
  const [other, own] = [location.uri, document.uri].map((uri) => workspace.asRelativePath(uri));
  await commands.executeCommand("vscode.diff", location.uri, document.uri, `${other} ↔ ${own}`, { selection: here });
}
