#!/usr/bin/env bash
# Times whole cold runs over a site, in turn with another command, so that both see the same machine.
#
#   benches/whole-run.sh SITE ['OTHER COMMAND'] [RUNS]
#
# Prints wall seconds and peak memory of each run, and the medians. Needs GNU time.
set -euo pipefail
site=${1:?'usage: whole-run.sh SITE [OTHER COMMAND] [RUNS]'} other=${2:-} runs=${3:-7}
cd "$(dirname "$0")/.."
cargo build --release --quiet
ours="target/release/copydesk check --root $site --no-cache --format short --quiet"

# Exit status 1: something was found.
once() { { /usr/bin/time -f '%e %M' sh -c "exec $1 >/dev/null 2>/dev/null" 2>&1 || [ $? -eq 1 ]; } | tail -n 1; }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

a=() b=()
for ((i = 0; i <= runs; i++)); do
  x=$(once "$ours")
  y=
  [ -z "$other" ] || y=$(once "$other")
  [ "$i" -gt 0 ] || continue # the first round warms the file cache
  a+=("$x") b+=("$y")
  printf 'copydesk %s s %s kB%s\n' $x "${y:+   other ${y% *} s ${y#* } kB}"
done
printf 'median: copydesk %s s' "$(printf '%s\n' "${a[@]}" | median)"
[ -z "$other" ] || printf ', other %s s' "$(printf '%s\n' "${b[@]}" | median)"
printf '\n'
