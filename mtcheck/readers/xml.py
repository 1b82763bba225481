"""XML of newsrooms: RSS, Atom, WordPress exports, NewsML-G2 and NITF.

The text of the elements that hold prose is read, wherever they stand; in feeds
it is HTML, escaped or in CDATA. Elements inside them that are blocks in HTML
begin a paragraph, others are part of the sentence. Files that declare entities
are refused: a few lines of them can grow to gigabytes.
"""

from collections.abc import Collection
from html.entities import html5
from xml.parsers import expat

from mtcheck.readers import html
from mtcheck.readers.assemble import Assembler
from mtcheck.readers.characters import CharacterOffsets
from mtcheck.readers.decode import Unreadable
from mtcheck.readers.fields import no_text, take
from mtcheck.text import Document

# Names without their namespace; dc:description and media:title are read, too.
TEXT_ELEMENTS = frozenset(
    (
        "title subtitle headline description summary encoded content tagline caption abstract hl1 hl2 "
        "hedline standfirst lead p body body.content body.head text"
    ).split()
)
# Of one feed or page, but no prose: who wrote it and from where, and what is not shown.
_SKIPPED = html.SKIPPED | frozenset(
    "byline byttl dateline distributor media-producer media-reference credit name uri".split()
)
_BLOCKS = html.BLOCKS | TEXT_ELEMENTS


class _Refused(Exception):
    """Stops the parser; its text says why."""


def read(text: str, name: str, elements: Collection[str] = TEXT_ELEMENTS) -> Document:
    """Return the text of `elements`. Raises Unreadable for broken XML and for declared entities."""
    into = Assembler(text, name)
    if not text.strip():
        return into.document()
    reading = _Reading(into, frozenset(e.lower() for e in elements))
    try:
        reading.run()
    except expat.ExpatError as error:
        line, column = Document("", name, text).line_col(reading.offsets.of(reading.parser.ErrorByteIndex))
        raise Unreadable(
            f"{name}: not XML at line {line}, column {column} ({expat.ErrorString(error.code)}); "
            "mend it, or save the article as text"
        ) from None
    except _Refused as refused:
        raise Unreadable(f"{name}: {refused}") from None
    if not reading.found:
        raise Unreadable(no_text(name, "elements"))
    return into.document()


class _Reading:
    """One pass over the parser's events; the parser keeps the depth, so it costs no stack."""

    def __init__(self, into: Assembler, elements: frozenset[str]) -> None:
        self.into = into
        self.elements = elements
        self.offsets = CharacterOffsets(into.source)
        self.value = Assembler(into.source, into.name)
        self.depth = 0
        # The depth of the outermost element that is read, and of the one that is left out.
        self.reading = 0
        self.skipping = 0
        self.in_cdata = False
        self.found = False

    def run(self) -> None:
        parser = expat.ParserCreate("utf-8")
        self.parser = parser
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.StartCdataSectionHandler = lambda: self.cdata(is_open=True)
        parser.EndCdataSectionHandler = lambda: self.cdata(is_open=False)
        parser.EntityDeclHandler = self.declared
        parser.SkippedEntityHandler = self.named
        # Feeds use HTML's names without declaring them.
        parser.UseForeignDTD()
        is_all = True
        parser.Parse(self.into.source.encode(), is_all)

    @property
    def at(self) -> int:
        return self.offsets.of(self.parser.CurrentByteIndex)

    def declared(self, *_: object) -> None:
        raise _Refused("declares entities, which are not expanded; save it without its DOCTYPE")

    def cdata(self, *, is_open: bool) -> None:
        self.in_cdata = is_open

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self.depth += 1
        local = tag.rpartition(":")[2].lower()
        if self.skipping:
            return
        if local in _SKIPPED and self.reading:
            self.flush()
            self.skipping = self.depth
        elif not self.reading:
            if local in self.elements:
                self.reading = self.depth
                self.found = True
        elif local in _BLOCKS:
            self.flush()
        elif local == "br":
            self.value.drop()

    def end(self, tag: str) -> None:
        local = tag.rpartition(":")[2].lower()
        if self.skipping == self.depth:
            self.skipping = 0
        elif self.reading and (self.reading == self.depth or local in _BLOCKS):
            self.flush()
        if self.reading == self.depth:
            self.reading = 0
        self.depth -= 1

    def flush(self) -> None:
        """Take what was read so far as a block."""
        value = self.value.document()
        self.value = Assembler(self.into.source, self.into.name)
        if value.text:
            take(self.into, value, always_markup=True)

    def characters(self, data: str) -> None:
        if not self.reading or self.skipping:
            return
        source, start = self.into.source, self.at
        if source.startswith("&", start) and not self.in_cdata:
            self.value.put(data, start, source.index(";", start) + 1)
        elif data == "\n" and source.startswith("\r", start):
            self.value.put(data, start, start + (2 if source.startswith("\r\n", start) else 1))
        else:
            self.value.copy(start, start + len(data))

    def named(self, name: str, is_parameter: int) -> None:
        """A reference that the file doesn't declare: one of HTML, or left as it stands."""
        if is_parameter or not self.reading or self.skipping:
            return
        start = self.at
        end = start + len(f"&{name};")
        known = html5.get(f"{name};")
        if known is None:
            self.value.copy(start, end)
        else:
            self.value.put(known, start, end)
