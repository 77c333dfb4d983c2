// What a client is told that asks: of a document, of the whole site, and when to ask again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client, PULLS, has, hasNot, lsp, until } from "./client.mjs";
import { LONG, Site, byteAt, post } from "./site.mjs";

const FAULTY = post("A", "See [nothing]().");
const UTF32 = { ...PULLS, general: { positionEncodings: ["utf-32"] } };

test("a document that has not changed is not told of again", async (t) => {
  const site = new Site(t, { "a.md": FAULTY });
  const client = await Client.open(t, site, PULLS);
  await client.isRead();
  const a = site.uri("a.md");
  await client.show(a, FAULTY);
  const first = await client.pull(a);
  assert.equal(first.kind, lsp.DocumentDiagnosticReportKind.Full);
  assert.ok(has("link-empty-address")(first.items) && first.resultId);
  assert.deepEqual(await client.pull(a, first.resultId), { kind: "unchanged", resultId: first.resultId });
  assert.equal((await client.pull(a, "of another day")).kind, "full");
  await client.edit(a, 2, post("A", "\nSee [nothing]()."));
  const second = await client.pull(a, first.resultId);
  assert.equal(second.kind, "full");
  assert.notEqual(second.resultId, first.resultId);
  assert.equal(second.items[0].range.start.line, first.items[0].range.start.line + 1);
  // All is as it was.
  await client.edit(a, 3, FAULTY);
  assert.equal((await client.pull(a, first.resultId)).kind, "unchanged");
});

test("a post that is not open is told of as in the whole site", async (t) => {
  const site = new Site(t, { "a.md": FAULTY, "b.md": post("B", `港口🎉 [没有]()。\n\n${LONG}`), "c.md": post("C", LONG) });
  const client = await Client.open(t, site, PULLS);
  await client.isRead();
  const { items } = await client.pullAll();
  for (const one of items) assert.deepEqual((await client.pull(one.uri)).items, one.items, one.uri);
  const [known] = items;
  assert.equal((await client.pull(known.uri, known.resultId)).kind, "unchanged");
});

test("the whole site is told as the command line tells it", async (t) => {
  const site = new Site(t, {
    "a.md": FAULTY,
    "b.md": post("The lock", `${LONG}\n\n港口🎉 See [the mill](./mill.md), [c](c%20d.md#nowhere) and the set\u200btings.`).replaceAll("\n", "\r\n"),
    "c d.md": post("The lock", LONG),
    "deep/港口 50%.md": `\ufeff${post('"An "odd" title"', "港🎉 [没有]() and [没有]().")}`,
    "e.md": post("The weir", "It was built of oak, long before the railway came, and the carpenters carved their names into its posts. Twice it was carried away by floods, and twice the village paid for a new one out of the tolls. Children fished from it on Sundays, which was forbidden, and the priest looked the other way, since he liked eels."),
    "f.md": post("The weir", "Nobody has painted the house beside it for years. A family of swallows nests under the roof, and the letter box has been stuffed with newspaper against the wind. In the shed there are oars, a cracked bell, and four tins of green varnish that somebody bought when the prices were still printed in shillings."),
    "deep/quiet.md": post("Quiet", "Nothing is wrong here, and nothing is said of it."),
    "deep/known.md": post("Known", "<!-- copydesk-disable-next-line link-empty-address: on purpose -->\nSee [nothing]()."),
  }, "generator: plain\npreset: strict\n");
  const client = await Client.open(t, site, UTF32);
  await client.isRead();
  const { items } = await client.pullAll();
  const told = items.flatMap((one) => one.items.map((item) => [item.code, site.name(one.uri), item.range.start.line + 1, item.range.start.character + 1]));
  const checked = site.check();
  const expected = checked.map((one) => [one.lint, one.path, one.range.start.line, one.range.start.column]);
  assert.deepEqual(told.sort(), expected.sort());
  const lints = new Set(checked.map((one) => one.lint));
  for (const lint of ["duplicate-title", "near-duplicate-post", "link-broken-local", "link-empty-address", "front-matter-unescaped-quote"]) assert.ok(lints.has(lint), `${lint} in ${[...lints]}`);
  assert.deepEqual(items.map((one) => site.name(one.uri)).sort(), [...new Set(checked.map((one) => one.path))].sort(), "posts with something to say");

  // What is known is not told again, but for what has changed.
  const known = items.map(({ uri, resultId }) => ({ uri, value: resultId }));
  assert.deepEqual(new Set((await client.pullAll(known)).items.map((one) => one.kind)), new Set(["unchanged"]));
  const copy = items.find((one) => has("near-duplicate-post")(one.items));
  const original = copy.items.find((one) => one.code === "near-duplicate-post").relatedInformation[0].location.uri;
  await client.show(original, post("The mill", "Another text, about [nothing]()."), 4);
  const after = await until("the copy is none", async () => {
    const { items } = await client.pullAll(known);
    const now = items.find((one) => one.uri === copy.uri);
    return now?.kind === "full" && hasNot("near-duplicate-post")(now.items) && items;
  });
  for (const one of after) assert.equal(one.kind, [copy.uri, original].includes(one.uri) ? "full" : "unchanged", one.uri);
  assert.equal(after.find((one) => one.uri === original).version, 4);
});

