"""The table of a site out of what its generator has written: table.py SITE OUTPUT BASE SOURCES...

Each page says in a comment, `<!-- source: PATH | ADDRESS -->`, what it is made of and what links to it look like; where the
rest is the theme's, `<!-- end of source -->` follows. BASE is the folder of the host that the site is served in."""

import html
import pathlib
import re
import sys
import urllib.parse

site, output, base = sys.argv[1:4]
sources = sorted(pathlib.Path(path).relative_to(site).as_posix() for path in sys.argv[4:])
pages, redirects, made = {}, [], []
for path in sorted(pathlib.Path(output).rglob("*")):
    if not path.is_file():
        continue
    text = path.read_text(encoding="utf-8", errors="replace")
    address = f"{base}/{path.relative_to(output).as_posix()}"
    address = re.sub(r"(^|/)index\.html$", r"\1", address)
    if found := re.search(r"<!-- source: (.*?) \| (.*?) -->", text):
        source = html.unescape(found[1]).removeprefix(site).lstrip("/")
        own = text[found.end() :].split("<!-- end of source -->")[0]
        ids = re.findall(r"<h[1-6]\b[^>]*?\bid=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", own)
        anchors = " ".join(html.unescape("".join(id)) for id in ids)
        pages[source] = (urllib.parse.unquote(html.unescape(found[2])), anchors)
    elif found := re.search(r"http-equiv=\"?refresh\"?\s+content=\"0; ?url=(.*?)\"", text):
        target = urllib.parse.urlsplit(urllib.parse.urljoin(address, html.unescape(found[1])))
        is_own = target.netloc in ("", "harbour.example")
        redirects.append((urllib.parse.unquote(target.path) if is_own else None, address))
    elif path.suffix in (".html", ".xml"):
        made.append(address)
for source in sources:
    address, anchors = pages.get(source, ("-", ""))
    print(f"{source}\t{address}\t{anchors}".rstrip("\t"))
for source, (target, _) in sorted(pages.items()):
    for address in (address for to, address in redirects if to == target):
        print(f"# alias\t{source}\t{address}")
known = {address for address, _ in pages.values()}
for address in made + [address for target, address in redirects if target not in known]:
    print(f"# made\t{address}")
