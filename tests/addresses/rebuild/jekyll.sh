#!/bin/sh
# Jekyll and its plugins from Debian.
set -eu
here=$1
command -v jekyll >/dev/null && [ -e /usr/share/doc/ruby-jekyll-redirect-from ] || {
    apt-get update
    apt-get install -y --no-install-recommends jekyll ruby-jekyll-redirect-from
}
jekyll --version
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LANG=C.UTF-8 TZ=UTC
for name in jekyll jekyll-pretty; do
    cp -R "$here/$name" "$work/$name"
    rm -f "$work/$name/addresses.tsv"
    mkdir -p "$work/$name/_plugins"
    cat > "$work/$name/_plugins/addresses.rb" <<'RUBY'
Jekyll::Hooks.register :site, :post_write do |site|
  base = site.config["baseurl"].to_s
  File.open(ENV["LIST"], "w") do |out|
    items = site.pages + site.documents + site.static_files
    items.each do |item|
      next if item.respond_to?(:write?) && !item.write?
      written = item.destination(site.dest)
      if item.class.name == "JekyllRedirectFrom::RedirectPage"
        to = item.data["redirect"]["to"].delete_prefix(site.config["url"])
        out.puts "also\t#{base}#{item.url}\t#{to}"
      elsif File.exist?(written)
        source = item.relative_path.sub(%r{\A/}, "")
        out.puts "page\t#{source}\t#{base}#{item.url}\t#{written}" if source.end_with?(".md")
      end
    end
  end
end
RUBY
    LIST="$work/$name.list" jekyll build --quiet --disable-disk-cache \
        --source "$work/$name" --destination "$work/$name.out"
    python3 "$here/rebuild/table.py" "$here/$name" "$work/$name.list"
done
