"""Write the table of addresses of one site.

    table.py SITE LIST

LIST has what the generator said, one record a line, fields between tabs:

    page  SOURCE  ADDRESS  FILE   a source, its address and the file written
    also  ADDRESS TARGET          a redirect or alias to an address

An address that ends in index.html is given as that of its folder.  Headings
without an id are left out.  Sources of SITE that LIST does not name get `-`.
Comment lines at the top of the old table are kept, so notes about surprising
rows survive.
"""

import html.parser
import os
import re
import sys
import unicodedata
import urllib.parse


class Headings(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.ids = []

    def handle_starttag(self, tag, attributes):
        if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            value = dict(attributes).get("id")
            if value:
                self.ids.append(value)


def ids(path):
    if not path or not path.endswith((".html", ".htm")) and "." in os.path.basename(path):
        return []
    with open(path, encoding="utf-8") as file:
        text = file.read()
    parser = Headings()
    parser.feed(text)
    return parser.ids


def main(site, list_path):
    rows, also = {}, []
    with open(list_path, encoding="utf-8") as file:
        for line in file:
            fields = line.rstrip("\n").split("\t")
            if fields[0] == "page":
                _, source, address, written = fields
                address = re.sub("/index.html$", "/", urllib.parse.unquote(address))
                if source in rows:
                    sys.exit(f"two addresses for {source}")
                rows[source] = [address, " ".join(ids(written))]
            elif fields[0] == "also":
                also.append(tuple(map(urllib.parse.unquote, fields[1:])))
    sources = set()
    for folder, _, files in os.walk(site):
        for name in files:
            if name.endswith(".md"):
                path = os.path.relpath(os.path.join(folder, name), site)
                assert path == unicodedata.normalize("NFC", path), path
                sources.add(path)
    table = os.path.join(site, "addresses.tsv")
    notes = []
    if os.path.exists(table):
        with open(table, encoding="utf-8") as file:
            for line in file:
                if not line.startswith("#"):
                    break
                if not line.startswith("# also:"):
                    notes.append(line)
    with open(table, "w", encoding="utf-8") as out:
        out.writelines(notes)
        for address, target in sorted(also):
            out.write(f"# also: {address} -> {target}\n")
        for source in sorted(sources):
            address, found = rows.get(source, ["-", ""])
            out.write(f"{source}\t{address}\t{found}\n")
    strangers = sorted(set(rows) - sources)
    if strangers:
        print("not sources of the site:", *strangers, sep="\n  ", file=sys.stderr)


main(*sys.argv[1:])
