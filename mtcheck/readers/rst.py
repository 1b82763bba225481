"""reStructuredText: paragraphs, titles, list items and notes; what is markup or code is left out.

Read line by line, with the file's own characters. Tables are left out: their
cells run side by side, and half a sentence is worse than none. Of directives,
those that print their body are read (note, figure ...); all others are left
out whole, because their body may be code.
"""

import re

from mtcheck.readers.assemble import Assembler
from mtcheck.readers.fields import TEXT_KEYS, normalized
from mtcheck.readers.lines import Line, Paragraph, lines
from mtcheck.text import Document

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1{2,}$")
_TABLE = re.compile(r"=+(?:[ \t]+=+)+$|\+[-=+]*\+$")
_DIRECTIVE = re.compile(r"\.\.[ \t]+(?P<name>[A-Za-z][\w:.+-]*?)::(?:[ \t]+(?P<rest>.*)|$)")
_FOOTNOTE = re.compile(r"\.\.[ \t]+\[[^\]]+\][ \t]+")
_FIELD = re.compile(r":(?P<name>(?![\s:])(?:[^:\\]|\\.|:(?![\s`])){1,100}):(?:[ \t]+|$)(?!`)")
_ITEM = re.compile(r"(?:[-*+•‣⁃]|\(?(?:\d{1,4}|#|[A-Za-z]|[ivxlcIVXLC]{1,6})[.)])[ \t]+(?=\S)")
_LINE_BLOCK = re.compile(r"\|(?:[ \t]+|$)")
_ADMONITIONS = frozenset("note warning tip important attention caution danger error hint seealso".split())
# Their argument is a title or the first words of the text.
_TITLED = _ADMONITIONS | frozenset("admonition topic sidebar rubric epigraph pull-quote highlights".split())
_BODIED = _TITLED | frozenset("figure compound container only centered".split())
_ALTERNATIVES = frozenset({"alt", "caption", "description"})

_BEFORE = r"""(?<![\w\\*`|])"""
_AFTER = r"""(?!\w)"""
_PROSE_ROLES = "emphasis|strong|title|title-reference|t|sub|sup|subscript|superscript|term|dfn|abbr|guilabel"
_MARKUP = re.compile(
    r"\\(?P<e0>\s|\S)"
    rf"|{_BEFORE}``(?=\S)(?P<c0>.{{1,500}}?)``{_AFTER}"
    # A role that shows its text; with an explicit title any role does.
    rf"|{_BEFORE}:(?:{_PROSE_ROLES}):`(?P<s0>[^`<]{{1,500}}?)(?:\s*<[^`<>]{{1,500}}>)?`{_AFTER}"
    rf"|{_BEFORE}:[\w.+:-]{{1,60}}:`(?P<s1>[^`<]{{1,500}}?)\s+<[^`<>]{{1,500}}>`{_AFTER}"
    rf"|{_BEFORE}(?P<c1>:[\w.+:-]{{1,60}}:`[^`]{{1,500}}`){_AFTER}"
    rf"|{_BEFORE}_?`(?=\S)(?P<s2>[^`<]{{1,500}}?)(?:\s*<[^`<>]{{1,500}}>)?`_{{0,2}}{_AFTER}"
    rf"|{_BEFORE}\*\*(?=\S)(?P<s3>.{{1,500}}?)(?<=\S)\*\*{_AFTER}"
    rf"|{_BEFORE}\*(?=[^\s*])(?P<s4>[^*]{{1,500}}?)(?<=\S)\*{_AFTER}"
    rf"|{_BEFORE}(?P<c2>\|(?=\S)[^|\n]{{1,100}}?(?<=\S)\|)_{{0,2}}{_AFTER}"
    rf"|[ \t]?\[(?:\d+|[*#][\w-]*|[A-Za-z][\w.-]*)\]_{_AFTER}"
    rf"|{_BEFORE}(?P<s5>[^\W_](?:[^\W_]|[-.+](?=[^\W_])){{0,80}})__?(?![\w])",
    re.S,
)


def read(text: str, name: str) -> Document:
    """Return the document that a reader of the rendered page sees."""
    into = Assembler(text, name)
    reading = _Reading(into)
    for line in lines(text):
        reading.line(line)
    reading.paragraph.end()
    return into.document()


def _decoded(character: str) -> str:
    return "" if character.isspace() else character


