#!/bin/sh
# MkDocs from PyPI.
set -eu
here=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LANG=C.UTF-8 TZ=UTC
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check mkdocs==1.6.1
cat > "$work/addresses.py" <<'PY'
import os
from urllib.parse import urlsplit

lines = []


def on_post_page(output, page, config):
    base = urlsplit(config.site_url or "").path.rstrip("/")
    # page.abs_url is the address from the root of the host.
    address = page.abs_url if page.abs_url is not None else "/" + page.url
    assert address.startswith(base + "/")
    source = "docs/" + page.file.src_uri
    lines.append(("page", source, address, page.file.abs_dest_path))


def on_post_build(config):
    with open(os.environ["LIST"], "w", encoding="utf-8") as out:
        for line in lines:
            print(*line, sep="\t", file=out)
PY
for name in mkdocs mkdocs-files; do
    cp -R "$here/$name" "$work/$name"
    mkdir -p "$work/$name/plain"
    echo '{{ page.content }}' > "$work/$name/plain/main.html"
    printf '\ntheme:\n  name: null\n  custom_dir: plain\nplugins: []\nhooks:\n  - ../addresses.py\n' >> "$work/$name/mkdocs.yml"
    LIST="$work/$name.list" "$work/venv/bin/mkdocs" build --quiet \
        --config-file "$work/$name/mkdocs.yml" --site-dir "$work/$name.out"
    python3 "$here/rebuild/table.py" "$here/$name" "$work/$name.list"
done
