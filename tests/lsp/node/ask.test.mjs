// What is asked about a place in a post: keys, marks, links, repairs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client, PULLS, TextDocument, has, lsp } from "./client.mjs";
import { Site, post } from "./site.mjs";

// A client with a document that is open, and what can be asked about it.
async function open(t, files, name, text, settings) {
  const site = new Site(t, files, settings);
  const client = await Client.open(t, site, { ...PULLS, general: { positionEncodings: ["utf-16"] } });
  await client.isRead();
  const uri = site.uri(name);
  await client.show(uri, text);
  const document = TextDocument.create(uri, "markdown", 1, text);
  // The place where some words begin, or so many characters behind it.
  const at = (words, more = 0) => {
    assert.ok(text.includes(words), words);
    return { textDocument: { uri }, position: document.positionAt(text.indexOf(words) + more) };
  };
  const marked = (range) => document.getText(range);
  return { site, client, uri, document, at, marked };
}

test("keys of front matter are offered, and put in their place", async (t) => {
  const text = "---\ntitle: 港口🎉\r\nda\ndraft: true\n---\n\nda\n";
  const { client, document, at } = await open(t, { "copydesk.yaml": "generator: hugo\n", "hugo.toml": "", "content/posts/b.md": text }, "content/posts/a.md", text);
  const items = await client.ask(lsp.CompletionRequest.type, at("da\n", 2));
  const labels = items.map((one) => one.label);
  for (const key of ["date", "tags"]) assert.ok(labels.includes(key), `${key} in ${labels}`);
  for (const key of ["title", "draft"]) assert.ok(!labels.includes(key), `${key} is there already`);
  const date = items.find((one) => one.label === "date");
  assert.equal(date.kind, lsp.CompletionItemKind.Property);
  assert.equal(date.insertText, "date: ");
  assert.ok(items.every((one) => one.detail));
  // In the text and in a value there are no keys.
  for (const place of [{ ...at("da\n"), position: { line: 6, character: 2 } }, at("港口", 1)]) {
    assert.equal(await client.ask(lsp.CompletionRequest.type, place), null);
  }
  assert.equal(document.lineCount, 8);
});

test("marks and keys are explained", async (t) => {
  const text = post("A 🎉", "港🎉 See [no <b>*thing*]().");
  const { client, at, marked } = await open(t, {}, "a.md", text);
  const mark = await client.ask(lsp.HoverRequest.type, at("[no", 3));
  assert.equal(mark.contents.kind, lsp.MarkupKind.Markdown);
  assert.match(mark.contents.value, /^\*\*link-empty-address\*\*/);
  assert.ok(!mark.contents.value.includes("<b>"), "words of a post are no markup");
  assert.equal(marked(mark.range), "[no <b>*thing*]()");
  const key = await client.ask(lsp.HoverRequest.type, at("date", 1));
  assert.match(key.contents.value, /date/);
  assert.equal(marked(key.range), "date");
  assert.equal(await client.ask(lsp.HoverRequest.type, at("港")), null);
});

test("links lead to their posts, and posts know the links to them", async (t) => {
  const weir = `---\ntitle: 🎉 The weir\n---\n\n# Above\n\nSee [a](a.md), and [a again](<a.md>).\n`;
  const text = post("A", "港🎉 See [the weir](./%E6%B8%AF%20b.md#above), [none](./none.md) and [site](https://example.org/).");
  const { site, client, uri, at, marked } = await open(t, { "a.md": text, "港 b.md": weir, "c.md": post("C", "See [weir](<港 b.md>).") }, "a.md", text);
  const to = await client.ask(lsp.DefinitionRequest.type, at("the weir", 2));
  assert.equal(site.name(to.uri), "港 b.md");
  for (const words of ["港🎉", "none", "[site"]) assert.equal(await client.ask(lsp.DefinitionRequest.type, at(words, 2)), null, words);

  const context = { includeDeclaration: false };
  const toWeir = await client.ask(lsp.ReferencesRequest.type, { ...at("the weir"), context });
  assert.deepEqual(toWeir.map((one) => site.name(one.uri)).sort(), ["a.md", "c.md"]);
  const here = toWeir.find((one) => one.uri === uri);
  assert.equal(marked(here.range), "[the weir](./%E6%B8%AF%20b.md#above)");
  const toHere = await client.ask(lsp.ReferencesRequest.type, { ...at("港🎉"), context });
  assert.deepEqual(toHere.map((one) => site.name(one.uri)), ["港 b.md", "港 b.md"]);
  const other = TextDocument.create(toHere[0].uri, "markdown", 1, weir);
  assert.deepEqual(toHere.map((one) => other.getText(one.range)), ["[a](a.md)", "[a again](<a.md>)"]);

  const links = await client.ask(lsp.DocumentLinkRequest.type, { textDocument: { uri } });
  assert.deepEqual(links.map((one) => [site.name(one.target), marked(one.range)]), [["港 b.md", "./%E6%B8%AF%20b.md#above"]]);
  const hover = await client.ask(lsp.HoverRequest.type, at("the weir", 2));
  assert.match(hover.contents.value, /^\*\*🎉 The weir\*\*/);
});

test("repairs and suppressions are edits that make them", async (t) => {
  const text = post("A", "港🎉 The set\u200btings and set\u200btings.\r\n\r\nAnd [a link]() to nothing.");
  const { site, client, uri, document } = await open(t, {}, "a.md", text);
  const found = await client.pulled(uri, (items) => has("invisible-character")(items) && has("link-empty-address")(items));
  const actions = (lint, only) => {
    const mark = found.find((one) => one.code === lint);
    const context = { diagnostics: [mark], only, triggerKind: lsp.CodeActionTriggerKind.Invoked };
    return client.ask(lsp.CodeActionRequest.type, { textDocument: { uri }, range: mark.range, context });
  };
  const made = (action) => {
    const [[of, edits]] = Object.entries(action.edit.changes);
    assert.equal(of, uri);
    return TextDocument.applyEdits(document, edits);
  };
  const fixes = await actions("invisible-character", [lsp.CodeActionKind.QuickFix]);
  assert.equal(fixes.filter((one) => one.isPreferred).length, 1);
  assert.equal(made(fixes.find((one) => one.isPreferred)), text.replaceAll("\u200b", ""));
  const [all, ...more] = await actions("link-empty-address", [lsp.CodeActionKind.SourceFixAll]);
  assert.deepEqual([all.kind, more], ["source.fixAll.copydesk", []]);
  assert.equal(made(all), text.replaceAll("\u200b", ""));
  assert.deepEqual(await actions("invisible-character", [lsp.CodeActionKind.Refactor]), []);
  const suppressing = (await actions("link-empty-address")).filter((one) => /suppress/.test(one.title));
  assert.equal(suppressing.length, 2);
  for (const one of suppressing) {
    const left = site.check("a.md", made(one)).map((diagnostic) => diagnostic.lint);
    assert.ok(!left.includes("link-empty-address") && left.includes("invisible-character"), one.title);
  }
});
