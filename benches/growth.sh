#!/usr/bin/env bash
# How the search for duplicates grows with the number of posts, on sites made up for it: posts that are all the same, posts
# above one long footer, and posts that have nothing in common.
#
#   benches/growth.sh [identical|footer|different]...
#
# Prints the seconds of the processor for 2,500 to 20,000 posts: they must double with each.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -n "${COPYDESK:-}" ] || cargo build --release --quiet
copydesk=${COPYDESK:-target/release/copydesk}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ $# -gt 0 ] || set -- identical footer different

once() {
  local status=0
  /usr/bin/time -f '%U %S %M' -o "$work/time" "$copydesk" check --root "$1" --only "$2" --no-cache --format short --quiet --no-progress \
    >/dev/null 2>"$work/stderr" || status=$?
  [ "$status" -le 1 ] || { cat "$work/stderr" >&2; exit "$status"; }
  tail -n 1 "$work/time" | awk '{ printf "%.2f %d", $1 + $2, $3 }'
}

printf '%-10s %6s %9s %9s %9s %12s\n' site posts with-s without-s search-s kB-a-post
for what in "$@"; do
  for posts in 2500 5000 10000 20000; do
    site=$work/$what-$posts
    cargo bench --quiet --bench duplicates -- write "$what" "$posts" "$site"
    once "$site" front-matter-missing >/dev/null
    with=$(once "$site" duplicates) without=$(once "$site" front-matter-missing)
    printf '%s %s %s %s %s %s\n' "$what" "$posts" $with $without |
      awk '{ printf "%-10s %6d %9.2f %9.2f %9.2f %12.2f\n", $1, $2, $3, $5, $3 - $5, ($4 - $6) / $2 }'
    rm -rf "$site"
  done
done
