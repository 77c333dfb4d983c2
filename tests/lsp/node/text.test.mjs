// Edits as editors send them: after any of them the server has the text that the editor has.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client, PULLS, TextDocument, lsp, until } from "./client.mjs";
import { LONG, Site, dice, inUnits, ofCheck, ofServer, post } from "./site.mjs";

const SNIPPETS = ["港口", "🎉", "\u200b", " [没有]() ", "\n", "\r\n", "\r\n\r\n", "e\u0301", "x", "", "\n\n# 第一\n\n", "👩‍👩‍👧", "\r", "\u{20000}", " [a](./b.md) ", "。"];
const LINE_ENDS = ["\n", "\r\n"];

// The other post, of which one can be a copy.
const OTHER = post("B", LONG);

function start(roll) {
  const body = `港口🎉今天 [没有]() 很安\u200b静。\n\n${LONG}\n\n# 🎉 第二\n\nThe set\u200btings, e\u0301, \u{20000}.`;
  return post("第一🎉", body).replaceAll("\n", LINE_ENDS[roll(2)]);
}

// A place between two characters. None is between CR and LF, since the protocol has no name for it.
function place(document, roll) {
  const text = document.getText();
  let at = roll(text.length + 1);
  if (/[\udc00-\udfff]/.test(text[at] ?? "")) at--;
  return document.positionAt(at);
}

// A random change, made on the client's side; as it is sent.
function change(document, roll, encoding, version) {
  const text = document.getText();
  let [start, end] = [place(document, roll), place(document, roll)];
  if (document.offsetAt(start) > document.offsetAt(end)) [start, end] = [end, start];
  const reach = text.slice(document.offsetAt(start), document.offsetAt(end));
  // Most reach over a few characters. What reaches further turns what it finds around, or nothing would be left after a while.
  const isSmall = roll(12) > 0;
  if (isSmall) {
    const near = document.offsetAt(start) + roll(6);
    end = document.positionAt(/[\udc00-\udfff]/.test(text[near] ?? "") ? near + 1 : near);
  }
  const range = { start, end };
  const one = { range, text: isSmall ? SNIPPETS[roll(SNIPPETS.length)] : reach.split(/(?<=\n)/).reverse().join("") };
  TextDocument.update(document, [one], version);
  return { text: one.text, range: { start: inUnits(text, start, encoding), end: inUnits(text, end, encoding) } };
}

for (const encoding of ["utf-8", "utf-16"]) {
  for (const seed of [1, 2, 3]) {
    test(`random edits in ${encoding}, series ${seed}`, async (t) => {
      const roll = dice(seed);
      const first = start(roll);
      const site = new Site(t, { "a.md": first, "b.md": OTHER });
      const client = await Client.open(t, site, { ...PULLS, general: { positionEncodings: [encoding] } });
      assert.equal(client.can.positionEncoding, encoding);
      const a = site.uri("a.md");
      const document = TextDocument.create(a, "markdown", 1, first);
      await client.show(a, first);
      let compared = 0;
      for (let version = 2; version < 90; version++) {
        const changes = Array.from({ length: 1 + roll(3) }, () => change(document, roll, encoding, version));
        await client.edit(a, version, changes);
        if (version % 11 !== 0) continue;
        const text = document.getText();
        const expected = ofCheck(site.check("a.md", text));
        let told;
        const same = async () => {
          told = ofServer((await client.pull(a)).items, text, encoding);
          return told.join() === expected.join();
        };
        await until(`version ${version}`, same).catch(() => assert.deepEqual(told, expected, `version ${version} of ${JSON.stringify(text)}`));
        compared += expected.length;
      }
      assert.ok(compared > 50, `${compared} diagnostics were compared`);
      assert.equal(await client.end(), 0);
    });
  }

  test(`all repairs at once in ${encoding} are those of the command line`, async (t) => {
    const roll = dice(7);
    const first = start(roll);
    const site = new Site(t, { "a.md": first, "b.md": OTHER });
    const client = await Client.open(t, site, { ...PULLS, general: { positionEncodings: [encoding] } });
    const a = site.uri("a.md");
    const document = TextDocument.create(a, "markdown", 1, first);
    await client.show(a, first);
    let repairs = 0;
    for (let version = 2; version < 12; version++) {
      await client.edit(a, version, Array.from({ length: 5 }, () => change(document, roll, encoding, version)));
      const text = document.getText();
      const context = { diagnostics: [], only: ["source.fixAll.copydesk"] };
      const actions = await client.ask(lsp.CodeActionRequest.type, { textDocument: { uri: a }, range: lsp.Range.create(0, 0, 0, 0), context });
      const edits = actions.flatMap((action) => Object.values(action.edit.changes).flat());
      repairs += edits.length;
      const bytes = edits.map((edit) => ({ ...edit, range: fromUnits(text, edit.range, encoding) }));
      const repaired = TextDocument.applyEdits(document, bytes);
      site.write("a.md", text);
      site.run(["check", "--fix", "-q", "--no-cache", "a.md"]);
      assert.equal(repaired, site.read("a.md"), `version ${version}`);
      // It is not saved: what others see of it is what is in the editor.
    }
    assert.ok(repairs > 5, `${repairs} repairs`);
  });
}

// A range of the server in the units of the client's library.
function fromUnits(text, range, encoding) {
  const document = TextDocument.create("x:", "markdown", 1, text);
  const at = ({ line, character }) => {
    const start = document.offsetAt({ line, character: 0 });
    if (encoding === "utf-16") return { line, character };
    let [bytes, length] = [0, 0];
    for (const c of text.slice(start)) {
      if (bytes >= character) break;
      bytes += Buffer.byteLength(c);
      length += c.length;
    }
    return { line, character: length };
  };
  return { start: at(range.start), end: at(range.end) };
}
