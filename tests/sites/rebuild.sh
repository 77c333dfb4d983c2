#!/bin/sh
# Prints what a generator itself makes of a mini-site, for addresses.tsv in its folder: rebuild.sh GENERATOR [SITE]
exec "$(dirname "$0")/rebuild/$1.sh" "${2:-$1}"
