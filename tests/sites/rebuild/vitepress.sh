# The table of addresses of a VitePress site: VitePress tells its pages and rewrites. See ../rebuild.sh.
. "$(dirname "$0")/node.sh"
npx vitepress build >&2
exec node vitepress.mjs
