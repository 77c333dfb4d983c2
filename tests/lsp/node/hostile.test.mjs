// What no good client says: it is answered or passed over, and the server lives on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, PULLS, PUSHED, has, hasNot, lsp, until } from "./client.mjs";
import { LONG, Site, post } from "./site.mjs";

const FAULTY = post("A", "See [nothing]().");

// The server answers as ever, and soon.
async function isWell(client, within = 5000) {
  const name = client.site.uri("well.md");
  const since = Date.now();
  await client.show(name, FAULTY);
  assert.ok(has("link-empty-address")((await client.pull(name)).items));
  await client.hide(name);
  assert.ok(Date.now() - since < within, `${Date.now() - since} ms`);
  assert.ok(!/panicked/.test(client.stderr), client.stderr);
}

const open = async (t, files = {}, capabilities = PULLS) => Client.open(t, new Site(t, files), capabilities);

test("what comes before and after its time is refused", async (t) => {
  const site = new Site(t, { "a.md": FAULTY });
  const client = Client.start(t, site);
  const hover = { textDocument: { uri: site.uri("a.md") }, position: { line: 0, character: 0 } };
  assert.equal(await client.refused(lsp.HoverRequest.type, hover), lsp.ErrorCodes.ServerNotInitialized);
  await client.show(site.uri("a.md"), FAULTY);
  const params = { processId: null, rootUri: null, capabilities: PULLS, workspaceFolders: null };
  await client.ask(lsp.InitializeRequest.type, params);
  assert.equal(await client.refused(lsp.InitializeRequest.type, params), lsp.ErrorCodes.InvalidRequest);
  await client.ask(lsp.ShutdownRequest.type);
  for (const type of [lsp.HoverRequest.type, lsp.DocumentDiagnosticRequest.type]) {
    assert.equal(await client.refused(type, hover), lsp.ErrorCodes.InvalidRequest);
  }
  await client.tell(lsp.ExitNotification.type);
  assert.equal((await client.ended)[0], 0);
});

test("the status tells whether it was shut down", async (t) => {
  const ends = [
    [async (client) => client.tell(lsp.ExitNotification.type), 1],
    [async (client) => client.child.stdin.end(), 1],
    [async (client) => (await client.ask(lsp.ShutdownRequest.type), client.child.stdin.end()), 0],
    [async (client) => (await client.ask(lsp.ShutdownRequest.type), client.tell(lsp.ExitNotification.type)), 0],
  ];
  for (const [end, status] of ends) {
    const client = await open(t);
    await end(client);
    assert.equal((await client.ended)[0], status, String(end));
  }
  const client = Client.start(t, new Site(t, {}));
  await client.tell(lsp.ExitNotification.type);
  assert.equal((await client.ended)[0], 1, "before `initialize`");
});

test("methods that nobody knows are refused, and notifications passed over", async (t) => {
  const client = await open(t);
  for (const method of ["no/suchMethod", "$/no", "textDocument/prepareRename2", ""]) {
    assert.equal(await client.refused(method, {}), lsp.ErrorCodes.MethodNotFound, method);
    await client.tell(method, {});
  }
  await client.tell("$/setTrace", { value: "off" });
  await client.tell("$/cancelRequest", { id: 999 });
  await isWell(client);
});

