"""Comments in an article that allow a finding: for a line, a block, a stretch or the whole file.

    <!-- mtcheck-ignore: exonym -- the sentence explains the name -->
    <!-- mtcheck-ignore: exonym until 2027-01-31 -->
    <!-- mtcheck-ignore-file: letter-case, exonym -->
    <!-- mtcheck-off --> ... <!-- mtcheck-on -->

A comment alone on its line holds for the block after it. Front matter may say
`mtcheck: {ignore: [exonym]}`. In plain text a line `# mtcheck-ignore: exonym`
does the same as the comment, and is no prose; so does `.. mtcheck-ignore: exonym`
in reStructuredText and `// mtcheck-ignore: exonym` in AsciiDoc.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

import yaml

from mtcheck.findings import Finding, Report
from mtcheck.text import Document, Span

_VERB = r"mtcheck-(?P<verb>ignore-file|ignore|off|on)(?![\w-])(?P<rest>[^\r\n]{0,500}?)"
_COMMENT = re.compile(
    rf"<!--\s{{0,20}}{_VERB}\s{{0,20}}-->|\{{/\*\s{{0,20}}{_VERB.replace('?P<', '?P<x_')}\*/\}}"
)
_LINE = re.compile(rf"^[ \t]*#[ \t]*{_VERB}[ \t]*$", re.MULTILINE)
# Comments of formats that write them as a line of their own.
_LINES_OF = {
    ".rst": re.compile(rf"^[ \t]*\.\.[ \t]+{_VERB}[ \t]*$", re.MULTILINE),
    ".adoc": (_ASCIIDOC := re.compile(rf"^//(?!/)[ \t]*{_VERB}[ \t]*$", re.MULTILINE)),
    ".asciidoc": _ASCIIDOC,
}
_UNTIL = re.compile(r"\buntil\s+(\S+)\s*$")
_REASON = re.compile(r"\s--(?:\s|$)")
_CODE = re.compile(r"^(```+|~~~+).*?(?:^\1|\Z)|(`{1,8})[^`\n]+\2", re.MULTILINE | re.DOTALL)
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*$", re.MULTILINE | re.DOTALL)
_MARKDOWN = frozenset({".md", ".markdown", ".mdx"})


@dataclass(frozen=True)
class Suppression:
    """What one comment allows: `ids` (empty: all) in `zone` of the file."""

    line: int
    ids: frozenset[str]
    zone: Span

    def covers(self, finding: Finding, place: Span) -> bool:
        """Whether it allows a finding that stands at `place` of the file."""
        return (not self.ids or finding.detector in self.ids) and self.zone.overlaps(place)


@dataclass(frozen=True)
class Suppressions:
    """All that a file's comments say; `errors` and `notes` are (line, message)."""

    allowed: tuple[Suppression, ...] = ()
    errors: tuple[tuple[int, str], ...] = ()
    notes: tuple[tuple[int, str], ...] = ()

    def applied(self, report: Report) -> tuple[Report, tuple[tuple[int, str], ...]]:
        """The report without what is allowed, and a note for each comment that allowed nothing."""
        kept = []
        used: set[Suppression] = set()
        for finding in report.findings:
            place = report.doc.to_source(finding.span)
            by = {s for s in self.allowed if s.covers(finding, place)}
            used |= by
            if not by:
                kept.append(finding)
        # A comment for a detector that did not run may still be needed.
        ran = set(report.ran)
        unused = [s for s in self.allowed if s not in used and s.ids <= ran]
        notes = tuple((s.line, "this mtcheck comment allows nothing; take it out") for s in unused)
        return replace(report, findings=tuple(kept)), (*self.notes, *notes)


def without_comments(doc: Document) -> Document:
    """The document with comment lines of plain text hidden; other formats hide theirs themselves."""
    if doc.source:
        return doc
    zones = tuple(Span(*m.span()) for m in _LINE.finditer(doc.text))
    if not zones:
        return doc
    # A comment is no line of a paragraph, so those are worked out between the comments.
    starts, ends = [0, *(z.end for z in zones)], [*(z.start for z in zones), len(doc.text)]
    blocks = tuple(
        Span(start + p.start, start + p.end)
        for start, end in zip(starts, ends, strict=True)
        for p in Document(doc.text[start:end]).paragraphs
    )
    return replace(doc, hidden=(*doc.hidden, *zones), blocks=blocks)


