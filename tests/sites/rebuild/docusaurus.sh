# The table of addresses of a Docusaurus site: its metadata tell source and address, of one language at a time. See ../rebuild.sh.
. "$(dirname "$0")/node.sh"
locales=$(node docusaurus.mjs)
for locale in $locales; do
  rm -rf .docusaurus node_modules/.cache
  npx docusaurus build --locale "$locale" --out-dir "out-$locale" >&2
  cp -R .docusaurus "metadata-$locale"
done
exec node docusaurus.mjs $locales
