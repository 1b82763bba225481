"""AsciiDoc: paragraphs, titles, list items and captions; code, tables and what is filled in are left out.

A simple subset, read line by line with the file's own characters.
"""

import re
from html import unescape

from mtcheck.readers.assemble import Assembler
from mtcheck.readers.fields import TEXT_KEYS, normalized
from mtcheck.readers.lines import Line, Paragraph, lines
from mtcheck.text import Document

# What stands between two of these is code, a comment or a table; between others it is prose.
_LEFT_OUT = re.compile(r"(?:-{4,}|\.{4,}|\+{4,}|/{4,}|`{3,}(?=[\w-]*$)|[|,:!]={3,}$)")
_FENCE = re.compile(r"(?:={4,}|\*{4,}|_{4,}|--|'{3,}|<{3,})$")
_TITLE = re.compile(r"={1,6}[ \t]+(?=\S)|#{1,6}[ \t]+(?=\S)")
_CAPTION = re.compile(r"\.(?=[^\s.])")
_ATTRIBUTE = re.compile(r":(?P<name>!?[\w-]{1,60}!?):(?:[ \t]+|$)")
_BLOCK_ATTRIBUTES = re.compile(r"\[(?P<inside>[^\]]{0,500})\]$")
_CODE_STYLE = re.compile(r"(?:source|listing|literal|stem|latexmath|asciimath|verse|comment|\w*diagram)\b|,")
_MACRO = re.compile(r"(?P<kind>[a-z][\w-]{1,30})::[^\s\[]{0,500}\[(?P<text>[^\]\r\n]{0,2000})\]$")
_ALTERNATIVE = re.compile(r"[ \t]*(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>[^,=]+))[ \t]*(?:,|$)")
_ITEM = re.compile(r"(?:\*{1,5}|-|\.{1,5}|\d{1,4}\.|<\d+>|[a-z]\.)[ \t]+(?:\[[ *x]\][ \t]+)?(?=\S)")
_TERM = re.compile(r"(?P<term>[^\s:][^:\r\n]{0,200}?)(?::{2,4}|;;)(?:[ \t]+|$)")
_ADMONITION = re.compile(r"(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+")

_BEFORE = r"(?<![\w\\])"
_AFTER = r"(?!\w)"
_MARKUP = re.compile(
    r"\\(?P<e0>[*_`#^~+<\[{\\(])"
    r"|(?P<e1>&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});)"
    r"|(?P<e2>\"`|`\"|'`|`')"
    rf"|{_BEFORE}(?P<c0>``[^\n]{{1,300}}?``|`(?=\S)[^`]{{1,300}}`{_AFTER}|\+\+\+?.{{1,300}}?\+\+\+?)"
    rf"|{_BEFORE}(?P<c1>\+(?=\S)[^+\n]{{1,300}}?(?<=\S)\+){_AFTER}"
    r"|(?P<c2>\{[\w:-]{1,80}\})"
    r"|(?:indexterm2?:\[[^\]]{0,500}\]|\(\(\([^()]{1,300}\)\)\)|\[\[[^\]]{1,200}\]\])"
    r"|\(\((?P<s0>[^()]{1,300})\)\)"
    r"|footnote(?:ref)?:[\w-]{0,60}\[[^\]]{0,2000}\]"
    r"|<<[^<>,]{1,200},(?P<s1>[^<>]{1,300})>>|(?P<c3><<[^<>,]{1,200}>>)"
    r"|\b(?:link|xref|mailto):[^\s\[]{1,500}\[(?P<s2>[^\]]{1,500}?)(?:,[\w-]+=[^\]]{0,200}|\^)?\]"
    r"|\b(?:https?|ftp)://[^\s\[<>]{1,500}\[(?P<s3>[^\]]{1,500}?)(?:,[\w-]+=[^\]]{0,200}|\^)?\]"
    r"|(?P<c4>\b[a-z]{2,20}:[^\s\[]{0,500}\[[^\]]{0,500}\])"
    r"|(?:\[[\w.#%-]{1,80}\](?=[#*_`]))?(?:"
    r"\*\*(?=\S)(?P<s4>[^\n]{1,500}?)\*\*|__(?=\S)(?P<s5>[^\n]{1,500}?)__|##(?=\S)(?P<s6>[^\n#]{1,500}?)##"
    rf"|{_BEFORE}\*(?=\S)(?P<s7>[^*]{{1,500}}?)(?<=\S)\*{_AFTER}"
    rf"|{_BEFORE}_(?=\S)(?P<s8>[^_]{{1,500}}?)(?<=\S)_{_AFTER}"
    rf"|{_BEFORE}\#(?=\S)(?P<s9>[^#]{{1,500}}?)(?<=\S)\#{_AFTER})"
    r"|\^(?P<e3>[^\s^]{1,40})\^|~(?P<e4>[^\s~]{1,40})~"
    r"|[ \t]\+(?=\n)",
    re.S,
)
_CURLY = {'"`': "“", '`"': "”", "'`": "‘", "`'": "’"}


