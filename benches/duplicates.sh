#!/usr/bin/env bash
# Times the search for duplicates over a site, in turn with other programs that look for copies in the same files.
#
#   benches/duplicates.sh SITE [ROUNDS]
#
# What the search costs is a whole run with only the lints on duplicates less one that compares no texts. Seconds are of the
# processor, those of child processes included; memory is the peak of the largest process. Needs GNU time.
# TEXT_DEDUP=PYTHON times text-dedup as well (a Python that has it), JSCPD=COMMAND times jscpd; benches/README.md tells more.
set -euo pipefail
site=${1:?'usage: duplicates.sh SITE [ROUNDS]'} rounds=${2:-3}
site=$(cd "$site" && pwd)
cd "$(dirname "$0")/.."
[ -n "${COPYDESK:-}" ] || cargo build --release --quiet
copydesk=${COPYDESK:-target/release/copydesk}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Seconds of the processor, seconds of the clock, peak memory in kB.
once() {
  local status=0
  /usr/bin/time -f '%U %S %e %M' -o "$work/time" "$@" >/dev/null 2>"$work/stderr" || status=$?
  # 1: something was found.
  [ "$status" -le 1 ] || { cat "$work/stderr" >&2; exit "$status"; }
  tail -n 1 "$work/time" | awk '{ printf "%.2f %.2f %d\n", $1 + $2, $3, $4 }'
}
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

check() { once "$copydesk" check --root "$site" --no-cache --format short --quiet --no-progress "$@"; }
with() { check --only duplicates; }
# A lint that reads front matter alone: the posts are read and parsed, and no texts are compared.
without() { check --only front-matter-missing; }

text_dedup() {
  local out=$work/text-dedup
  rm -rf "$out"
  HF_HUB_OFFLINE=1 HF_DATASETS_OFFLINE=1 once "$TEXT_DEDUP" -m text_dedup.minhash --path json \
    --data_files "$work/posts.ndjson" --split train --column text --cache_dir "$out/cache" --output "$out/kept" \
    --ngram 5 --num_perm 128 --threshold 0.7
}
jscpd() {
  once "$JSCPD" --silent --format markdown --min-tokens 30 --max-size 100mb --reporters json --output "$work/jscpd" "$site"
}

if [ -n "${TEXT_DEDUP:-}" ]; then
  "$TEXT_DEDUP" - "$site" >"$work/posts.ndjson" <<'PYTHON'
import json, pathlib, sys
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*")):
    if path.suffix in (".md", ".markdown"):
        print(json.dumps({"path": str(path), "text": path.read_bytes().decode("utf-8", "replace")}))
PYTHON
fi

programs=(with without)
[ -z "${TEXT_DEDUP:-}" ] || programs+=(text_dedup)
[ -z "${JSCPD:-}" ] || programs+=(jscpd)
printf '%-12s %10s %10s %10s\n' program cpu-s wall-s peak-kB
for ((round = 0; round <= rounds; round++)); do
  for program in "${programs[@]}"; do
    line=$($program)
    [ "$round" -gt 0 ] || continue # the first round warms the file cache
    printf '%s\n' "$line" >>"$work/$program.all"
    printf '%-12s %10s %10s %10s\n' "$program" $line
  done
done
middle() { cut -d' ' -f"$2" "$work/$1.all" | median; }
awk -v with="$(middle with 1)" -v without="$(middle without 1)" -v big="$(middle with 3)" -v base="$(middle without 3)" \
  -v posts="$(find "$site" -type f \( -name '*.md' -o -name '*.markdown' \) | wc -l)" \
  'BEGIN { printf "median: duplicates %.2f s of the processor, %.2f kB a post\n", with - without, (big - base) / posts }'
