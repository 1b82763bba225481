"""Where a finding stands in its file, and what may be put there: what most writers need.

Lines and columns count from 1; `end` and `end_column` are the first after the
span. Columns are code points; `utf8_column` counts as reviewdog does.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.findings import Finding, Report
from mtcheck.text import Document, Span

# Enough to tell two findings of one kind apart, little enough to survive an edit nearby.
_CONTEXT = 24


@dataclass(frozen=True)
class Place:
    """`match` is the file's text from `start` to `end`; `text` is the prose made from it."""

    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    match: str
    text: str


def place_of(finding: Finding, doc: Document) -> Place:
    """The finding's place in the file, not in the prose."""
    span = doc.to_source(finding.span)
    match = doc.file_text[span.start : span.end]
    return Place(
        span.start, span.end, *doc.line_col(span.start), *doc.line_col(span.end), match, doc[finding.span]
    )


def replacements(finding: Finding, doc: Document) -> tuple[str, ...]:
    """Those suggestions that may be written over the match in the file as they stand.

    None where the match holds markup, which a replacement would tear, and none
    that a reader of markup could take for markup.
    """
    place = place_of(finding, doc)
    if place.match != place.text:
        return ()
    found = (s for s in finding.suggestions if s != place.match)
    return tuple(dict.fromkeys(s for s in found if not doc.runs or not set(s) & set("<>&")))


def utf8_column(doc: Document, offset: int) -> int:
    """Column of an offset into the file, from 1, in bytes of UTF-8."""
    column = doc.line_col(offset)[1]
    before = doc.file_text[offset - column + 1 : offset]
    return len(before.encode("utf-8", "surrogatepass")) + 1


def is_likely(finding: Finding) -> bool:
    """Whether a reader would agree more often than not; a finding nobody measured is not likely."""
    return finding.score is not None and finding.score >= 0.5


def with_fingerprints(report: Report) -> Iterator[tuple[Finding, str]]:
    """Each finding with a mark of what it is about, whatever line or file it moves to.

    Made of the detector, the prose of the span and a little of its paragraph on
    both sides; of equals, each has its number.
    """
    seen: Counter[str] = Counter()
    for finding in report.findings:
        subject = "\0".join([finding.detector, *_in_context(finding.span, report.doc)])
        number = seen[subject]
        seen[subject] += 1
        yield finding, digest(subject, str(number))


def digest(*parts: str) -> str:
    """A short hash of strings, the same on every machine."""
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _in_context(span: Span, doc: Document) -> tuple[str, str, str]:
    paragraph = doc.paragraph_at(span.start) or span
    before = doc.text[max(paragraph.start, span.start - _CONTEXT) : span.start]
    after = doc.text[span.end : min(max(paragraph.end, span.end), span.end + _CONTEXT)]
    # Wrapping a line anew moves nothing.
    before, match, after = (" ".join(part.split()) for part in (before, doc[span], after))
    return before, match, after
