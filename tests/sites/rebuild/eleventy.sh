#!/bin/sh
# Eleventy, which tells the address that it makes of each source.
set -eu
. "$1/rebuild/node.sh"
table() {
    npx eleventy --to=json > output.json
    # The prefix stands in the configuration alone: addresses get it by a filter, on the way into a link.
    prefix=$(sed -n 's/.*pathPrefix: "\(.*\)\/".*/\1/p' .eleventy.js eleventy.config.* 2> /dev/null || true)
    node eleventy.mjs "$prefix"
}
build_sites "$1" eleventy
