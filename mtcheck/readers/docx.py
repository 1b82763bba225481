"""Word documents: each paragraph is one line of the text, so line:column means paragraph:character.

A zip has no characters to point at, so the document's text stands in for the
file: paragraph n, counted as Word's own (empty ones and those in tables too),
is line n. Deleted text, field codes and text boxes are left out. Code by a
style's name can't be told and is read as prose.
"""

import zipfile
import zlib
from io import BytesIO
from xml.parsers import expat

from mtcheck.readers.assemble import STAND_IN
from mtcheck.readers.decode import Unreadable
from mtcheck.text import Document, Span

_BODY = "word/document.xml"
# The Bible in Word is 20 MB of XML; a bomb unpacks to gigabytes.
_MOST_BYTES = 100_000_000
_WAY_OUT = "open it in Word and save it anew, or save it as text"
_MAIN = "w:"
PICTURES = frozenset({"w:drawing", "w:pict", "w:object"})
LEFT_OUT = PICTURES | {"w:del", "w:moveFrom"}
CHARACTERS = {
    "w:tab": "\t",
    "w:br": " ",
    "w:cr": " ",
    "w:noBreakHyphen": "-",
    "w:sym": STAND_IN,
}
# A line break in the file's XML, and in what is shown, would begin a new line of the text.
_NO_BREAKS = str.maketrans({"\n": " ", "\r": " "})


def read(data: bytes, name: str) -> Document:
    """Return the document's paragraphs. Raises Unreadable for a broken, locked or swollen file."""
    paragraphs = _Body(name).read(_unpacked(data, name))
    blocks = []
    at = 0
    for p in paragraphs:
        if any(c.isalnum() for c in p):
            blocks.append(Span(at, at + len(p)))
        at += len(p) + 1
    return Document("\n".join(paragraphs), name, blocks=tuple(blocks))


def _unpacked(data: bytes, name: str) -> bytes:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            info = archive.getinfo(_BODY)
            if info.flag_bits & 1:
                raise Unreadable(f"{name}: is locked with a password; save it without one")
            with archive.open(info) as body:
                xml = body.read(_MOST_BYTES + 1)
    except KeyError:
        raise Unreadable(f"{name}: is a zip archive but no Word document; {_WAY_OUT}") from None
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,
        NotImplementedError,
    ):
        raise Unreadable(f"{name}: is no Word document, or a broken one; {_WAY_OUT}") from None
    if len(xml) > _MOST_BYTES:
        raise Unreadable(f"{name}: unpacks to more than {_MOST_BYTES:,} bytes; split it, or save it as text")
    return xml


class _Declared(Exception):
    """Stops the parser at a document type, which no Word document has."""


class _Body:
    """One pass over the main part of the document."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._paragraphs: list[str] = []
        # Text boxes lie inside paragraphs, so only the outermost counts.
        self._depth = 0
        self._left_out = 0
        self._in_text = False
        self._in_properties = 0
        self._parts: list[str] = []

    def read(self, xml: bytes) -> list[str]:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._declared
        is_all = True
        try:
            parser.Parse(xml, is_all)
        except (expat.ExpatError, _Declared, LookupError, ValueError):
            raise Unreadable(f"{self._name}: is a broken Word document; {_WAY_OUT}") from None
        return self._paragraphs

    def _declared(self, *_: object) -> None:
        raise _Declared

    def _start(self, tag: str, _attributes: dict[str, str]) -> None:
        if not tag.startswith(_MAIN):
            return
        if tag in LEFT_OUT:
            if tag in PICTURES and not self._left_out and self._depth:
                self._parts.append(STAND_IN)
            self._left_out += 1
        elif self._left_out:
            return
        elif tag == "w:p":
            self._depth += 1
        elif tag in ("w:pPr", "w:rPr"):
            self._in_properties += 1
        elif tag == "w:t":
            self._in_text = True
        elif tag in CHARACTERS and self._depth and not self._in_properties:
            self._parts.append(CHARACTERS[tag])

    def _end(self, tag: str) -> None:
        if tag in LEFT_OUT:
            self._left_out -= 1
        elif self._left_out:
            return
        elif tag == "w:t":
            self._in_text = False
        elif tag in ("w:pPr", "w:rPr"):
            self._in_properties -= 1
        elif tag == "w:p":
            self._depth -= 1
            if not self._depth:
                self._paragraphs.append("".join(self._parts))
                self._parts = []

    def _characters(self, data: str) -> None:
        if self._in_text and self._depth and not self._left_out:
            self._parts.append(data.translate(_NO_BREAKS))
