"""Prints the ids of the headings of a page as Python-Markdown makes them, one a line: `python_markdown.py slugify|slugify_unicode PAGE`."""

import sys
from pathlib import Path

import markdown
from markdown.extensions import toc


def ids(tokens):
    for token in tokens:
        yield token["id"]
        yield from ids(token["children"])


slugify, page = sys.argv[1:]
# What MkDocs switches on by itself, and `attr_list`, without which nobody writes ids.
extensions = ["tables", "fenced_code", "attr_list", toc.TocExtension(slugify=getattr(toc, slugify))]
reader = markdown.Markdown(extensions=extensions)
reader.convert(Path(page).read_text(encoding="utf-8"))
print(*ids(reader.toc_tokens), sep="\n")
