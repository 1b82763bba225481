"""JUnit XML: a suite per file, a failed test per finding; a clean file is one test that passed."""

from xml.etree import ElementTree as ET

from mtcheck.findings import Finding, Report
from mtcheck.reports.place import place_of
from mtcheck.reports.writer import Output, Summary
from mtcheck.reports.xml import element, write
from mtcheck.text import Document


class JunitWriter:
    """Gathers all suites and writes them at the end."""

    def __init__(self, output: Output) -> None:
        self._stream = output.stream
        self._root = ET.Element("testsuites", {"name": "mtcheck"})
        self._tests = 0

    def report(self, report: Report) -> None:
        """Keep one file's findings."""
        name, found = report.doc.name, report.findings
        suite = self._suite(name, tests=len(found) or 1, failures=len(found))
        for finding in found:
            at = place_of(finding, report.doc)
            title = f"{finding.detector} at {at.line}:{at.column}"
            case = element(suite, "testcase", {"name": title, "classname": name, "time": "0"})
            about = {"message": finding.message, "type": finding.detector}
            element(case, "failure", about, _details(finding, report.doc))
        if not found:
            element(suite, "testcase", {"name": "no findings", "classname": name, "time": "0"})

    def error(self, file: str, message: str) -> None:
        """Keep one error."""
        suite = self._suite(file, errors=1)
        case = element(suite, "testcase", {"name": "can be checked", "classname": file, "time": "0"})
        element(case, "error", {"message": message, "type": "error"}, message)

    def end(self, summary: Summary) -> None:
        """Write the document."""
        counts = {"tests": self._tests, "failures": summary.findings, "errors": summary.errors}
        for name, number in counts.items():
            self._root.set(name, str(number))
        self._root.set("time", "0")
        write(self._root, self._stream)

    def _suite(self, name: str, *, tests: int = 1, failures: int = 0, errors: int = 0) -> ET.Element:
        self._tests += tests
        counts = {"tests": tests, "failures": failures, "errors": errors, "skipped": 0, "time": 0}
        return element(self._root, "testsuite", {"name": name, **{k: str(v) for k, v in counts.items()}})


def _details(finding: Finding, doc: Document) -> str:
    at = place_of(finding, doc)
    lines = [f"{doc.name}:{at.line}:{at.column}: {finding.message}", f"text: {at.match}"]
    lines += [f"help: {s or '(nothing)'}" for s in finding.suggestions if s != at.text]
    if finding.score is not None:
        lines.append(f"probability: {finding.score:.2f}")
    return "\n".join(lines)
