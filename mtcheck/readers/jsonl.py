"""JSON Lines: one JSON value a line; its strings under keys of prose."""

import re
from collections.abc import Collection

from mtcheck.readers.assemble import Assembler
from mtcheck.readers.fields import TEXT_KEYS
from mtcheck.readers.json import Scanner
from mtcheck.text import Document

_LINE = re.compile(r"[^\r\n]+")


def read(text: str, name: str, keys: Collection[str] = TEXT_KEYS) -> Document:
    """Return the values under `keys` of every line. Raises Unreadable for a line that is no JSON."""
    into = Assembler(text, name)
    scanner = Scanner(into, keys)
    for m in _LINE.finditer(text):
        if m[0].strip():
            scanner.scan(*m.span())
    if text.strip():
        scanner.finish()
    return into.document()