def read(doc: Document, known: Collection[str], today: date) -> Suppressions:
    """Find the comments of a document; `known` are the detectors' ids."""
    text = doc.file_text
    if "mtcheck" not in text:
        return Suppressions()
    allowed: list[Suppression] = []
    errors: list[tuple[int, str]] = []
    notes: list[tuple[int, str]] = []
    opened: tuple[int, int, frozenset[str]] | None = None
    everywhere = Span(0, len(text))
    for line, listed in _front_matter(doc):
        errors += [(line, f"no detector “{i}”") for i in sorted(listed - set(known))]
        if listed <= set(known):
            allowed.append(Suppression(line, listed, everywhere))
    for m in _comments(doc):
        line = doc.line_col(m.start())[0]
        said = m.groupdict()
        other = "" if said["verb"] else "x_"
        verb, rest = said[f"{other}verb"], said[f"{other}rest"]
        if verb == "on":
            if opened is None:
                notes.append((line, "mtcheck-on without an mtcheck-off before it"))
            else:
                allowed.append(Suppression(opened[0], opened[2], Span(opened[1], m.start())))
            opened = None
            continue
        ids, until, wrong = _said(rest, known)
        if wrong:
            errors.append((line, wrong))
        elif until is not None and until < today:
            notes.append((line, f"this mtcheck comment ended on {until}"))
        elif verb == "off":
            opened = opened or (line, m.end(), ids)
        elif verb == "ignore-file":
            allowed.append(Suppression(line, ids, everywhere))
        else:
            allowed.append(Suppression(line, ids, _zone(doc, m)))
    if opened is not None:
        notes.append(
            (opened[0], "mtcheck-off without an mtcheck-on after it: the rest of the file is allowed")
        )
        allowed.append(Suppression(opened[0], opened[2], Span(opened[1], len(text))))
    return Suppressions(tuple(allowed), tuple(errors), tuple(notes))


def _comments(doc: Document) -> Iterator[re.Match[str]]:
    text = doc.file_text
    if not doc.source:
        yield from _LINE.finditer(text)
        return
    suffix = PurePath(doc.name).suffix.lower()
    if suffix in _LINES_OF:
        yield from _LINES_OF[suffix].finditer(text)
    code: list[Span] = []
    if suffix in _MARKDOWN:
        code = [Span(*m.span()) for m in _CODE.finditer(text)]
    for m in _COMMENT.finditer(text):
        if not any(c.start <= m.start() < c.end for c in code):
            yield m


def _said(rest: str, known: Collection[str]) -> tuple[frozenset[str], date | None, str]:
    """The ids, the last day and, if it can't be understood, why."""
    said = _REASON.split(rest, maxsplit=1)[0].strip()
    until = None
    if (m := _UNTIL.search(said)) is not None:
        try:
            until = date.fromisoformat(m[1])
        except ValueError:
            return frozenset(), None, f"“{m[1]}” is not a date; write it as 2027-01-31"
        said = said[: m.start()].strip()
    if said and not said.startswith(":"):
        return frozenset(), None, f"write the detectors after a colon: mtcheck-ignore: {said}"
    ids = frozenset(re.split(r"[\s,]+", said[1:].strip())) - {""}
    for i in sorted(ids):
        if i not in known:
            return frozenset(), None, f"no detector “{i}”; mtcheck detectors lists them"
    return ids, until, ""


def _zone(doc: Document, comment: re.Match[str]) -> Span:
    text = doc.file_text
    start = max(text.rfind(mark, 0, comment.start()) for mark in "\r\n") + 1
    ends = [i for i in (text.find(mark, comment.end()) for mark in "\r\n") if i >= 0]
    end = min(ends, default=len(text))
    if text[start : comment.start()].strip() or text[comment.end() : end].strip():
        return Span(start, end)
    places = sorted(doc.to_source(p) for p in doc.paragraphs)
    if any(p.start < comment.start() and comment.end() < p.end for p in places):
        after = end + len(text[end:]) - len(text[end:].lstrip("\r\n"))
        breaks = [i for i in (text.find(mark, after) for mark in "\r\n") if i >= 0]
        return Span(after, min(breaks, default=len(text)))
    return next((p for p in places if p.start >= comment.end()), Span(end, end))


def _front_matter(doc: Document) -> Iterator[tuple[int, frozenset[str]]]:
    if not doc.source or PurePath(doc.name).suffix.lower() not in _MARKDOWN:
        return
    front = _FRONT.match(doc.source)
    if front is None or re.search(r"^mtcheck\s*:", front[1], re.MULTILINE) is None:
        return
    try:
        said = yaml.safe_load(front[1])["mtcheck"]["ignore"]
    except (yaml.YAMLError, KeyError, TypeError, ValueError, RecursionError):
        return
    listed = frozenset(map(str, said if isinstance(said, list) else [said]))
    if listed:
        yield doc.line_col(front.start(1) + front[1].find("mtcheck"))[0], listed
