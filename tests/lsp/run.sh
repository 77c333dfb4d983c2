#!/usr/bin/env bash
# Proves the language server with a real Neovim and a real Emacs, without a screen: neovim.lua and emacs.el have what is looked at.
# Both come from the system's packages, where these may be installed; without them this fails, it never skips.
#
#   tests/lsp/run.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
cases=$PWD/tests/lsp

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
    echo "tests/lsp/run.sh: these are not there and cannot be installed: ${missing[*]}" >&2
    exit 1
  fi
fi
cargo build --quiet --bin copydesk
COPYDESK=$(realpath "${CARGO_TARGET_DIR:-target}")/debug/copydesk
export COPYDESK
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
