#!/bin/sh
# Hexo from npm, as rebuild/hexo/package.json names it. Where a post is depends on the clock of the machine; it is set to the
# time zone that the site names, or to UTC.
set -eu
made=$(mktemp -d)
trap 'rm -r "$made"' EXIT
cp "$1"/rebuild/hexo/* "$made"
(cd "$made" && npm install --silent --no-audit --no-fund)
for site in "$1"/hexo "$1"/hexo-*; do
    copy="$made/$(basename "$site")"
    cp -r "$site" "$copy"
    ln -s "$made/node_modules" "$copy/node_modules"
    zone=$(sed -n 's/^timezone: *//p' "$copy/_config.yml")
    (cd "$copy" && TZ="${zone:-UTC}" node "$made/addresses.cjs" > "$site/addresses.tsv")
done
