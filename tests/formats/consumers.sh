#!/usr/bin/env bash
# Has programs that others wrote read our reports: check-jsonschema, sarif-tools, junitparser and Python's XML parser, on the
# real posts of tests/seeds and on a site whose names and texts are hostile. Installs what it needs below target/, once.
set -euo pipefail
cd "$(dirname "$0")/../.."

target=${CARGO_TARGET_DIR:-target}
venv=$target/formats-venv
pins="check-jsonschema==0.39.0 sarif-tools==3.0.5 junitparser==5.0.3"

fail() {
  printf '\n*** tests/formats/consumers.sh: %s\n*** The reports were NOT tried on their consumers.\n' "$*" >&2
  exit 1
}

has_python() { python3 -c 'import venv, ensurepip' 2>/dev/null; }

# A virtual environment with exactly these versions; one that was moved with its folder no longer works.
if [ "$(cat "$venv/pins" 2>/dev/null)" != "$pins" ] || ! "$venv/bin/sarif" --version >/dev/null 2>&1; then
  if ! has_python && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    apt-get update -q && apt-get install -qy python3 python3-venv || true
  fi
  has_python || fail "needs python3 with the modules venv and ensurepip (on Debian: apt-get install python3-venv)"
  rm -rf "$venv"
  python3 -m venv "$venv" || fail "cannot make a virtual environment in $venv"
  # The pins are words.
  # shellcheck disable=SC2086
  "$venv/bin/pip" install --quiet --disable-pip-version-check $pins || fail "cannot install $pins"
  printf '%s' "$pins" >"$venv/pins"
fi

cargo build --quiet
program=$PWD/$target/debug/copydesk
case $target in /*) program=$target/debug/copydesk ;; esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A site in a folder of a repository. Each name and title is what some format would read as its own.
mkdir -p "$work/hostile/.git" "$work/hostile/docs/_posts"
echo 'title: Test' >"$work/hostile/docs/_config.yml"
long=$(printf 'x%.0s' {1..10000})
same=$(printf 'The harbour was quiet that morning, and nobody on the quay had seen the ferry leave. %.0s' {1..8})
day=10
for words in '::error::owned' '##[add-mask]100%0A' ']]><script>&amp;' $'\e[31mred\a' $'\u202edm.txt\u2066' "it's \"q\", a|b \`c\`"; do
  day=$((day + 1))
  printf -- '---\ntitle: %s\n---\n<p style="display:none"><br></p> %s [go](<gone %s>) ![](%s) [](#x) Fran\uFFFDois\n\n%s\n' \
    "$words" "$words" "$words" "$long" "$same" >"$work/hostile/docs/_posts/2024-01-$day-$words.md"
done

# tries ROOT GENERATOR: writes all reports on a site at once, and has them read.
tries() {
  local out=$work/out status=0
  rm -rf "$out" && mkdir "$out"
  "$program" check --root "$1" --generator "$2" --preset strict -f json="$out/json" -f sarif="$out/x.sarif" \
    -f gitlab="$out/gitlab.json" -f rdjson="$out/rdjson.json" -f junit="$out/junit.xml" \
    -f checkstyle="$out/checkstyle.xml" -f markdown="$out/summary.md" -f github >"$out/log" || status=$?
  [ "$status" -eq 1 ] || fail "exit status $status on $1, where there is something to find"
  "$venv/bin/check-jsonschema" --schemafile tests/formats/sarif-2.1.0.json "$out/x.sarif"
  "$venv/bin/check-jsonschema" --schemafile tests/formats/gitlab.json "$out/gitlab.json"
  "$venv/bin/check-jsonschema" --schemafile tests/formats/rdjson.json "$out/rdjson.json"
  "$venv/bin/sarif" summary "$out/x.sarif" >"$out/summary.txt"
  "$venv/bin/sarif" csv --output "$out/x.csv" "$out/x.sarif" >/dev/null
  "$venv/bin/python" tests/formats/read.py "$out"
}

tries tests/seeds jekyll
tries "$work/hostile/docs" jekyll
