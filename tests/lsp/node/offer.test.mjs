// What the server offers to whom, and in which units it counts columns.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client, PULLS, PUSHED, has, hasNot, lsp, until } from "./client.mjs";
import { Site, post, units } from "./site.mjs";

const FAULTY = post("A", "See [nothing]().");

test("who asks for diagnostics is offered them", async (t) => {
  const site = new Site(t, { "a.md": FAULTY });
  const { can } = await Client.open(t, site, PULLS);
  assert.deepEqual(can.diagnosticProvider, { identifier: "copydesk", interFileDependencies: true, workspaceDiagnostics: true });
  assert.equal(can.textDocumentSync.change, lsp.TextDocumentSyncKind.Incremental);
  assert.equal(can.textDocumentSync.openClose, true);
  for (const kind of ["quickfix", "source.fixAll.copydesk"]) assert.ok(can.codeActionProvider.codeActionKinds.includes(kind), kind);
  for (const provider of ["hoverProvider", "completionProvider", "definitionProvider", "referencesProvider", "documentLinkProvider"]) {
    assert.ok(can[provider], provider);
  }
});

test("who asks is never pushed any", async (t) => {
  const site = new Site(t, { "a.md": FAULTY });
  const client = await Client.open(t, site, { ...PULLS, textDocument: { ...PULLS.textDocument, ...PUSHED.textDocument } });
  const a = site.uri("a.md");
  await client.show(a, FAULTY);
  await client.pulled(a, has("link-empty-address"));
  await client.isRead();
  const before = client.refreshes;
  await client.edit(a, 2, post("A", "See [nothing]() and [more]()."));
  await until("it is told to ask again", () => client.refreshes > before);
  await client.hide(a);
  assert.equal(await client.end(), 0);
  assert.deepEqual(client.published, []);
});

test("who does not ask is pushed them, and never told to ask", async (t) => {
  const site = new Site(t, { "a.md": FAULTY });
  const client = await Client.open(t, site, { ...PUSHED, workspace: { diagnostics: { refreshSupport: true } } });
  assert.equal(client.can.diagnosticProvider, undefined);
  const a = site.uri("a.md");
  await client.show(a, FAULTY, 7);
  await client.pushed(a, has("link-empty-address"));
  assert.ok(client.published.every((one) => one.version === 7 && one.diagnostics.every(lsp.Diagnostic.is)));
  await client.edit(a, 8, post("A", "See nothing."));
  await client.pushed(a, hasNot("link-empty-address"));
  await client.edit(a, 9, FAULTY);
  await client.pushed(a, has("link-empty-address"));
  await client.hide(a);
  await client.pushed(a, (items) => items.length === 0);
  assert.equal(client.refreshes, 0);
  assert.equal(await client.end(), 0);
});

test("columns are counted in the units agreed on, there and back", async (t) => {
  const line = "港口🎉今天 [没有]()。";
  const text = post("A", line).replaceAll("\n", "\r\n");
  const site = new Site(t, { "a.md": text });
  const a = site.uri("a.md");
  const offers = [[["utf-8", "utf-16"], "utf-8"], [["utf-16", "utf-8"], "utf-8"], [["utf-32"], "utf-32"], [["utf-16"], "utf-16"],
    [[], "utf-16"], [["utf-7"], "utf-16"], [undefined, "utf-16"]];
  for (const [positionEncodings, encoding] of offers) {
    for (const kind of [PULLS, PUSHED]) {
      const client = await Client.open(t, site, { ...kind, general: { positionEncodings } });
      assert.equal(client.can.positionEncoding, encoding);
      await client.show(a, text);
      const found = kind === PULLS ? await client.pulled(a, has("link-empty-address")) : await client.pushed(a, has("link-empty-address"));
      const at = line.indexOf("[");
      const [start, end] = [line.slice(0, at), line.slice(0, line.indexOf("。"))].map((before) => ({ line: 5, character: units(before, encoding) }));
      const { range } = found.find((one) => one.code === "link-empty-address");
      assert.deepEqual(range, { start, end }, encoding);
      // What the client says is read in the same units.
      const hover = (character) => client.ask(lsp.HoverRequest.type, { textDocument: { uri: a }, position: { line: 5, character } });
      assert.match((await hover(start.character)).contents.value, /^\*\*link-empty-address/);
      assert.equal(await hover(start.character - 1), null, encoding);
      assert.equal(await client.end(), 0);
    }
  }
});