def read(text: str, name: str) -> Document:
    """Return the document that a reader of the rendered page sees."""
    into = Assembler(text, name)
    reading = _Reading(into)
    for line in lines(text):
        reading.line(line)
    reading.paragraph.end()
    return into.document()


def _decoded(written: str) -> str:
    return _CURLY.get(written) or unescape(written)


class _Reading:
    """One pass over the lines."""

    def __init__(self, into: Assembler) -> None:
        self.paragraph = Paragraph(into, _MARKUP, _decoded)
        # What ends the part that is left out; "" is a blank line.
        self.until: str | None = None
        self.is_code = False
        # Below the title stand the author and the revision, up to a blank line.
        self.in_header = False

    def line(self, line: Line) -> None:
        if self.until is not None:
            if line.text == self.until:
                self.until = None
            return
        bare = line.text[line.indent :]
        fence = _LEFT_OUT.match(line.text)
        if fence is not None and not line.indent:
            self.end()
            self.is_code = False
            self.until = fence[0]
        elif not bare or bare == "+" or _FENCE.match(line.text):
            self.end()
            self.in_header = False
        elif line.text.startswith("//") or (not self.paragraph and self.opens(line)) or self.in_header:
            return
        elif (item := _ITEM.match(bare)) is not None:
            self.paragraph.end()
            self.paragraph.add(line.start + line.indent + item.end(), line.end)
        elif (term := _TERM.match(bare)) is not None:
            self.paragraph.end()
            begin = line.start + line.indent
            self.paragraph.add(begin, begin + term.end("term"))
            self.paragraph.end()
            self.paragraph.add(begin + term.end(), line.end)
        elif line.indent and not self.paragraph:
            self.until = ""
        else:
            self.paragraph.add(line.start + line.indent, line.end)

    def end(self) -> None:
        self.paragraph.end()

    def opens(self, line: Line) -> bool:
        """What may only stand at the beginning of a paragraph."""
        text, start = line.text, line.start
        if (m := _BLOCK_ATTRIBUTES.match(text)) is not None:
            self.is_code = _CODE_STYLE.match(m["inside"]) is not None
            return True
        if (m := _CAPTION.match(text)) is not None:
            self.alone(start + m.end(), line.end)
            return True
        if self.is_code:
            self.is_code = False
            self.until = ""
        elif (m := _TITLE.match(text)) is not None:
            self.alone(start + m.end(), line.end)
            if text.startswith(("= ", "=\t")):
                self.in_header = True
        elif (m := _ATTRIBUTE.match(text)) is not None:
            if normalized(m["name"]) in TEXT_KEYS:
                self.alone(start + m.end(), line.end)
        elif (m := _MACRO.match(text)) is not None:
            alternative = _ALTERNATIVE.match(m["text"]) if m["kind"] == "image" else None
            if alternative is not None:
                first, last = alternative.span(alternative.lastgroup or 0)
                self.alone(start + m.start("text") + first, start + m.start("text") + last)
        elif (m := _ADMONITION.match(text)) is not None:
            self.paragraph.add(start + m.end(), line.end)
        else:
            return False
        return True

    def alone(self, start: int, end: int) -> None:
        self.paragraph.add(start, end)
        self.end()
