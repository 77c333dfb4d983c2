# frozen_string_literal: true

# Writes down where Jekyll puts each source, after it has written all of them.

Jekyll::Hooks.register :site, :post_write do |site|
  base = site.baseurl.to_s.gsub(%r!\A/|/\z!, "")
  base = "/#{base}" unless base.empty?
  written = (site.docs_to_write + site.pages).to_h { |page| [page.path.sub("#{site.source}/", ""), page] }
  sources = Dir.chdir(site.source) { Dir.glob("**/*.{md,markdown,html}", File::FNM_DOTMATCH) }
  rows = sources.sort.filter_map do |source|
    next if source.match?(%r!(^|/)_(layouts|includes|site)/!) || !Jekyll::Utils.has_yaml_header?(File.join(site.source, source))

    page = written[source]
    next "#{source}\t-\t" unless page

    html = File.read(page.destination(site.dest))
    anchors = html.scan(%r!<h[1-6][^>]*\sid="([^"]*)"!).flatten
    "#{source}\t#{base}#{Jekyll::URL.unescape_path(page.url)}\t#{anchors.join(" ")}"
  end
  aliases = written.flat_map do |source, page|
    site.pages.grep(JekyllRedirectFrom::RedirectPage)
        .select { |other| other.redirect_to == "#{site.config["url"]}#{base}#{page.url}" }
        .map { |other| "# alias\t#{source}\t#{base}#{Jekyll::URL.unescape_path(other.url)}" }
  end
  head = "# source, address, anchors: by Jekyll #{Jekyll::VERSION}"
  File.write(ENV.fetch("ADDRESSES"), [head, *rows, *aliases.sort].join("\n") + "\n")
end
