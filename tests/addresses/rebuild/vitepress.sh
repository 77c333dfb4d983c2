#!/bin/sh
# VitePress from npm, and nothing else. A theme that shows the page alone keeps its headings apart from those of the theme.
set -eu
here=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private": true, "type": "module"}' > package.json
npm install --no-audit --no-fund --loglevel=error vitepress@1.6.4 vue@3
cp "$here"/rebuild/*.mjs .
for name in vitepress vitepress-clean; do
    cp -R "$here/$name" "$work/$name"
    mkdir "$name/.vitepress/theme"
    cat > "$name/.vitepress/theme/index.js" <<'JS'
import { h } from "vue";
import { Content } from "vitepress";
export default { Layout: () => h(Content) };
JS
    node vitepress.mjs "$work/$name" "$here/$name"
done
