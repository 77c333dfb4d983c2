# The table of addresses of an Astro site: its pages carry their source in an attribute, or are known by their text. See
# ../rebuild.sh.
. "$(dirname "$0")/node.sh"
npx astro build >&2
exec node astro.mjs