class _Reading:
    """One pass over the lines."""

    def __init__(self, into: Assembler) -> None:
        self.paragraph = Paragraph(into, _MARKUP, _decoded)
        # The column of the text of the open paragraph, and that of its list mark (-1: no item).
        self.column = 0
        self.mark = -1
        # Lines deeper than this are left out (-1: none are).
        self.left_out = -1
        self.literal_follows = False
        self.in_table = False
        self.in_doctest = False
        # The column of the directive whose options may follow (-1: none may).
        self.options = -1

    def line(self, line: Line) -> None:
        if not line.text:
            self.blank()
            return
        if self.left_out >= 0:
            if line.indent > self.left_out:
                return
            self.left_out = -1
        bare = line.text[line.indent :]
        if self.in_table or self.in_doctest:
            return
        if self.literal_follows and not self.paragraph:
            self.literal_follows = False
            if line.indent > self.column:
                self.left_out = self.column
                return
        if self.options >= 0 and self.option(line, bare):
            return
        if not self.paragraph and self.opens(line, bare):
            return
        if _ADORNMENT.match(bare):
            self.end()
            return
        self.text(line, bare)

    def blank(self) -> None:
        self.end()
        self.in_table = self.in_doctest = False
        self.options = -1

    def end(self) -> None:
        self.paragraph.end()
        self.mark = -1

    def option(self, line: Line, bare: str) -> bool:
        """An option of a directive; its value is prose where it describes a picture."""
        m = _FIELD.match(bare) if line.indent > self.options else None
        if m is None:
            self.options = -1
            return False
        if m["name"] in _ALTERNATIVES:
            self.end()
            self.column = line.indent + 1
            self.paragraph.add(line.start + line.indent + m.end(), line.end)
            self.end()
        return True

    def opens(self, line: Line, bare: str) -> bool:
        """What may only stand at the beginning of a paragraph and is no prose itself."""
        if _TABLE.match(bare):
            self.in_table = True
        elif bare.startswith(">>> "):
            self.in_doctest = True
        elif bare == "::":
            self.column = line.indent
            self.literal_follows = True
        elif bare.startswith("__ "):
            pass
        elif bare == ".." or bare.startswith((".. ", "..\t")):
            self.explicit(line, bare)
        elif (m := _FIELD.match(bare)) is not None:
            if normalized(m["name"]) in TEXT_KEYS:
                self.begin(line, m.end())
                self.column = -1
            else:
                self.left_out = line.indent
        else:
            return False
        return True

    def explicit(self, line: Line, bare: str) -> None:
        """A directive, footnote, target or comment."""
        note = _FOOTNOTE.match(bare)
        if note is not None:
            self.begin(line, note.end())
            self.column = -1
            return
        m = _DIRECTIVE.match(bare)
        directive = m["name"].lower() if m else ""
        if m is None or (directive not in _BODIED and directive != "image"):
            self.left_out = line.indent
            return
        self.options = line.indent
        if directive in _TITLED and m["rest"]:
            self.begin(line, m.start("rest"))
            if directive in _ADMONITIONS:
                self.column = -1
            else:
                self.end()

    def begin(self, line: Line, skipped: int) -> None:
        """Begin a paragraph `skipped` characters behind the indent."""
        self.paragraph.add(line.start + line.indent + skipped, line.end)
        self.column = line.indent + skipped

    def text(self, line: Line, bare: str) -> None:
        item = _ITEM.match(bare)
        if item is not None and (not self.paragraph or line.indent == self.mark):
            self.end()
            self.mark = line.indent
            self.add(line, item.end())
            return
        verse = _LINE_BLOCK.match(bare)
        if verse is not None:
            self.end()
            self.add(line, verse.end())
            self.end()
            return
        if self.paragraph and self.column == -1:
            self.column = line.indent
        if self.paragraph and line.indent != self.column:
            self.end()
            if self.opens(line, bare):
                return
        self.add(line, 0)

    def add(self, line: Line, skipped: int) -> None:
        """Add a line; two colons at its end say that code follows, and one of them is shown."""
        end = line.end
        start = line.start + line.indent + skipped
        self.literal_follows = line.text.endswith("::")
        if self.literal_follows:
            end -= 2 if line.text.endswith((" ::", "\t::")) else 1
        self.column = line.indent + skipped
        self.paragraph.add(start, end)
