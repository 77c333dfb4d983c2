# frozen_string_literal: true

# Writes down where Jekyll puts each source, after it has written all of them.

Jekyll::Hooks.register :site, :post_write do |site|
  base = site.baseurl.to_s.gsub(%r!\A/|/\z!, "")
  base = "/#{base}" unless base.empty?
  written = (site.docs_to_write + site.pages).reverse.to_h { |page| [page.path.sub("#{site.source}/", ""), page] }
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
  # What has no file of its own, and the later pages of a list.
  made = site.pages.reject { |page| page.is_a?(JekyllRedirectFrom::RedirectPage) || File.file?(site.in_source_dir(page.path)) }
  made |= site.pages.select(&:pager).reject { |page| page.pager.page == 1 } if site.config["paginate"]
  made = made.map { |page| "# made\t#{base}#{Jekyll::URL.unescape_path(page.url)}" }
  head = "# source, address, anchors: by Jekyll #{Jekyll::VERSION}"
  File.write(ENV.fetch("ADDRESSES"), [head, *rows, *aliases.sort, *made.sort].join("\n") + "\n")
end
