#!/bin/sh
# Hexo and the renderers of a new site from npm.
set -eu
here=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LANG=C.UTF-8
cd "$work"
echo '{"private": true, "hexo": {"version": ""}}' > package.json
npm install --no-audit --no-fund --loglevel=error \
    hexo@8.1.2 hexo-renderer-marked@7.0.1 hexo-renderer-ejs@2.0.0
cat > list.js <<'JS'
const Hexo = require('hexo');
const { url_for } = require('hexo-util');
const { join } = require('path');
const { writeFileSync } = require('fs');
(async () => {
  const hexo = new Hexo(process.argv[2], { silent: true });
  await hexo.init();
  await hexo.call('generate', { force: true });
  const lines = [];
  const page = (source, path) => {
    path = path.replace(/^\/+/, '');
    const file = path === '' || path.endsWith('/') ? path + 'index.html' : path;
    if (!source.endsWith('.md') || !hexo.route.get(file)) return;
    lines.push(['page', 'source/' + source, url_for.call(hexo, path), join(hexo.public_dir, file)]);
  };
  for (const item of [...hexo.locals.get('posts').toArray(), ...hexo.locals.get('pages').toArray()])
    page(item.source, item.path);
  // Files that are copied: skip_render, and folders of assets of posts.
  for (const item of hexo.model('Asset').toArray()) page(item._id.replace(/^source\//, ''), item.path);
  for (const item of hexo.model('PostAsset').toArray()) page(item._id.replace(/^source\//, ''), item.path);
  writeFileSync(process.argv[3], lines.map(l => l.join('\t') + '\n').join(''));
})();
JS
for name in hexo hexo-dated; do
    cp -R "$here/$name" "$work/$name"
    cp package.json "$name/"
    ln -s ../node_modules "$name/node_modules"
    layouts="$name/themes/plain/layout"
    mkdir -p "$layouts"
    for layout in index post page; do
        echo '<%- page.content %>' > "$layouts/$layout.ejs"
    done
    printf '\ntheme: plain\n' >> "$name/_config.yml"
    # Hexo works with the zone of the machine too: that of the site, as at home.
    zone=$(sed -n 's/^timezone: //p' "$name/_config.yml")
    TZ=${ZONE:-$zone} node list.js "$work/$name" "$work/$name.list"
    python3 "$here/rebuild/table.py" "$here/$name" "$work/$name.list"
done
