# The table of addresses of an Eleventy site: Eleventy tells which source it makes which address of. See ../rebuild.sh.
. "$(dirname "$0")/node.sh"
npx eleventy --to=json > output.json
# The prefix stands in the configuration alone: addresses get it by a filter, on the way into a link.
prefix=$(sed -n 's/.*pathPrefix: "\(.*\)\/".*/\1/p' .eleventy.js eleventy.config.* 2> /dev/null || true)
exec node eleventy.mjs "$prefix"
