#!/usr/bin/env bash
# Prints the ids of the headings of a page as Hugo makes them, one a line: `hugo.sh HUGO github|github-ascii|blackfriday PAGE`.
set -euo pipefail
site=$(mktemp -d)
trap 'rm -rf "$site"' EXIT
mkdir -p "$site/content" "$site/layouts/_default"
printf 'baseURL = "https://example.com/"\n[markup.goldmark.parser]\nautoHeadingIDType = "%s"\n[markup.goldmark.renderer]\nunsafe = true\n' "$2" > "$site/config.toml"
cp "$3" "$site/content/page.md"
echo '{{ .Content }}' > "$site/layouts/_default/single.html"
"$1" --source "$site" --destination "$site/out" > /dev/null 2>&1
grep -oE '<h[1-6][^>]*>' "$site/out/page/index.html" | sed -E 's/^.* id="([^"]*)".*$/\1/; t; s/.*//'