test("messages that are none are told of in the log", async (t) => {
  const client = await open(t);
  const framed = (text) => `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
  const none = [framed('{"oops": '), framed("[]"), framed("7"), framed('{"jsonrpc":"2.0"}'), framed('{"jsonrpc":"2.0","method":7}'),
    framed("[".repeat(100_000)), Buffer.concat([Buffer.from("Content-Length: 3\r\n\r\n"), Buffer.from([0xff, 0xfe, 0xfd])]),
    "Content-Length: many\r\n\r\n", "Content-Type: none\r\n\r\n", "no header at all\r\n\r\n", "\r\n"];
  for (const one of none) {
    const before = client.logged.length;
    client.raw(one);
    await until(`${String(one).slice(0, 40)} is told of`, () => client.logged.length > before);
    await isWell(client);
  }
  // Who sends nothing else is no client.
  client.raw("\r\n".repeat(500));
  assert.equal((await client.ended)[0], 1);
});

test("a message without its length does not take the next ones with it", async (t) => {
  const client = await open(t);
  const lost = '{"jsonrpc":"2.0","method":"$/lost","params":{}}';
  client.raw(`Content-Type: application/vscode-jsonrpc\r\n\r\n${lost}\r\n`);
  await until("it is told of", () => client.logged.length > 0);
  await isWell(client);
});

test("a length that no memory has ends the server, and it says so", async (t) => {
  for (const length of ["18446744073709551615", "9000000000000000000", "100000000000000"]) {
    const client = await open(t);
    client.raw(`Content-Length: ${length}\r\n\r\n{}`);
    // What follows would be part of the message: there is nothing to wait for.
    const ended = await Promise.race([client.ended, new Promise((done) => setTimeout(done, 15_000, null))]);
    assert.deepEqual(ended, [1, null], `${length}: ${client.stderr}`);
  }
});

test("parameters that make no sense are refused or passed over", async (t) => {
  const client = await open(t, { "a.md": FAULTY });
  const a = client.site.uri("a.md");
  await client.show(a, FAULTY);
  const odd = [null, [], {}, { textDocument: 7 }, { textDocument: { uri: 7 } }, { textDocument: { uri: a }, position: { line: -1, character: 1.5 } },
    { textDocument: { uri: a }, range: { start: {}, end: {} } }, { textDocument: { uri: a }, position: { line: 1e12, character: 0 } },
    { textDocument: { uri: a }, contentChanges: 7 }, { textDocument: { uri: a, version: "2" }, contentChanges: [{ range: {}, text: "x" }] }, { changes: 7 }, { files: [7] }];
  const requests = ["diagnostic", "codeAction", "completion", "hover", "definition", "references", "documentLink"].map((name) => `textDocument/${name}`);
  const notifications = ["didOpen", "didChange", "didClose"].map((name) => `textDocument/${name}`);
  for (const params of odd) {
    for (const method of [...requests, "workspace/diagnostic", "workspace/willRenameFiles"]) {
      await client.connection.sendRequest(method, params).catch((error) => assert.equal(error.code, lsp.ErrorCodes.InvalidParams, `${method} ${JSON.stringify(params)}: ${error}`));
    }
    if (params?.textDocument?.uri === a && params.contentChanges === undefined) continue;
    for (const method of [...notifications.filter((name) => !/didClose/.test(name)), "workspace/didChangeWatchedFiles"]) await client.tell(method, params);
  }
  assert.ok(has("link-empty-address")((await client.pull(a)).items), "the text is what it was");
  await isWell(client);
});

test("old versions and ranges past the end", async (t) => {
  const client = await open(t, { "a.md": FAULTY });
  const a = client.site.uri("a.md");
  await client.show(a, FAULTY, 5);
  await client.edit(a, 6, [{ range: { start: { line: 900, character: 900 }, end: { line: 4_000_000_000, character: 0 } }, text: "\nAnd [more]().\n" }]);
  const two = await client.pulled(a, (items) => items.filter((one) => one.code === "link-empty-address").length === 2);
  for (const version of [6, 5, -1]) await client.edit(a, version, "all is lost");
  assert.deepEqual((await client.pull(a)).items, two);
  // A version may be left out.
  await client.edit(a, 600, [{ range: lsp.Range.create(0, 0, 900, 0), text: post("A", "Nothing.") }]);
  await client.pulled(a, (items) => items.length === 0);
  // End before start, and the middle of a pair of surrogates.
  await client.edit(a, 601, post("A", "港🎉🎉 [x]()"));
  await client.edit(a, 602, [{ range: lsp.Range.create(5, 4, 5, 2), text: "\u200b" }]);
  await client.pulled(a, has("invisible-character"));
  await isWell(client);
});

test("files are named in many ways", async (t) => {
  const names = ["with space.md", "100%25.md", "50%.md", "港口.md", "a#b?c.md", "[x](y)&z.md", "e\u0301.md"];
  const client = await open(t, Object.fromEntries(names.map((name) => [name, FAULTY])));
  await client.isRead();
  const told = (await client.pullAll()).items.map((one) => client.site.name(one.uri));
  assert.deepEqual(told.sort(), [...names].sort());
  for (const name of names) {
    // As node writes it, with more of it escaped, and in small letters.
    const plain = client.site.uri(name);
    const folder = plain.slice(0, plain.lastIndexOf("/") + 1);
    const all = folder + [...Buffer.from(name)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
    for (const uri of [plain, all]) {
      await client.show(uri, FAULTY);
      assert.ok(has("link-empty-address")((await client.pull(uri)).items), uri);
      await client.hide(uri);
    }
  }
});

test("what is no file here is answered with nothing", async (t) => {
  const client = await open(t, { "a.md": FAULTY });
  await client.isRead();
  const a = client.site.uri("a.md");
  const others = ["untitled:Untitled-1", `git:${a.slice(7)}?%7B%22ref%22%3A%22HEAD%22%7D`, `vscode-notebook-cell:${a.slice(7)}#W0`, "https://a.example/a.md", "file://server/share/a.md",
    "file:///c%3A/x/a.md", "file:///C:/x/a.md", "file:///no/such/folder/a.md", "file:///%zz.md", "file:", "a.md", "", "\u0000"];
  for (const uri of others) {
    await client.show(uri, FAULTY);
    await client.edit(uri, 2, `${FAULTY}\nMore.`);
    const place = { textDocument: { uri }, position: { line: 5, character: 6 } };
    assert.deepEqual((await client.pull(uri)).items, [], uri);
    assert.equal(await client.ask(lsp.HoverRequest.type, place), null, uri);
    assert.equal(await client.ask(lsp.DefinitionRequest.type, place), null, uri);
    await client.ask(lsp.DocumentLinkRequest.type, { textDocument: { uri } });
    await client.ask(lsp.CodeActionRequest.type, { textDocument: { uri }, range: lsp.Range.create(0, 0, 9, 0), context: { diagnostics: [] } });
    await client.hide(uri);
  }
  // The post that some of them are versions of is as it was.
  const { items } = await client.pullAll();
  assert.deepEqual(items.filter((one) => one.items?.length).map((one) => client.site.name(one.uri)), ["a.md"]);
  await isWell(client);
});

