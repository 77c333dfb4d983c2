#!/bin/sh
# MkDocs and its Material theme, from PyPI.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" -q install mkdocs==1.6.1 mkdocs-material==9.7.6 mkdocs-redirects 2> "$work/log" || {
    cat "$work/log" >&2
    exit 1
}
cp -r "$here/../$1" "$work/site"
cd "$work/site"
cat > "$work/site/hook.py" <<'HOOK'
def on_page_content(html, page, config, files):
    if page.file.generated_by is not None:
        return html
    return f"<!-- source: {config.docs_dir}/{page.file.src_uri} | {page.abs_url} -->{html}<!-- end of source -->"
HOOK
"$work/python/bin/python" - <<'CONFIG'
import pathlib
path = pathlib.Path("mkdocs.yml")
path.write_text(path.read_text() + "\nhooks: [hook.py]\n")
CONFIG
"$work/python/bin/mkdocs" build -q -d "$work/out" > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
rm -rf "$work/out/assets"
base=$(sed -n 's,^site_url: https://[^/]*\(.*\),\1,p' mkdocs.yml)
echo "# As MkDocs 1.6 and Material 9.7 put them: rebuild.sh mkdocs $1"
find "$here/../$1" \( -name '*.md' -o -name '*.markdown' \) | sed "s,^$here/../$1,$work/site," | tr '\n' '\0' |
    xargs -0 python3 "$here/table.py" "$work/site" "$work/out" "${base%/}"
