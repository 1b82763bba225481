"""Workflow commands, which GitHub Actions shows as annotations beside the line.

Columns are code points: GitHub does not say what it counts. It takes columns
only where the span stays in one line.
"""

from mtcheck.findings import Report
from mtcheck.reports.excerpt import safe
from mtcheck.reports.place import place_of
from mtcheck.reports.writer import Output, Summary


class GithubWriter:
    """Writes each file's findings as they come; no text of an article can start a command."""

    def __init__(self, output: Output) -> None:
        self._stream = output.stream

    def report(self, report: Report) -> None:
        """Write one file's findings."""
        for finding in report.findings:
            at = place_of(finding, report.doc)
            about = {"file": report.doc.name, "line": str(at.line), "endLine": str(at.end_line)}
            if at.line == at.end_line:
                about |= {"col": str(at.column), "endColumn": str(at.end_column)}
            about["title"] = f"mtcheck {finding.detector}"
            self._command("warning", about, finding.message)

    def error(self, file: str, message: str) -> None:
        """Write one error."""
        self._command("error", {"file": file, "title": "mtcheck"}, message)

    def end(self, summary: Summary) -> None:
        """Nothing: the commands are all."""

    def _command(self, command: str, about: dict[str, str], message: str) -> None:
        listed = ",".join(f"{name}={_property(value)}" for name, value in about.items())
        self._stream.write(f"::{command} {listed}::{_data(message)}\n")


def _data(text: str) -> str:
    r"""Escape what would end the command.

    >>> _data("100%\r\n\x1b")
    '100%25%0D%0A␛'
    """
    for raw, escaped in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        text = text.replace(raw, escaped)
    return safe(text)


def _property(text: str) -> str:
    """Escape what would end a property as well."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
