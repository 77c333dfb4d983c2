// What changes outside of the editor, as clients report it that watch files.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client, PULLS, has, hasNot, lsp, until } from "./client.mjs";
import { LONG, Site, post } from "./site.mjs";

const [CREATED, CHANGED, DELETED] = [lsp.FileChangeType.Created, lsp.FileChangeType.Changed, lsp.FileChangeType.Deleted];
const FAULTY = post("A", "See [nothing]().");

// What is said of the site, by the names of its posts.
async function told(client) {
  const { items } = await client.pullAll();
  return new Map(items.map((one) => [client.site.name(one.uri), one.items.map((item) => item.code)]));
}

const tells = (client, what, fits) => until(what, async () => fits(await told(client)));

async function open(t, files, settings) {
  const site = new Site(t, files, settings);
  const client = await Client.open(t, site, PULLS);
  await client.isRead();
  return { site, client };
}

test("who can watch files is asked to", async (t) => {
  const site = new Site(t, {});
  const watches = (dynamicRegistration) => ({ ...PULLS, workspace: { ...PULLS.workspace, didChangeWatchedFiles: { dynamicRegistration } } });
  const client = await Client.open(t, site, watches(true));
  await until("it is asked to", () => client.registered.length > 0);
  const [one] = client.registered;
  assert.equal(one.method, "workspace/didChangeWatchedFiles");
  assert.ok(one.registerOptions.watchers.every((watcher) => typeof watcher.globPattern === "string"));
  const other = await Client.open(t, site, watches(false));
  await other.isRead();
  assert.deepEqual(other.registered, []);
});

test("posts that come, change and go are taken in", async (t) => {
  const { site, client } = await open(t, { "a.md": post("A", LONG) });
  const isCopy = (found) => [...found.values()].flat().includes("duplicate-post");
  site.write("深/b c.md", post("B", LONG));
  await client.changed(CREATED, "深/b c.md");
  await tells(client, "a copy", isCopy);
  site.write("深/b c.md", post("B", "Something else, and [nothing]()."));
  await client.changed(CHANGED, "深/b c.md");
  await tells(client, "another text", (found) => !isCopy(found) && found.get("深/b c.md")?.includes("link-empty-address"));
  site.remove("深/b c.md");
  await client.changed(DELETED, "深/b c.md");
  await tells(client, "no post", (found) => !found.get("深/b c.md")?.length);
});

test("links break and heal with the files that they lead to", async (t) => {
  const text = post("A", "See [b](./b.md) and ![a boat](./boat.png).");
  const { site, client } = await open(t, { "a.md": text });
  const a = site.uri("a.md");
  await client.show(a, text);
  await client.pulled(a, (items) => has("link-broken-local")(items) && has("link-broken-image")(items));
  site.write("b.md", post("B", "Here it is."));
  await client.changed(CREATED, "b.md");
  await client.pulled(a, hasNot("link-broken-local"));
  site.write("boat.png", "no picture");
  await client.changed(CREATED, "boat.png");
  await client.pulled(a, hasNot("link-broken-image"));
  site.remove("boat.png");
  await client.changed(DELETED, "boat.png");
  await client.pulled(a, has("link-broken-image"));
  site.remove("b.md");
  await client.changed(DELETED, "b.md");
  await client.pulled(a, has("link-broken-local"));
});

test("folders that come and go are taken in with what is in them", async (t) => {
  const { site, client } = await open(t, { "a.md": post("A", "See [b](./notes/b.md)."), "notes/b.md": FAULTY });
  await tells(client, "a fault", (found) => found.get("notes/b.md")?.length === 1);
  // Editors report the folder alone.
  site.remove("notes");
  await client.changed(DELETED, "notes");
  await tells(client, "no folder", (found) => !found.get("notes/b.md")?.length && found.get("a.md")?.includes("link-broken-local"));
  site.write("notes/b.md", FAULTY);
  await client.changed(CREATED, "notes");
  await tells(client, "a folder", (found) => found.get("notes/b.md")?.length === 1 && !found.get("a.md")?.length);
});

test("a post that is open is what is in the editor, until it is closed", async (t) => {
  const { site, client } = await open(t, { "a.md": FAULTY });
  const a = site.uri("a.md");
  await client.show(a, FAULTY);
  site.write("a.md", post("A", "Nothing is wrong."));
  await client.changed(CHANGED, "a.md");
  await client.edit(a, 2, post("A", "Still [nothing]() here."));
  await client.pulled(a, has("link-empty-address"));
  assert.ok((await told(client)).get("a.md").includes("link-empty-address"));
  await client.hide(a);
  await tells(client, "what is saved", (found) => !found.get("a.md")?.length);
});

test("settings count when they change, and a mistake leaves what held before", async (t) => {
  const { site, client } = await open(t, { "a.md": FAULTY });
  const set = async (type, text) => {
    text === null ? site.remove("copydesk.yaml") : site.write("copydesk.yaml", text);
    await client.changed(type, "copydesk.yaml");
  };
  const isSaid = (found) => found.get("a.md")?.includes("link-empty-address") ?? false;
  await set(CHANGED, "generator: plain\nlints: {link-empty-address: off}\n");
  await tells(client, "off", (found) => !isSaid(found));
  assert.deepEqual(client.shown, []);
  await set(CHANGED, "generator: plain\nlints: {link-empty-adress: warn}\n");
  await until("the mistake is shown", () => client.shown.length > 0);
  assert.match(client.shown[0], /copydesk\.yaml.*link-empty-adress/s);
  const a = site.uri("a.md");
  await client.show(a, FAULTY);
  await client.edit(a, 2, post("A", "See [nothing]() and the set\u200btings."));
  await client.pulled(a, (items) => has("invisible-character")(items) && hasNot("link-empty-address")(items));
  await set(CHANGED, "generator: plain\nlints: {link-empty-address: info}\n");
  await client.pulled(a, (items) => items.some((one) => one.code === "link-empty-address" && one.severity === lsp.DiagnosticSeverity.Information));
  await set(DELETED, null);
  await client.pulled(a, (items) => items.some((one) => one.code === "link-empty-address" && one.severity === lsp.DiagnosticSeverity.Error));
  assert.equal(client.shown.length, 1);
});

test("own lints and the baseline count when they change", async (t) => {
  const { site, client } = await open(t, { "a.md": FAULTY });
  const record = ["summary: it says see", "level: warn", "since: 0.1.0", "match:", "  text:", "    patterns: ['\\bSee\\b']",
    "message: it says see", "help: say something else", "why: |", "  A test.", "examples:", "  bad:", "    - post: \"See it.\\n\"", "  good:", "    - post: \"It is.\\n\"", ""].join("\n");
  site.write(".copydesk/lints/no-see.yaml", record);
  await client.changed(CREATED, ".copydesk/lints/no-see.yaml");
  await tells(client, "the own lint", (found) => found.get("a.md")?.includes("no-see")).catch((error) => assert.fail(`${error.message}; shown was ${client.shown}`));
  site.run(["check", "--update-baseline", "-q", "--no-cache"]);
  await client.changed(CREATED, "copydesk.baseline.yaml");
  await tells(client, "nothing but what is new", (found) => !found.get("a.md")?.length);
});
