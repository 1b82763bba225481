"""Checkstyle XML, which many editors and build servers read. Columns are code points."""

from xml.etree import ElementTree as ET

from mtcheck.findings import Report
from mtcheck.reports.place import is_likely, place_of
from mtcheck.reports.writer import Output, Summary
from mtcheck.reports.xml import element, write


class CheckstyleWriter:
    """Gathers all files and writes them at the end."""

    def __init__(self, output: Output) -> None:
        self._stream = output.stream
        # The version is of Checkstyle, whose form this is; readers look at nothing newer.
        self._root = ET.Element("checkstyle", {"version": "4.3"})

    def report(self, report: Report) -> None:
        """Keep one file's findings; a clean file is named too."""
        file = element(self._root, "file", {"name": report.doc.name})
        for finding in report.findings:
            at = place_of(finding, report.doc)
            about = {"line": str(at.line), "column": str(at.column)}
            about["severity"] = "warning" if is_likely(finding) else "info"
            element(
                file, "error", {**about, "message": finding.message, "source": f"mtcheck.{finding.detector}"}
            )

    def error(self, file: str, message: str) -> None:
        """Keep one error; line 0 is the file as a whole."""
        about = {"line": "0", "severity": "error", "message": message, "source": "mtcheck"}
        element(element(self._root, "file", {"name": file}), "error", about)

    def end(self, summary: Summary) -> None:
        """Write the document."""
        write(self._root, self._stream)
