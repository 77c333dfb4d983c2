#!/bin/sh
# Astro from npm, and nothing else.
set -eu
here=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ASTRO_TELEMETRY_DISABLED=1
cd "$work"
echo '{"private": true, "type": "module"}' > package.json
npm install --no-audit --no-fund --loglevel=error astro@5.18.2
cp "$here"/rebuild/*.mjs .
for name in astro; do
    cp -R "$here/$name" "$work/$name"
    node astro.mjs "$work/$name" "$here/$name"
done
