#!/bin/sh
# Astro, whose pages are known by their text.
set -eu
. "$1/rebuild/node.sh"
table() {
    npx astro build >&2
    node astro.mjs
}
build_sites "$1" astro