test("what a post is told of another one is told in the place of that one", async (t) => {
  const texts = { "a.md": post("A", `港口🎉\n\n${LONG}`), "b.md": post("B", LONG) };
  const site = new Site(t, texts);
  const client = await Client.open(t, site, PULLS);
  await client.isRead();
  const { items } = await client.pullAll();
  const related = items.flatMap((one) => one.items).flatMap((one) => one.relatedInformation ?? []);
  assert.ok(related.length > 0);
  for (const { location } of related) {
    const text = texts[site.name(location.uri)];
    assert.ok(byteAt(text, location.range.start, "utf-16") <= byteAt(text, location.range.end, "utf-16"));
  }
});

test("an edit that makes a copy has the other post asked about", async (t) => {
  const own = post("B", "Something else altogether.");
  const site = new Site(t, { "a.md": post("A", LONG), "b.md": own });
  const client = await Client.open(t, site, PULLS);
  const [a, b] = [site.uri("a.md"), site.uri("b.md")];
  await client.isRead();
  await client.show(a, post("A", LONG));
  await client.show(b, own);
  const isCopy = (items) => items.some((one) => /^duplicate-post$/.test(one.code));
  await client.pulled(a, (items) => !isCopy(items));
  const settled = async () => {
    // Asked again only when it is told to.
    const before = client.refreshes;
    return () => until("it is told to ask again", () => client.refreshes > before);
  };
  let told = await settled();
  await client.edit(b, 2, [{ range: lsp.Range.create(5, 0, 6, 0), text: `${LONG}\n` }]);
  await told();
  const either = async () => [...(await client.pull(a)).items, ...(await client.pull(b)).items];
  const [copy] = (await until("a copy", async () => ((await either()).some((one) => one.code === "duplicate-post") ? either() : null))).filter((one) => one.code === "duplicate-post");
  assert.ok([a, b].includes(copy.relatedInformation[0].location.uri));
  told = await settled();
  await client.edit(b, 3, [{ range: lsp.Range.create(5, 0, 5 + LONG.split("\n").length, 0), text: "Something else altogether.\n" }]);
  await told();
  await until("no copy", async () => !isCopy(await either()));
});

test("a site that is not read yet, and one without posts, have nothing to say", async (t) => {
  const site = new Site(t, {});
  const client = await Client.open(t, site, PULLS);
  assert.deepEqual(await client.pullAll(), { items: [] });
  await client.isRead();
  assert.deepEqual(await client.pullAll(), { items: [] });
  // What was told of once and is no more is told to be nothing.
  const gone = await client.pullAll([{ uri: site.uri("gone.md"), value: "0123456789abcdef" }]);
  assert.deepEqual([gone.items[0].kind, gone.items[0].items], ["full", []]);
});
