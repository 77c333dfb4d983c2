#!/bin/sh
# Docusaurus with its classic preset from npm, and nothing else.
set -eu
here=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export NO_UPDATE_NOTIFIER=1 DOCUSAURUS_TELEMETRY_DISABLED=1
cd "$work"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --loglevel=error \
    @docusaurus/core@3.10.2 @docusaurus/preset-classic@3.10.2 react@19 react-dom@19
cp "$here"/rebuild/*.mjs .
for name in docusaurus docusaurus-root; do
    cp -R "$here/$name" "$work/$name"
    rm -rf node_modules/.cache # what is in it is of one site
    (cd "$name" && ../node_modules/.bin/docusaurus build)
    node docusaurus.mjs "$work/$name" "$here/$name"
done
