#!/usr/bin/env bash
# Times how links are read and resolved over a site, in turn with lychee on the same files.
#
#   LYCHEE=COMMAND benches/links.sh SITE [ROUNDS]
#
# What links cost is a whole run with only the lints on links less one that looks at front matter alone: both find, read and
# parse the posts. Seconds are of the clock; memory is the peak. Needs GNU time. COPYDESK=COMMAND times that program in place of
# a fresh build.
set -euo pipefail
site=${1:?'usage: links.sh SITE [ROUNDS]'} rounds=${2:-5}
site=$(cd "$site" && pwd)
cd "$(dirname "$0")/.."
[ -n "${COPYDESK:-}" ] || cargo build --release --quiet
copydesk=${COPYDESK:-target/release/copydesk}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Seconds of the clock, seconds of the processor, peak memory in kB.
once() {
  local status=0
  /usr/bin/time -f '%e %U %S %M' -o "$work/time" "$@" >"$work/stdout" 2>"$work/stderr" || status=$?
  # 1 and 2: something was found.
  [ "$status" -le 2 ] || { cat "$work/stderr" >&2; exit "$status"; }
  tail -n 1 "$work/time" | awk '{ printf "%.2f %.2f %d\n", $1, $2 + $3, $4 }'
}
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

check() { once "$copydesk" check --root "$site" --no-cache --format short --quiet --no-progress "$@"; }
with() { check --only links; }
without() { check --only front-matter-missing; }
lychee() { once "$LYCHEE" --offline --no-progress "$site"; }

programs=(with without)
[ -z "${LYCHEE:-}" ] || programs+=(lychee)
printf '%-12s %10s %10s %10s\n' program wall-s cpu-s peak-kB
for ((round = 0; round <= rounds; round++)); do
  for program in "${programs[@]}"; do
    line=$($program)
    [ "$round" -gt 0 ] || continue # the first round warms the file cache
    printf '%-12s %10s %10s %10s\n' "$program" $line
    echo "$line" >>"$work/$program"
  done
done
printf 'median:'
for program in "${programs[@]}"; do printf ' %s %s s' "$program" "$(median <"$work/$program")"; done
printf '\n'
