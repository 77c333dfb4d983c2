#!/bin/sh
# VitePress, which tells its pages and what it rewrites them to.
set -eu
. "$1/rebuild/node.sh"
table() {
    npx vitepress build >&2
    node vitepress.mjs
}
build_sites "$1" vitepress
