#!/bin/sh
# Eleventy from npm, and nothing else.
set -eu
here=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --loglevel=error @11ty/eleventy@3.1.8
cp "$here"/rebuild/*.mjs .
for name in eleventy eleventy-ids; do
    cp -R "$here/$name" "$work/$name"
    (cd "$name" && node ../eleventy.mjs "$here/$name")
done
