"""One JSON object a line, written as it comes: a finding with its file, or an error."""

from typing import Any

from mtcheck.findings import Report
from mtcheck.reports.encoded import as_json
from mtcheck.reports.json import finding_as_dict
from mtcheck.reports.writer import Output, Summary


class JsonLinesWriter:
    """A line with `error` says why a file could not be checked; all others are findings."""

    def __init__(self, output: Output) -> None:
        self._stream = output.stream

    def report(self, report: Report) -> None:
        """Write one file's findings."""
        for finding in report.findings:
            self._line({"file": report.doc.name, **finding_as_dict(finding, report.doc)})
        self._stream.flush()

    def error(self, file: str, message: str) -> None:
        """Write one error."""
        self._line({"file": file, "error": message})
        self._stream.flush()

    def end(self, summary: Summary) -> None:
        """Nothing: every line stands alone."""

    def _line(self, value: dict[str, Any]) -> None:
        self._stream.write(as_json(value, self._stream) + "\n")
