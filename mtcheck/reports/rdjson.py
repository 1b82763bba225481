"""Reviewdog's Diagnostic Format: one JSON document, with fixes that a reviewer can accept.

Columns count bytes of UTF-8 from 1; the end of a range is the first after it.
"""

from typing import Any

from mtcheck.findings import Finding, Report
from mtcheck.reports.encoded import as_json
from mtcheck.reports.place import is_likely, place_of, replacements, utf8_column
from mtcheck.reports.writer import Output, Summary
from mtcheck.text import Document


class RdjsonWriter:
    """Gathers all findings and writes the document at the end."""

    def __init__(self, output: Output) -> None:
        self._stream = output.stream
        self._diagnostics: list[dict[str, Any]] = []

    def report(self, report: Report) -> None:
        """Keep one file's findings."""
        self._diagnostics += [_diagnostic(f, report.doc) for f in report.findings]

    def error(self, file: str, message: str) -> None:
        """Keep one error; it has no range."""
        self._diagnostics.append({"message": message, "location": {"path": file}, "severity": "ERROR"})

    def end(self, summary: Summary) -> None:
        """Write the document."""
        whole = {"source": {"name": "mtcheck"}, "diagnostics": self._diagnostics}
        self._stream.write(as_json(whole, self._stream, indent=2) + "\n")


def _diagnostic(finding: Finding, doc: Document) -> dict[str, Any]:
    at = place_of(finding, doc)
    where = {
        "start": {"line": at.line, "column": utf8_column(doc, at.start)},
        "end": {"line": at.end_line, "column": utf8_column(doc, at.end)},
    }
    fixes = [{"range": where, "text": text} for text in replacements(finding, doc)]
    return {
        "message": finding.message,
        "location": {"path": doc.name, "range": where},
        "severity": "WARNING" if is_likely(finding) else "INFO",
        "code": {"value": finding.detector},
        **({"suggestions": fixes} if fixes else {}),
    }
