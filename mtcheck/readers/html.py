"""HTML: what a visitor reads, block by block, with descriptions and titles as blocks of their own.

Block tags end a block, inline tags join what is round them, and runs of white
space become one, as a browser shows it. Inline code is one stand-in
character. An element that says it is in another language, or not to be
translated, is kept but hidden from detectors; the `lang` of the whole page is
not believed, because translated pages often keep that of their template.
"""

import re
from html.parser import HTMLParser

from mtcheck.readers import entities
from mtcheck.readers.assemble import STAND_IN, Assembler, decoded
from mtcheck.text import Document

BLOCKS = frozenset(
    (
        "address article aside blockquote body button caption center dd details dialog dir div dl dt "
        "fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html "
        "legend li main menu meta nav noscript ol optgroup option p pre script section select style "
        "summary table tbody td template textarea tfoot th thead title tr ul"
    ).split()
)
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
# Not shown, or not prose.
SKIPPED = frozenset(
    [
        "audio",
        "canvas",
        "datalist",
        "iframe",
        "math",
        "noscript",
        "object",
        "pre",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "video",
    ]
)
_CODE = frozenset(["code", "kbd", "samp", "tt", "var"])
_WHOLE_PAGE = frozenset({"html", "head", "body", "main"})
_SHOWN_ATTRIBUTES = frozenset({"alt", "title", "aria-label"})
_SHOWN_META = frozenset(
    [
        "description",
        "og:title",
        "og:description",
        "og:image:alt",
        "twitter:title",
        "twitter:description",
        "twitter:image:alt",
        "headline",
        "dc.title",
        "dc.description",
    ]
)
_ATTRIBUTE = re.compile(r"""([^\s/>="']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
# A mark that leads to a note: joined to the word before it, it would spoil the word.
_NOTE_MARK = re.compile(
    r"<sup\b[^<>]{0,300}>\s*(?:<a\b[^<>]{0,300}>\s*)?[\[(]?(?:\d{1,3}|[a-z]|[*†‡§]+)[\])]?\s*</", re.I
)
_SECTION = re.compile(r"<!\[(?:temp|cdata|ignore|include|rcdata|if|else|endif)(?![\w.-])", re.I)
_SPLITS = re.compile(rf"{entities.SOFT_HYPHEN}+|[ \t\r\n\f]{{2,}}|^[ \t\r\n\f]")


def read(text: str, name: str) -> Document:
    """Return the document that a visitor of the page reads."""
    into = Assembler(text, name)
    walker = Walker(into)
    walker.walk(0, len(text))
    walker.finish()
    return into.document()


class Walker(HTMLParser):
    """Walks HTML, whole or in pieces, and hands what is read to an assembler."""

    def __init__(self, into: Assembler) -> None:
        super().__init__(convert_charrefs=False)
        self._into = into
        self._from = 0
        self._to = 0
        self._line_starts: list[int] = [0]
        # The outermost element of each sort that is open: its tag and how many of that tag.
        self._skipping: list[str | int] = []
        self._hiding: list[str | int] = []
        self._code: list[str | int] = []
        self._code_start = 0

    def walk(self, start: int, end: int) -> None:
        """Read the stretch `start`..`end` of the file; elements may stay open for the next stretch."""
        self.reset()
        self._from, self._to = start, end
        piece = self._into.source[start:end]
        self._line_starts = [0, *(m.end() for m in re.finditer("\n", piece))]
        # The newline keeps an unfinished reference at the end from losing its first character.
        self.feed(piece + "\n")
        self.close()

    def finish(self) -> None:
        """Close what the file left open."""
        if self._code:
            self._end_code(self._to)

    @property
    def _at(self) -> int:
        line, column = self.getpos()
        return self._from + self._line_starts[line - 1] + column

    def handle_data(self, data: str) -> None:
        """Take text, with its white space as a browser shows it."""
        start = self._at
        end = min(start + len(data), self._to)
        source, into = self._into.source, self._into
        if into.muted:
            return
        at = start
        if source[start:end][:1] in tuple(" \t\r\n\f") and (not into.last or into.last in " \t\r\n\f"):
            at = min(_BLANKS.match(source, start).end(), end)  # type: ignore[union-attr]
        while at < end:
            m = _SPLITS.search(source, at, end)
            if m is None:
                into.copy(at, end)
                return
            into.copy(at, m.start())
            if source[m.start()] != entities.SOFT_HYPHEN:
                into.put("\n" if "\n" in m[0] and len(m[0]) == 1 else " ", m.start(), m.end())
            at = m.end()

    def handle_entityref(self, name: str) -> None:
        """Take a named reference."""
        entities.named(self._into, self._at, name)

    def handle_charref(self, name: str) -> None:
        """Take a numeric reference."""
        entities.numbered(self._into, self._at, name)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read `<p/>` as `<p>`, as browsers do, but let foreign and self-made elements close."""
        self.handle_starttag(tag, attrs)
        if tag in ("svg", "math", "script", "iframe") or tag not in BLOCKS | _CODE:
            self.handle_endtag(tag)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        into, start = self._into, self._at
        raw = self.get_starttag_text() or ""
        if self._hiding and self._hiding[0] == "p" and tag in BLOCKS:
            self._close_hiding()
        for open_ in (self._skipping, self._hiding, self._code):
            if open_ and open_[0] == tag and tag not in _VOID:
                open_[1] = int(open_[1]) + 1
        if tag in BLOCKS:
            if self._code:
                self._end_code(start)
            into.end_block()
        if self._skipping:
            return
        if attrs and not self._code:
            self._attributes(tag, dict(attrs), start, raw)
        if tag in SKIPPED or (tag == "sup" and _NOTE_MARK.match(into.source, start)):
            self._skipping = [tag, 1]
            into.muted += 1
        elif tag in _CODE and not self._code:
            self._code, self._code_start = [tag, 1], start
            into.muted += 1
        elif tag == "br":
            into.put("\n", start, start + len(raw))
            into.drop()
        elif tag in ("img", "input"):
            into.put(STAND_IN, start, start + 1 + len(tag))  # the rest of the tag may hold an aside

    def handle_endtag(self, tag: str) -> None:
        """Close an element, if it is open."""
        into = self._into
        for open_ in (self._skipping, self._hiding, self._code):
            if open_ and open_[0] == tag:
                open_[1] = int(open_[1]) - 1
        if self._skipping and self._skipping[1] == 0:
            self._skipping = []
            into.muted -= 1
            into.drop()
        if self._code and (self._code[1] == 0 or tag in BLOCKS):
            end = into.source.find(">", self._at, self._to) + 1
            self._end_code(end if self._code[1] == 0 and end else self._at)
        if self._hiding and self._hiding[1] == 0:
            self._close_hiding()
        if tag in BLOCKS:
            into.end_block()

    def handle_comment(self, data: str) -> None:
        """Leave comments out."""
        self._into.drop()

    def handle_pi(self, data: str) -> None:
        """Leave processing instructions out."""
        self._into.drop()

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002 (the parser calls it)
        """Read a section of no known kind as browsers do, as a comment; the parser would give up."""
        if _SECTION.match(self.rawdata, i):
            return super().parse_marked_section(i, report)
        return self.parse_bogus_comment(i, report)

    def unknown_decl(self, data: str) -> None:
        """Leave declarations and CDATA sections out, as HTML does."""
        self._into.drop()

    def _end_code(self, end: int) -> None:
        self._code = []
        self._into.muted -= 1
        self._into.put(STAND_IN, self._code_start, end)

    def _close_hiding(self) -> None:
        self._hiding = []
        self._into.hiding -= 1

    def _attributes(self, tag: str, attributes: dict[str, str | None], start: int, raw: str) -> None:
        into = self._into
        language = attributes.get("lang") or attributes.get("xml:lang") or "en"
        foreign = not language.lower().startswith("en")
        fixed = (
            attributes.get("translate") == "no" or "notranslate" in (attributes.get("class") or "").split()
        )
        if (foreign or fixed) and not self._hiding and tag not in _WHOLE_PAGE | _VOID:
            self._hiding = [tag, 1]
            into.hiding += 1
        shown = _SHOWN_ATTRIBUTES
        if tag == "meta":
            about = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
            shown = frozenset({"content"}) if about.lower() in _SHOWN_META else frozenset()
        if shown.isdisjoint(attributes):
            return
        for m in _ATTRIBUTE.finditer(raw, 1 + len(tag)):
            if m[1].lower() in shown and m.lastindex and m.lastindex > 1:
                value = m.span(m.lastindex)
                into.begin_aside()
                decoded(into, start + value[0], start + value[1], entities.REFERENCE, entities.of_attribute)
                into.end_aside()
