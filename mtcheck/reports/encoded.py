"""JSON, XML and HTML that any terminal and any parser can take.

Control characters, marks that turn the direction of writing and lone
surrogates never leave raw. What the stream's encoding lacks is escaped.
"""

import json
import re
from typing import Any, TextIO

from mtcheck.reports.excerpt import shown

_KEPT = "\t\n"
_NEWLINE = re.compile("\r\n?")
# Not allowed in XML 1.0, though no control characters.
_NONCHARACTERS = re.compile("[\ufffe\uffff]")


def as_json(value: Any, stream: TextIO, *, indent: int | None = None) -> str:
    r"""The value as JSON; what a terminal would obey stands as an escape, and reads back the same.

    >>> import io
    >>> as_json({"name": "é\x9b\u202e"}, io.StringIO())
    '{"name": "é\\u009b\\u202e"}'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    if not _fits(text, stream):
        return json.dumps(value, allow_nan=False, indent=indent)
    # Outside strings JSON has line breaks and ASCII alone, so whatever else is found may be escaped.
    return "".join(c if c == "\n" or shown(c) == c else json.dumps(c)[1:-1] for c in text)


def legal(text: str) -> str:
    r"""The text with signs for what XML forbids and a terminal would obey.

    Its lines are kept, with the line ending that parsers make of all others.

    >>> legal("a\x00b\x1b\r\n\uffff")
    'a␀b␛\n<U+FFFF>'
    """
    kept = "".join(c if c in _KEPT else shown(c) for c in _NEWLINE.sub("\n", text))
    return _NONCHARACTERS.sub(lambda m: f"<U+{ord(m[0]):04X}>", kept)


def as_markup(document: str, stream: TextIO) -> str:
    """Finished XML or HTML, which calls itself UTF-8, as the stream can take it."""
    if _fits(document, stream, only_utf8=True):
        return document
    return document.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _fits(text: str, stream: TextIO, *, only_utf8: bool = False) -> bool:
    encoding = stream.encoding or "utf-8"
    if only_utf8 and encoding.lower().replace("_", "-") not in {"utf-8", "utf8"}:
        return False
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
