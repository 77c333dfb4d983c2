# For the generators in Node.js: a copy of the site in $work, with its packages installed. To be read by the scripts beside it.
set -eu
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$1/." "$work"
(cd "$work" && npm install --no-audit --no-fund --silent) >&2
# Modules are found from where a script is.
cp "$here"/*.mjs "$work"
cd "$work"
