#!/bin/sh
# Builds the mini-sites of a generator with the generator itself and tells where it puts each page, with the ids of the headings
# in the pages. Usage: tests/sites/rebuild.sh GENERATOR [SITE]
#
# For Hugo, MkDocs and Zola the table of one site is printed; for the others all their tables are written.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
case $1 in
hugo | mkdocs | zola) exec "$here/rebuild/$1.sh" "${2:-$1}" ;;
*) exec "$here/rebuild/$1.sh" "$here" ;;
esac
