"""One line a finding, as compilers and grep write it: file:line:column: detector message."""

from mtcheck.findings import Report
from mtcheck.reports.excerpt import safe
from mtcheck.reports.place import place_of
from mtcheck.reports.writer import Output, Summary


class ConciseWriter:
    """Writes each file's findings as they come."""

    def __init__(self, output: Output) -> None:
        self._stream = output.stream

    def report(self, report: Report) -> None:
        """Write one file's findings."""
        for finding in report.findings:
            at = place_of(finding, report.doc)
            where = f"{safe(report.doc.name)}:{at.line}:{at.column}"
            self._stream.write(f"{where}: {finding.detector} {safe(finding.message)}\n")

    def error(self, file: str, message: str) -> None:
        """Write one error; it has no line."""
        self._stream.write(f"{safe(file)}: error: {safe(message)}\n")

    def end(self, summary: Summary) -> None:
        """Nothing: the lines are all."""
