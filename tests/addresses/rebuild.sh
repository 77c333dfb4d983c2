#!/bin/sh
# Build the sites of a generator with the generator itself and write the
# tables of addresses beside them: tests/addresses/rebuild.sh jekyll
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
script="$here/rebuild/${1:-none}.sh"
if [ ! -f "$script" ]; then
    echo "usage: $0 GENERATOR, one of:" "$(cd "$here/rebuild" && ls *.sh | sed 's/\.sh$//' | tr '\n' ' ')" >&2
    exit 2
fi
exec sh "$script" "$here"
