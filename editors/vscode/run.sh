#!/usr/bin/env bash
# Builds the extension for VS Code as a release does, tries the bundle with the real `copydesk lsp` and a stand-in for the editor
# (test/), packs it, and looks into the package. Its tools come from npm, as package-lock.json has them; without them this fails,
# it never skips. The package stays in target/vscode/.
#
#   editors/vscode/run.sh
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)

fail() {
  printf '\n*** editors/vscode/run.sh: %s\n' "$*" >&2
  exit 1
}

command -v npm >/dev/null || fail "needs Node 20 or newer with npm"
if ! cmp -s package-lock.json node_modules/.copydesk-lock; then
  npm ci --silent --no-audit --no-fund || fail "cannot install what package-lock.json names"
  cp package-lock.json node_modules/.copydesk-lock
fi
grep -q '"resolved"' package-lock.json && fail "package-lock.json names a registry"

npm run --silent check
npm run --silent build
cargo build --quiet --bin copydesk
target=${CARGO_TARGET_DIR:-$root/target}
case $target in /*) ;; *) target=$root/$target ;; esac
COPYDESK=$target/debug/copydesk npm run --silent test

# As a release packs it.
work=$root/target/vscode vsix=$root/target/vscode/copydesk.vsix
rm -rf "$work"
mkdir -p "$work"
export GITHUB_SERVER_URL=https://git.example GITHUB_REPOSITORY=someone/copydesk GITHUB_REF_NAME=v1
node package.mjs "$vsix" >"$work/log" 2>&1 || fail "cannot pack: $(cat "$work/log")"
python3 - "$vsix" <<'PYTHON'
import json
import sys
import zipfile
from pathlib import Path

path = Path(sys.argv[1])
wanted = {
    "[Content_Types].xml",
    "extension.vsixmanifest",
    *("extension/" + name for name in (
        "package.json", "readme.md", "changelog.md", "LICENSE-APACHE", "LICENSE-MIT",
        "dist/extension.js", "dist/THIRD-PARTY-NOTICES.txt", "images/icon.png", "images/editor.png",
    )),
}
packed = zipfile.ZipFile(path)
names = set(packed.namelist())
text = lambda name: packed.read("extension/" + name).decode()
faults = [f"{name} is missing" for name in wanted - names] + [f"{name} is packed" for name in names - wanted]
if not faults:
    for name in ("LICENSE-APACHE", "LICENSE-MIT"):
        if text(name) != Path("../..", name).read_text():
            faults.append(f"{name} is another one")
    # All that the bundle holds, but what the extension's own licence covers.
    for name in ("vscode-languageclient", "vscode-jsonrpc", "semver", "minimatch"):
        if f"\n{name} " not in "\n" + text("dist/THIRD-PARTY-NOTICES.txt"):
            faults.append(f"no licence of {name}")
    # What the README shows and leads to is not beside it where it is read.
    for address in ("raw/v1/editors/vscode/images/editor.png", "blob/v1/"):
        if f"https://git.example/someone/copydesk/{address}" not in text("readme.md"):
            faults.append(f"the README does not lead to {address}")
    if "sourceMappingURL" in text("dist/extension.js"):
        faults.append("the bundle names a source map")
size = path.stat().st_size
if size > 300_000:
    faults.append(f"{size} bytes are too many")
if faults:
    sys.exit("\n".join([f"*** {path}:", *sorted(faults)]))
print(f"{path.name} {json.loads(text('package.json'))['version']}: {len(names)} files, {size} bytes")
PYTHON
