#!/bin/sh
# Prints the table of addresses of a mini-site, as its real generator makes them: tests/sites/rebuild.sh docusaurus-versions
set -eu
here=$(cd "$(dirname "$0")" && pwd)
exec sh "$here/rebuild/${1%%-*}.sh" "$here/$1"
