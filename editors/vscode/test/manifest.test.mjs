// What package.json says of the extension is what the bundle does.

import assert from "node:assert/strict";
import { test } from "node:test";

import { load, running } from "./stand-ins/load.mjs";
import { Window, manifest } from "./stand-ins/vscode.mjs";

test("the bundle loads", () => {
  assert.deepEqual(Object.keys(load(new Window())).sort(), ["activate", "deactivate"]);
});

test("the commands that are declared are those that are there", async (t) => {
  const { window, deactivate } = await running(t);
  const declared = manifest.contributes.commands.map(({ command }) => command);
  // Behind an action of the server, and in no menu: the client registers it.
  const ofTheServer = ["copydesk.open"];
  assert.deepEqual([...window.commands.keys()].sort(), [...declared, ...ofTheServer].sort());
  await deactivate();
  assert.equal(window.commands.size, 0);
});
