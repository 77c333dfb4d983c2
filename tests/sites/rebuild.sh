#!/bin/sh
# Builds the mini-sites of a generator with the generator itself and writes down where it puts each page: addresses.tsv of
# each site, with the ids of the headings in the pages. Usage: tests/sites/rebuild.sh GENERATOR
set -eu
here=$(cd "$(dirname "$0")" && pwd)
exec "$here/rebuild/$1.sh" "$here"
