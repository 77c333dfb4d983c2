# Prints the ids of the headings of a page as kramdown makes them, one a line: `ruby kramdown.rb GFM|kramdown PAGE`.
require 'kramdown'
require 'kramdown-parser-gfm'

input, page = ARGV
# What Jekyll passes to kramdown (lib/jekyll/configuration.rb); of these only `input` decides about ids.
options = { input: input, auto_ids: true, entity_output: 'as_char', smart_quotes: 'lsquo,rsquo,ldquo,rdquo', hard_wrap: false }
html = Kramdown::Document.new(File.read(page, encoding: 'UTF-8'), options).to_html
html.scan(/<h[1-6]([^>]*)>/) do |(attributes)|
  id = attributes[/ id="([^"]*)"/, 1].to_s
  puts id.gsub("&lt;", "<").gsub("&gt;", ">").gsub("&amp;", "&")
end
