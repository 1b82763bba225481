"""GitLab's Code Quality report: a JSON list, shown in the merge request.

A fingerprint says whether GitLab has seen a finding before, so it holds for a
moved line, and no two are equal in one report.
"""

from collections import Counter
from typing import Any

from mtcheck.findings import Report
from mtcheck.reports.encoded import as_json
from mtcheck.reports.place import digest, is_likely, place_of, with_fingerprints
from mtcheck.reports.writer import Output, Summary


class GitlabWriter:
    """Gathers all findings and writes the list at the end."""

    def __init__(self, output: Output) -> None:
        self._stream = output.stream
        self._issues: list[dict[str, Any]] = []
        self._seen: Counter[str] = Counter()

    def report(self, report: Report) -> None:
        """Keep one file's findings."""
        name = report.doc.name
        for finding, fingerprint in with_fingerprints(report):
            at = place_of(finding, report.doc)
            severity = "minor" if is_likely(finding) else "info"
            mark = digest(name, fingerprint)
            self._keep(finding.detector, finding.message, severity, name, (at.line, at.end_line), mark)

    def error(self, file: str, message: str) -> None:
        """Keep one error, at the first line for want of a better."""
        self._keep("error", message, "major", file, (1, 1), digest(file, "error", message))

    def end(self, summary: Summary) -> None:
        """Write the list."""
        self._stream.write(as_json(self._issues, self._stream, indent=2) + "\n")

    def _keep(
        self, name: str, description: str, severity: str, path: str, lines: tuple[int, int], mark: str
    ) -> None:
        number = self._seen[mark]
        self._seen[mark] += 1
        self._issues.append(
            {
                "description": description,
                "check_name": f"mtcheck/{name}",
                "fingerprint": digest(mark, str(number)) if number else mark,
                "severity": severity,
                "location": {"path": path, "lines": {"begin": lines[0], "end": lines[1]}},
            }
        )
