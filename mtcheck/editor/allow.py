"""The comment that allows one finding, written as its format writes comments.

Every place that might do is tried: the file with the comment in it is read
anew, and only a comment that changes no prose and allows this finding is offered.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mtcheck.detectors import DETECTORS
from mtcheck.editor.checked import Checked
from mtcheck.findings import Finding
from mtcheck.readers import Unreadable, front_matter, read_text
from mtcheck.readers.assemble import STAND_IN, Assembler
from mtcheck.text import Document, Span
from mtcheck.workflow import suppression

_ANGLES = "<!-- {} -->"
_PAIRS = {
    ".mdx": "{{/* {} */}}",
    **dict.fromkeys((".md", ".markdown", ".html", ".htm", ".xhtml"), _ANGLES),
    **dict.fromkeys((".xml", ".rss", ".atom", ".nitf"), _ANGLES),
}
_WITH_FRONT_MATTER = frozenset({".md", ".markdown", ".mdx"})
_LINES = {"": "# ", ".txt": "# ", ".text": "# ", ".rst": ".. ", ".adoc": "// ", ".asciidoc": "// "}


@dataclass(frozen=True)
class Insertion:
    """`text` to be put in at `offset` of the editor's text."""

    offset: int
    text: str


def allowing(checked: Checked, finding: Finding) -> Insertion | None:
    """The comment that allows `finding`, or None where the format has none or no place for it."""
    text = checked.version.text
    if checked.version.suffix in _WITH_FRONT_MATTER:
        body = front_matter.read(Assembler(checked.report.doc.file_text, ""))
        if checked.place(finding).start - checked.version.mark < body:
            return None
    for insertion in _insertions(checked, finding):
        after = text[: insertion.offset] + insertion.text + text[insertion.offset :]
        if _allows(checked, finding, after, insertion):
            return insertion
    return None


def _insertions(checked: Checked, finding: Finding) -> Iterator[Insertion]:
    suffix, positions = checked.version.suffix, checked.version.positions
    place, doc = checked.place(finding), checked.report.doc
    text = checked.version.text
    said = f"mtcheck-ignore: {finding.detector}"
    newline = "\r\n" if "\r\n" in text else "\r" if "\r" in text and "\n" not in text else "\n"
    paragraph = doc.paragraph_at(finding.span.start)
    begin = doc.to_source(paragraph).start + checked.version.mark if paragraph is not None else place.start
    if suffix in _PAIRS:
        comment = _PAIRS[suffix].format(said)
        end = positions.line_end(place.end)
        if text[:end].endswith("|"):
            yield Insertion(end - 1, f"{comment} ")
        line = text[positions.line_start(end) : end]
        # Two blanks at the end of a line are a line break in Markdown, and stay at its end.
        end -= len(line) - len(line.rstrip())
        yield Insertion(end, f" {comment}")
        yield Insertion(max(positions.line_start(begin), checked.version.mark), comment + newline)
    elif suffix in _LINES:
        start = max(positions.line_start(begin), checked.version.mark)
        blank = newline if suffix == ".rst" else ""
        yield Insertion(start, _LINES[suffix] + said + newline + blank)


def _allows(checked: Checked, finding: Finding, after: str, insertion: Insertion) -> bool:
    before = checked.report.doc
    try:
        doc = suppression.without_comments(read_text(after, before.name, checked.version.suffix))
    except Unreadable:
        return False
    if _prose(doc) != _prose(before):
        return False
    place = checked.place(finding)
    grown = len(insertion.text) if insertion.offset <= place.start else 0
    moved = Span(
        place.start + grown - checked.version.mark,
        place.end - checked.version.mark + (len(insertion.text) if insertion.offset < place.end else 0),
    )
    said = suppression.read(doc, [d.id for d in DETECTORS], date.today())
    return not said.errors and any(s.covers(finding, moved) for s in said.allowed)


def _prose(doc: Document) -> list[list[str]]:
    # A comment in MDX is read as code, which leaves a stand-in.
    return [doc[p].replace(STAND_IN, " ").split() for p in doc.paragraphs]