test("a file that is in no site is looked at alone", async (t) => {
  const site = new Site(t, { "b.md": FAULTY, "notes/c.md": FAULTY });
  site.remove("copydesk.yaml");
  const client = await Client.open(t, site, PULLS, { workspaceFolders: null });
  const told = async () => (await client.pullAll()).items.map((one) => [client.site.name(one.uri), one.items.length > 0]);
  // Its folder is not there, and nobody has named those above it.
  const lost = site.uri("none/a.md");
  await client.show(lost, FAULTY);
  await sleep(1500);
  assert.deepEqual([await told(), client.refreshes], [[["none/a.md", false]], 0]);
  await client.hide(lost);
  // A file that is not saved yet, in a folder that is there.
  await client.show(site.uri("notes/a.md"), FAULTY);
  await client.isRead();
  assert.deepEqual(await told(), [["notes/a.md", true]]);
});

test("a file that is deleted while it is open", async (t) => {
  const client = await open(t, { "a.md": post("A", LONG), "b.md": post("B", LONG) });
  const [a, b] = ["a.md", "b.md"].map((name) => client.site.uri(name));
  await client.show(a, post("A", `${LONG}\n\n[nothing]()`));
  await client.show(b, post("B", LONG));
  client.site.remove("a.md");
  await client.changed(lsp.FileChangeType.Deleted, "a.md");
  await client.edit(a, 2, post("A", `${LONG}\n\n[more]()`));
  await client.pulled(a, (items) => has("link-empty-address")(items));
  const copies = async () => [...(await client.pull(a)).items, ...(await client.pull(b)).items].some((one) => /duplicate-post/.test(one.code));
  await until("what is in the editor is still a copy", copies);
  await client.hide(a);
  await client.pulled(b, (items) => hasNot("duplicate-post")(items) && hasNot("near-duplicate-post")(items));
  await isWell(client);
});

test("ten thousand documents are opened and closed", async (t) => {
  for (const capabilities of [PULLS, PUSHED]) {
    const client = await open(t, {}, capabilities);
    const text = post("A", `${LONG}\n\nSee [nothing]().`);
    const rounds = async (count) => {
      for (let number = 0; number < count; number++) {
        const uri = client.site.uri(`港 ${number}.md`);
        client.show(uri, text);
        await client.hide(uri);
      }
      await isWell(client, 60_000);
    };
    await rounds(2000);
    const before = client.memory();
    await rounds(8000);
    assert.ok(client.memory() < before + 64, `from ${before} to ${client.memory()} MB`);
  }
});

test("a text of 50 MB keeps nobody waiting, and a larger one is told of", async (t) => {
  const client = await open(t, { "a.md": FAULTY });
  await client.isRead();
  const a = client.site.uri("a.md");
  const long = (megabytes) => post("A", `${LONG}\n\n`.repeat(Math.ceil((megabytes << 20) / LONG.length)));
  await client.show(a, long(50));
  await isWell(client);
  await client.edit(a, 2, [{ range: lsp.Range.create(6, 0, 6, 0), text: "x" }]);
  await isWell(client);
  await client.edit(a, 3, long(65));
  await until("it is told of", () => client.logged.some((text) => /a\.md.*too large/.test(text)));
  assert.deepEqual((await client.pull(a)).items, []);
  // Small again, it is a post again.
  await client.edit(a, 4, FAULTY);
  await client.pulled(a, has("link-empty-address"));
});

