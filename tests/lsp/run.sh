#!/usr/bin/env bash
# Proves the language server with the protocol's own library for node, and with a real Neovim and a real Emacs, without a screen:
# node/, neovim.lua and emacs.el have what is looked at. The library comes from npm into target/, once, the editors from the
# system's packages, where these may be installed; without them this fails, it never skips.
#
#   tests/lsp/run.sh                                      all of it
#   tests/lsp/run.sh node [NAME OF A FILE IN node/ ...]   the library alone, such as `node pull`
set -euo pipefail
cd "$(dirname "$0")/../.."
cases=$PWD/tests/lsp

# shellcheck source-path=SCRIPTDIR/../..
. tests/pinned.sh
work=$target/lsp

fail() {
  printf '\n*** tests/lsp/run.sh: %s\n*** The language server was NOT proved.\n' "$*" >&2
  exit 1
}

install_pinned "$work" vscode-languageserver-protocol@3.18.5 vscode-jsonrpc@10.0.0 vscode-languageserver-textdocument@1.0.16

cargo build --quiet --bin copydesk
export COPYDESK=$target/debug/copydesk COPYDESK_WORK=$work
if [ "${1:-}" = node ]; then
  shift
  files=()
  for name in "$@"; do files+=("$cases/node/$name.test.mjs"); done
  [ "$#" -gt 0 ] || files=("$cases"/node/*.test.mjs)
  exec node --test --test-reporter=spec "${files[@]}"
fi
node --test --test-reporter=spec "$cases"/node/*.test.mjs

missing=()
command -v nvim >/dev/null || missing+=(neovim)
command -v emacs >/dev/null || missing+=(emacs-nox)
# Eglot is part of Emacs itself from version 29 on, and a package of its own before.
run_emacs() {
  local folders=() folder
  for folder in /usr/share/emacs/site-lisp/elpa/*/; do folders+=(-L "$folder"); done
  LC_ALL=C.UTF-8 emacs -Q --batch "${folders[@]}" "$@"
}
run_emacs --eval "(require 'eglot)" 2>/dev/null || missing+=(elpa-eglot)
if [ "${#missing[@]}" -gt 0 ]; then
  as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo --non-interactive)
  if ! { "${as_root[@]}" apt-get update && "${as_root[@]}" apt-get install --yes --no-install-recommends "${missing[@]}"; } >/dev/null; then
    fail "these are not there and cannot be installed: ${missing[*]}"
  fi
fi
# The editors are set up as their users are told to, so the server is on the path.
export EDITORS=$PWD/editors/README.md PATH="$target/debug:$PATH"
site=$(mktemp -d)
trap 'rm -rf "$site"' EXIT

# Two posts: one with a mark behind Han characters and an emoji, and another one.
new_site() {
  local words='The keeper of the lock wrote down the height of the water each morning, and how many barges waited above the weir.'
  rm -rf "${site:?}"/* && cd "$site"
  printf 'generator: plain\n' >copydesk.yaml
  printf -- '---\ntitle: The lock\ndate: 2024-05-06\n---\n\n今天的港口🎉很安\u200b静。\n\n%s\n\n%s\n\n%s\n' \
    "$words In the evening he read it out." "$words His daughter knew all boats by their lanterns." \
    "$words And then it rained." >a.md
  printf -- '---\ntitle: The weir\ndate: 2024-05-07\n---\n\nSomething else altogether.\n' >b.md
}

new_site
timeout 300 nvim --headless -u NONE -i NONE -n -c "luafile $cases/neovim.lua"
echo
new_site
run_emacs -l "$cases/emacs.el"
