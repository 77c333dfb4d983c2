#!/bin/sh
# Hugo from Debian.
set -eu
here=$1
command -v hugo >/dev/null || {
    apt-get update
    apt-get install -y --no-install-recommends hugo
}
hugo version | cut -d ' ' -f 1,2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LANG=C.UTF-8 TZ=UTC
for name in hugo hugo-ugly hugo-languages; do
    cp -R "$here/$name" "$work/$name"
    site="$work/$name"
    mkdir -p "$site/layouts/_default"
    # Each page says from which source it is and where it lives.
    cat > "$site/layouts/_default/single.html" <<'HTML'
{{ with .File }}<meta name="source" content="{{ path.Join "content" .Path }}" data-address="{{ $.RelPermalink }}">{{ end }}
{{ .Content }}
HTML
    cp "$site/layouts/_default/single.html" "$site/layouts/_default/list.html"
    cp "$site/layouts/_default/single.html" "$site/layouts/index.html"
    hugo --quiet --source "$site" --destination "$work/$name.out"
    base=$(sed -n 's|^baseURL = "https://[^/]*\(.*\)/"|\1|p' "$site/hugo.toml")
    BASE=$base python3 - "$work/$name.out" > "$work/$name.list" <<'PY'
import html, os, re, sys

for folder, _, files in os.walk(sys.argv[1]):
    for name in files:
        path = os.path.join(folder, name)
        if "." in name and not name.endswith(".html"):
            continue
        text = open(path, encoding="utf-8").read()
        page = re.search('<meta name="source" content="(.*?)" data-address="(.*?)">', text)
        moved = re.search(r'http-equiv="?refresh"? content="0; ?url=https?://[^/]*(.*?)"', text)
        if page:
            print("page", *map(html.unescape, page.groups()), path, sep="\t")
        elif moved:
            # An index.html is named by its folder.
            at = "/" + os.path.relpath(path, sys.argv[1])
            at = os.environ["BASE"] + re.sub("/index.html$", "/", at)
            print("also", at, html.unescape(moved[1]), sep="\t")
PY
    python3 "$here/rebuild/table.py" "$here/$name" "$work/$name.list"
done
