# For the generators in Node.js: builds a copy of each mini-site of one with its packages installed. To be read by the scripts
# beside it, which say in `table` how the copy is built and the table printed.

# build_sites FOLDER GENERATOR
build_sites() {
    made=$(mktemp -d)
    trap 'rm -rf "$made"' EXIT
    for site in "$1/$2" "$1/$2"-*; do
        [ -d "$site" ] || continue
        rm -rf "$made/site"
        cp -R "$site" "$made/site"
        # Modules are found from where a script is.
        cp "$1"/rebuild/*.mjs "$made/site"
        (cd "$made/site" && npm install --no-audit --no-fund --silent >&2 && table > "$made/table")
        mv "$made/table" "$site/addresses.tsv"
    done
}
