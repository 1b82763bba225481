"""The fixes of a report that are safe to make: sure, with one way to make them, and away from markup.

A fix is safe when its finding has at least the wanted probability and exactly
one suggestion. What it changes in the file must change the same stretch of the
prose and nothing else, so a marked-up file is read anew to see.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from mtcheck.findings import Finding, Report
from mtcheck.readers import Unreadable, read_text
from mtcheck.reports.place import replacements
from mtcheck.text import Document, Span

# One wrong change in a hundred is what an editor may be asked to undo; no detector is measured so finely yet.
SAFE = 0.99


@dataclass(frozen=True)
class Edit:
    """`text` in the place of `place` in the file, which is `prose` of the document."""

    place: Span
    prose: Span
    text: str


def safe_edits(report: Report, least: float = SAFE, encoding: str = "utf-8") -> tuple[Edit, ...]:
    """The edits that may be made together, in the order of the file.

    Of edits that overlap the likeliest stays, then the smallest. An edit whose
    text `encoding` has no signs for is left out.
    """
    doc = report.doc
    sure = [f for f in report.findings if f.score is not None and f.score >= least]
    kept: list[Edit] = []
    for finding in sorted(sure, key=lambda f: (-(f.score or 0.0), len(f.span), f.span, f.detector)):
        edit = _edit_of(finding, doc, encoding)
        if edit is not None and not any(edit.place.overlaps(k.place) for k in kept):
            kept.append(edit)
    kept.sort(key=lambda e: e.place)
    if _reads_back(doc, kept):
        return tuple(kept)
    alone = [e for e in kept if _reads_back(doc, [e])]
    return tuple(alone) if _reads_back(doc, alone) else ()


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The text of the file with the edits made; they are ordered and disjoint.

    >>> edited("the the end", [Edit(Span(0, 7), Span(0, 7), "the")])
    'the end'
    """
    return _spliced(text, [(e.place, e.text) for e in edits])


def _edit_of(finding: Finding, doc: Document, encoding: str) -> Edit | None:
    options = replacements(finding, doc)
    if len(set(finding.suggestions)) != 1 or len(options) != 1 or doc.is_masked(finding.span):
        return None
    text = options[0]
    if any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in text):
        return None
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return None
    return Edit(doc.to_source(finding.span), finding.span, text)


def _reads_back(doc: Document, edits: Sequence[Edit]) -> bool:
    if not doc.runs or not edits:
        return True
    wanted = _spliced(doc.text, [(e.prose, e.text) for e in edits])
    try:
        return read_text(edited(doc.file_text, edits), doc.name, PurePath(doc.name).suffix).text == wanted
    except Unreadable:
        return False


def _spliced(text: str, changes: Sequence[tuple[Span, str]]) -> str:
    parts: list[str] = []
    at = 0
    for span, new in changes:
        parts += [text[at : span.start], new]
        at = span.end
    return "".join([*parts, text[at:]])
