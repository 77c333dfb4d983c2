#!/bin/sh
# Jekyll, as the packages of Debian have it: jekyll, ruby-jekyll-redirect-from, -feed, -sitemap, -relative-links, -archives.
# The clock of the machine is set to UTC, as that of most machines that build sites.
set -eu
made=$(mktemp -d)
trap 'rm -r "$made"' EXIT
for site in "$1"/jekyll "$1"/jekyll-*; do
    rm -rf "$made/source" "$made/site"
    cp -r "$site" "$made/source"
    echo "plugins_dir: $1/rebuild/jekyll" > "$made/more.yml"
    TZ=UTC ADDRESSES="$site/addresses.tsv" jekyll build --quiet --disable-disk-cache \
        --config "$made/source/_config.yml,$made/more.yml" --source "$made/source" --destination "$made/site"
done
