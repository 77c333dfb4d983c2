#!/usr/bin/env node
// Starts the program for this machine, which npm has installed as a package of its own, and ends as it ends.
"use strict";
const { spawnSync } = require("node:child_process");
const platforms = require("../platforms.json");

function program() {
  const platform = platforms.find(({ os, cpu }) => os === process.platform && cpu.includes(process.arch));
  if (!platform) {
    return { error: `there is no copydesk for ${process.platform} on ${process.arch}: build it with cargo` };
  }
  try {
    return { path: require.resolve(`${platform.package}/copydesk${platform.os === "win32" ? ".exe" : ""}`) };
  } catch {
    return { error: `the package ${platform.package} is missing: install without --omit=optional` };
  }
}

const { path, error } = program();
const ended = path ? spawnSync(path, process.argv.slice(2), { stdio: "inherit" }) : { error };
if (ended.error) {
  console.error(`error: ${ended.error.message ?? ended.error}`);
  process.exitCode = 2;
} else if (ended.signal) {
  process.kill(process.pid, ended.signal);
} else {
  process.exitCode = ended.status;
}
