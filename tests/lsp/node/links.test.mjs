// Links while they are written, and when the files that they lead to are renamed.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { Client, PULLS, lsp } from "./client.mjs";
import { Site, byteAt, inUnits, post } from "./site.mjs";

const ENCODINGS = ["utf-8", "utf-16"];

// A text after edits, whose columns are counted in an encoding.
function edited(text, edits, encoding) {
  const placed = edits.map(({ range, newText }) => [byteAt(text, range.start, encoding), byteAt(text, range.end, encoding), newText]);
  let bytes = Buffer.from(text);
  for (const [start, end, newText] of placed.sort((a, b) => b[0] - a[0])) {
    bytes = Buffer.concat([bytes.subarray(0, start), Buffer.from(newText), bytes.subarray(end)]);
  }
  return bytes.toString();
}

async function open(t, files, encoding) {
  const site = new Site(t, files);
  const client = await Client.open(t, site, { ...PULLS, general: { positionEncodings: [encoding] } });
  assert.equal(client.can.positionEncoding, encoding);
  return { site, client };
}

for (const encoding of ENCODINGS) {
  test(`targets and anchors are completed in ${encoding}`, async (t) => {
    const text = post("A", "港口🎉 See [the weir](");
    const { site, client } = await open(t, { "港 b.md": post("The weir", "## 高水位 🎉"), "c/d.md": post("D", "Text.") }, encoding);
    const uri = site.uri("c/a.md");
    const offered = async (text) => {
      const line = text.split("\n").length - 1;
      const position = inUnits(text, { line, character: text.split("\n")[line].length }, encoding);
      const answer = await client.ask(lsp.CompletionRequest.type, { textDocument: { uri }, position });
      return answer?.items ?? [];
    };
    const begun = text.trimEnd();
    await client.show(uri, begun);
    const items = await offered(begun);
    const weir = items.find((one) => one.detail === "The weir");
    assert.ok(weir, JSON.stringify(items));
    const link = edited(begun, [weir.textEdit], encoding);
    assert.ok(link.startsWith(begun), link);
    const withAnchor = `${link}#`;
    await client.edit(uri, 2, withAnchor);
    const [anchor] = await offered(withAnchor);
    const whole = `${edited(withAnchor, [anchor.textEdit], encoding)}).`;
    assert.match(whole, /%20b(\.md)?#高水位-?\)\.$/);
    assert.deepEqual(site.check("c/a.md", whole).filter((one) => /^link/.test(one.lint)), [], whole);
  });

  test(`links follow a post that is renamed in ${encoding}`, async (t) => {
    const files = {
      "港 b.md": post("The weir", "Back to [a](a.md) and ![a boat](boat.png)."),
      "a.md": post("A", "今天🎉 [weir](./%E6%B8%AF%20b.md) and again [weir](<港 b.md>), [none](./none.md)."),
      "c.md": post("C", "Nothing."),
      "boat.png": "",
    };
    const { site, client } = await open(t, files, encoding);
    const { workspace } = client.can;
    assert.ok(workspace.fileOperations.willRename.filters.length > 0);
    // What is in the editor counts.
    const text = `${files["a.md"]}\n🎉🎉 [weir][w].\n\n[w]: <港 b.md>\n`;
    await client.show(site.uri("a.md"), text);
    const [from, to] = ["港 b.md", "deep er/海.md"];
    const edit = await client.ask(lsp.WillRenameFilesRequest.type, { files: [{ oldUri: site.uri(from), newUri: site.uri(to) }] });
    assert.deepEqual(Object.keys(edit.changes).map((uri) => site.name(uri)).sort(), ["a.md", from]);
    for (const [uri, edits] of Object.entries(edit.changes)) {
      const name = site.name(uri);
      site.write(name, edited(name === "a.md" ? text : files[name], edits, encoding));
    }
    mkdirSync(dirname(join(site.root, to)));
    renameSync(join(site.root, from), join(site.root, to));
    assert.match(site.read("a.md"), /^今天🎉 \[weir\]\(\.\/deep%20er\/海\.md\) and again \[weir\]\(<deep%20er\/海\.md>\), \[none\]\(\.\/none\.md\)\.$/m);
    assert.match(site.read("a.md"), /^\[w\]: <deep%20er\/海\.md>$/m);
    assert.match(site.read(to), /^Back to \[a\]\(\.\.\/a\.md\) and !\[a boat\]\(\.\.\/boat\.png\)\.$/m);
    const broken = site.check().filter((one) => /^link/.test(one.lint));
    assert.deepEqual(broken.map((one) => [one.path, one.lint]), [["a.md", "link-broken-local"]]);
    // Then the editor says what has happened, and the site is what it is now.
    await client.hide(site.uri("a.md"));
    await client.changed(lsp.FileChangeType.Deleted, from);
    await client.changed(lsp.FileChangeType.Created, to);
    await client.show(site.uri(to), site.read(to));
    const found = await client.pulled(site.uri("a.md"), (items) => items.length === 1);
    assert.equal(found[0].code, "link-broken-local");
    assert.ok(existsSync(join(site.root, to)));
  });
}
