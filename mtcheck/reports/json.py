"""One JSON document for a scan, as report.schema.json describes it.

All offsets are code points in the file, so that `match` is always the file's
text from `start` to `end`. Raise SCHEMA_VERSION when a reader of the old form
would misread the new one; a new key alone does not.
"""

import math
from typing import Any

from mtcheck.check import category_of
from mtcheck.findings import Finding, Report
from mtcheck.reports.encoded import as_json
from mtcheck.reports.place import place_of
from mtcheck.reports.writer import Output, Summary, installed_version
from mtcheck.text import Document

SCHEMA_VERSION = 1


class JsonWriter:
    """Gathers all reports and writes them at the end: half a JSON document is none."""

    def __init__(self, output: Output) -> None:
        self._stream = output.stream
        self._files: list[dict[str, Any]] = []
        self._errors: list[dict[str, str]] = []
        self._signature: str | None = None

    def report(self, report: Report) -> None:
        """Keep one file's findings."""
        self._signature = self._signature or report.signature
        self._files.append(
            {
                "file": report.doc.name,
                "findings": [finding_as_dict(f, report.doc) for f in report.findings],
                "ran": list(report.ran),
                "skipped": dict(report.skipped),
                "translated": report.translated,
            }
        )

    def error(self, file: str, message: str) -> None:
        """Keep one error."""
        self._errors.append({"file": file, "message": message})

    def end(self, summary: Summary) -> None:
        """Write the document."""
        whole = {
            "schema_version": SCHEMA_VERSION,
            "mtcheck": installed_version(),
            "signature": self._signature,
            "files": self._files,
            "errors": self._errors,
            "summary": {
                "files": summary.files,
                "files_with_findings": summary.files_with_findings,
                "findings": summary.findings,
                "errors": summary.errors,
            },
        }
        self._stream.write(as_json(whole, self._stream, indent=2) + "\n")


def finding_as_dict(finding: Finding, doc: Document) -> dict[str, Any]:
    """One finding with its place in the file; `text` only where the prose differs from the file."""
    at = place_of(finding, doc)
    return {
        "detector": finding.detector,
        "category": category_of(finding.detector).value,
        "start": at.start,
        "end": at.end,
        "match": at.match,
        "line": at.line,
        "column": at.column,
        "end_line": at.end_line,
        "end_column": at.end_column,
        "message": finding.message,
        "suggestions": list(finding.suggestions),
        "score": finding.score,
        "because": {k: _finite(v) for k, v in finding.because.items()},
        **({"text": at.text} if at.text != at.match else {}),
    }


def _finite(value: str | float) -> str | float | None:
    return None if isinstance(value, float) and not math.isfinite(value) else value
