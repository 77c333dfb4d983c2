#!/usr/bin/env bash
# Times runs that find a cache, in turn with another command: the whole site unchanged, the whole site after a line was added to
# one post, one post alone. The site is changed and put back.
#
#   benches/warm.sh SITE POST ['OTHER COMMAND'] [RUNS]
#
# POST is the path of a post, relative to SITE. Prints the median wall seconds of each.
set -euo pipefail
site=${1:?'usage: warm.sh SITE POST [OTHER COMMAND] [RUNS]'} post=$1/${2:?'which post is changed?'} other=${3:-} runs=${4:-9}
cd "$(dirname "$0")/.."
copydesk=${COPYDESK:-target/release/copydesk}
[ "$copydesk" != target/release/copydesk ] || cargo build --release --quiet
saved=$(mktemp)
cp -p "$post" "$saved"
trap 'cp -p "$saved" "$post"; rm -f "$saved"' EXIT

# Exit status 1: something was found.
once() { { /usr/bin/time -f '%e' sh -c "exec $1 >/dev/null 2>/dev/null" 2>&1 || [ $? -eq 1 ]; } | tail -n 1; }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
check="$copydesk check --root $site --format short --quiet"

warm=() changed=() one=() theirs=()
for ((i = 0; i <= runs; i++)); do
  w=$(once "$check")
  printf '\nAnother line, number %s.\n' "$i" >> "$post"
  c=$(once "$check")
  o=$(once "$check $post")
  t=
  [ -z "$other" ] || t=$(once "$other")
  [ "$i" -gt 0 ] || continue # the first round fills the caches
  warm+=("$w") changed+=("$c") one+=("$o") theirs+=("$t")
done
say() { printf '%-12s %s s\n' "$1" "$(printf '%s\n' "${@:2}" | median)"; }
say unchanged "${warm[@]}"
say 'one changed' "${changed[@]}"
say 'one post' "${one[@]}"
[ -z "$other" ] || say other "${theirs[@]}"
