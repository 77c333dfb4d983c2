#!/bin/sh
# VuePress, which tells the source of each of its pages.
set -eu
. "$1/rebuild/node.sh"
table() {
    npx vuepress build . >&2
    node vuepress.mjs
}
build_sites "$1" vuepress
