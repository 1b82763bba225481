"""Reports to write out, and how they are written, for the tests of all formats."""

import io
from typing import Any

from mtcheck.detectors import DETECTORS
from mtcheck.findings import Finding, Report
from mtcheck.reports import WRITERS, Output, Summary
from mtcheck.text import Document, Span

ID = DETECTORS[0].id
# Quotes and brackets for XML and HTML, commas and colons for GitHub, escapes for a terminal,
# a character beyond the first 65,536, one that XML forbids, one that turns the writing round.
HOSTILE = (
    "a'\"<b>&]]>{0}[x](1)::error::,:%0A 100% \x00\x1b[31m\x9b\u202e\u2028\uffff\U0001f600\r\n::warning::"
)
NAME = "fo:l,der/a'\"<b>&%\n::x\x1b \U0001f600\udcff.txt"


def found(text: str, *words: str, name: str = "a.txt", **about: Any) -> Report:
    about.setdefault("message", "odd")
    spans = [Span(text.index(w), text.index(w) + len(w)) for w in words]
    return Report(Document(text, name), tuple(Finding(s, ID, **about) for s in spans), (ID,), {}, "s1")


def written(form: str, *reports: Report, errors: tuple[tuple[str, str], ...] = (), encoding: str = "") -> str:
    raw = io.BytesIO()
    stream: Any = io.TextIOWrapper(raw, encoding, newline="") if encoding else io.StringIO()
    writer = WRITERS[form](Output(stream))
    for report in reports:
        writer.report(report)
    for file, message in errors:
        writer.error(file, message)
    number = sum(len(r.findings) for r in reports)
    writer.end(Summary(len(reports), sum(bool(r.findings) for r in reports), number, len(errors)))
    stream.flush()
    return raw.getvalue().decode(encoding) if encoding else stream.getvalue()
