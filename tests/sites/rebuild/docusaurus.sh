#!/bin/sh
# Docusaurus, whose metadata tell the address of each source, of one language at a time.
set -eu
. "$1/rebuild/node.sh"
table() {
    locales=$(node docusaurus.mjs)
    for locale in $locales; do
        rm -rf .docusaurus node_modules/.cache
        npx docusaurus build --locale "$locale" --out-dir "out-$locale" >&2
        cp -R .docusaurus "metadata-$locale"
    done
    node docusaurus.mjs $locales
}
build_sites "$1" docusaurus
