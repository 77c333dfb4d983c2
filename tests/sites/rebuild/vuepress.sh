# The table of addresses of a VuePress site: VuePress tells the source of each page. See ../rebuild.sh.
. "$(dirname "$0")/node.sh"
npx vuepress build . >&2
exec node vuepress.mjs
