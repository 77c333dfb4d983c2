// Where the program `copydesk` is: in the setting, in the workspace, in PATH, in this order. Nothing is downloaded, and nothing of
// a workspace that is not trusted is ever started.

import { accessSync, constants, realpathSync, statSync } from "node:fs";
import * as path from "node:path";

import platforms from "../../../npm/copydesk/platforms.json";

/** What the search depends on. */
export interface Surroundings {
  /** `copydesk.path`; empty when it is not set. */
  readonly setting: string;
  /** The folders of the workspace. */
  readonly folders: readonly string[];
  readonly isTrusted: boolean;
  readonly home: string;
  /** The variable PATH. */
  readonly searchPath: string;
  readonly platform: NodeJS.Platform;
  readonly arch: string;
}

/** The program, or in words for the user why there is none. */
export type Finding =
  | { readonly program: string }
  | { readonly problem: string; readonly waitsForTrust: boolean };

export function findProgram(at: Surroundings): Finding {
  if (at.setting !== "") return named(at);
  const own = at.folders.flatMap((folder) => inFolder(folder, at)).find((file) => isProgram(file, at));
  if (own !== undefined && at.isTrusted) return { program: own };
  const other = inPath(at).find((file) => isProgram(file, at) && mayStart(file, at));
  if (other !== undefined) return { program: other };
  return own === undefined
    ? { problem: "copydesk is neither in this workspace nor in PATH. Install it, or name it in the setting copydesk.path.", waitsForTrust: false }
    : { problem: "This workspace has a copydesk of its own, which is started only when you trust the workspace.", waitsForTrust: true };
}

/** What the setting names, and nothing else: a slip in it must not be covered up by another program. */
function named(at: Surroundings): Finding {
  const fromHome = at.setting.replace(/^~(?=$|[/\\])/, () => at.home);
  const file = path.resolve(at.folders[0] ?? at.home, fromHome);
  if (!isProgram(file, at)) return { problem: `The setting copydesk.path names ${file}, which is no program.`, waitsForTrust: false };
  if (mayStart(file, at)) return { program: file };
  return { problem: `${file} is part of this workspace, and is started only when you trust the workspace.`, waitsForTrust: true };
}

/** Where package managers put it. npm's own launcher comes late: it needs a Node in PATH, which editors often do not have. */
function inFolder(folder: string, at: Surroundings): string[] {
  const isWindows = at.platform === "win32";
  const modules = path.join(folder, "node_modules");
  const name = isWindows ? "copydesk.exe" : "copydesk";
  const packages = platforms.filter(({ os, cpu }) => os === at.platform && cpu.includes(at.arch)).map((one) => one.package);
  // Beside the package that asks for it, which pnpm keeps elsewhere.
  const installed = real(path.join(modules, "copydesk"));
  const native = packages.map((one) => path.join(path.dirname(installed), one, name));
  const environments = [".venv", "venv"].map((one) => path.join(folder, one, isWindows ? "Scripts" : "bin", name));
  return [...native, ...(isWindows ? [] : [path.join(modules, ".bin", name)]), ...environments];
}

/** A relative folder in PATH would be one of whatever folder is open. */
function inPath(at: Surroundings): string[] {
  const isWindows = at.platform === "win32";
  const folders = at.searchPath.split(isWindows ? ";" : ":").filter((folder) => path.isAbsolute(folder));
  return folders.map((folder) => path.join(folder, isWindows ? "copydesk.exe" : "copydesk"));
}

function isProgram(file: string, at: Surroundings): boolean {
  try {
    if (at.platform !== "win32") accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Whether a program may be started: any, if the workspace is trusted; else none that the workspace holds or leads to. */
function mayStart(file: string, at: Surroundings): boolean {
  const isOfWorkspace = (file: string) =>
    at.folders.some((folder) => isBelow(file, path.resolve(folder)) || isBelow(file, real(folder)));
  return at.isTrusted || !(isOfWorkspace(file) || isOfWorkspace(real(file)));
}

function isBelow(file: string, folder: string): boolean {
  const way = path.relative(folder, file);
  return !path.isAbsolute(way) && way.split(path.sep)[0] !== "..";
}

function real(file: string): string {
  try {
    // As the disk writes it: case does not count everywhere.
    return realpathSync.native(file);
  } catch {
    return path.resolve(file);
  }
}
