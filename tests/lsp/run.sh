#!/usr/bin/env bash
# Proves the language server with a real Neovim, without a screen: tests/lsp/neovim.lua has what is looked at. Neovim comes from
# the system's packages, where that may be installed; without it this fails, it never skips.
#
#   tests/lsp/run.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
if ! command -v nvim >/dev/null; then
  as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo --non-interactive)
  if ! { "${as_root[@]}" apt-get update && "${as_root[@]}" apt-get install --yes --no-install-recommends neovim; } >/dev/null; then
    echo 'tests/lsp/run.sh: Neovim is not there and cannot be installed; try apt-get install neovim' >&2
    exit 1
  fi
fi
cargo build --quiet --bin copydesk
COPYDESK=$(realpath "${CARGO_TARGET_DIR:-target}")/debug/copydesk
export COPYDESK
site=$(mktemp -d)
trap 'rm -rf "$site"' EXIT
words='The keeper of the lock wrote down the height of the water each morning, and how many barges waited above the weir.'
printf 'generator: plain\n' >"$site/copydesk.yaml"
printf -- '---\ntitle: The lock\ndate: 2024-05-06\n---\n\n今天的港口🎉很安\u200b静。\n\n%s\n\n%s\n\n%s\n' \
  "$words In the evening he read it out." "$words His daughter knew all boats by their lanterns." "$words And then it rained." \
  >"$site/a.md"
printf -- '---\ntitle: The weir\ndate: 2024-05-07\n---\n\nSomething else altogether.\n' >"$site/b.md"
cd "$site"
timeout 300 nvim --headless -u NONE -i NONE -n -c "luafile $OLDPWD/tests/lsp/neovim.lua"
echo
