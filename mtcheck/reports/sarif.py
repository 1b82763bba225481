"""SARIF 2.1.0 (OASIS), for code scanning and editors.

Regions count code points, as the run's `columnKind` says, and lines as mtcheck
does, as `newlineSequences` says.
"""

import os
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from mtcheck.check import category_of, measured_precision
from mtcheck.compare.kinds import KINDS
from mtcheck.detectors import DETECTORS
from mtcheck.explain import explain
from mtcheck.findings import Detector, Finding, Report
from mtcheck.reports.encoded import as_json
from mtcheck.reports.place import Place, is_likely, place_of, replacements, with_fingerprints
from mtcheck.reports.writer import Output, Summary, installed_version

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# "[word](3)" in a message is a link to location 3.
_LINK = re.compile(r"\[(?=[^\]]*\]\()")

_RULES = (*DETECTORS, *KINDS)


class SarifWriter:
    """Gathers all results and writes the log at the end."""

    def __init__(self, output: Output) -> None:
        self._stream = output.stream
        self._numbers = {d.id: i for i, d in enumerate(_RULES)}
        self._results: list[dict[str, Any]] = []
        self._notes: list[dict[str, Any]] = []
        self._skipped: dict[tuple[str, str], None] = {}

    def report(self, report: Report) -> None:
        """Keep one file's findings, and which detectors did not run."""
        self._results += self._results_of(report)
        self._skipped |= dict.fromkeys(report.skipped.items())

    def error(self, file: str, message: str) -> None:
        """Keep one error."""
        where = {"physicalLocation": {"artifactLocation": {"uri": uri(file)}}}
        self._notes.append({"level": "error", "message": _message(message), "locations": [where]})

    def end(self, summary: Summary) -> None:
        """Write the log."""
        skipped = [
            {
                "level": "note",
                "message": _message(f"{detector} did not run: {reason}"),
                "associatedRule": {"id": detector, "index": self._numbers[detector]},
            }
            for detector, reason in self._skipped
        ]
        invocation = {
            "executionSuccessful": not summary.errors,
            "toolExecutionNotifications": self._notes + skipped,
        }
        driver = {"name": "mtcheck", "version": installed_version(), "rules": [_rule(d) for d in _RULES]}
        run = {
            "tool": {"driver": driver},
            "invocations": [invocation],
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\r", "\n"],
            "results": self._results,
        }
        whole = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
        self._stream.write(as_json(whole, self._stream, indent=2) + "\n")

    def _results_of(self, report: Report) -> Iterator[dict[str, Any]]:
        artifact = {"uri": uri(report.doc.name)}
        for finding, fingerprint in with_fingerprints(report):
            at = place_of(finding, report.doc)
            region = {**_region(at), "snippet": {"text": at.match}}
            fixes = [_fix(text, at, artifact) for text in replacements(finding, report.doc)]
            yield {
                "ruleId": finding.detector,
                "ruleIndex": self._numbers[finding.detector],
                "level": "warning" if is_likely(finding) else "note",
                "message": _message(finding.message),
                "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
                "partialFingerprints": {"mtcheckContext/v1": fingerprint},
                **({"fixes": fixes} if fixes else {}),
                **({"rank": round(100 * finding.score, 6)} if finding.score is not None else {}),
                "properties": _properties(finding),
            }


def uri(name: str) -> str:
    """A file's name as a URI reference; a relative name stays relative.

    >>> uri("folder/100% é:[x].txt")
    'folder/100%25%20%C3%A9%3A%5Bx%5D.txt'
    """
    path = PurePath(name)
    if path.is_absolute():
        return path.as_uri()
    return quote(os.fsencode(path.as_posix()))


def _rule(detector: Detector) -> dict[str, Any]:
    e = explain(detector)
    precision = measured_precision().get(detector.id)
    return {
        "id": e.detector,
        "shortDescription": {"text": e.pattern},
        "fullDescription": {"text": f"{e.pattern} {e.heads['Why']}"},
        "help": {"text": e.as_text()},
        "defaultConfiguration": {"level": "warning"},
        "properties": {
            "category": e.category.value,
            "tags": ["translation", e.category.value],
            **({"measuredPrecision": precision} if precision is not None else {}),
        },
    }


def _message(text: str) -> dict[str, str]:
    r"""The text as a message without links and placeholders.

    >>> print(_message("[a](1) {0}")["text"])
    \[a](1) {{0}}
    """
    return {"text": _LINK.sub(r"\\[", text).replace("{", "{{").replace("}", "}}")}


def _region(at: Place) -> dict[str, Any]:
    return {
        "startLine": at.line,
        "startColumn": at.column,
        "endLine": at.end_line,
        "endColumn": at.end_column,
        "charOffset": at.start,
        "charLength": at.end - at.start,
    }


def _fix(text: str, at: Place, artifact: dict[str, str]) -> dict[str, Any]:
    """Replace the span; without `insertedContent` it is deleted."""
    inserted = {"insertedContent": {"text": text}} if text else {}
    changes = [{"artifactLocation": artifact, "replacements": [{"deletedRegion": _region(at), **inserted}]}]
    description = f"Replace with “{text}”" if text else "Delete"
    return {"description": _message(description), "artifactChanges": changes}


def _properties(finding: Finding) -> dict[str, Any]:
    return {"category": category_of(finding.detector).value, "suggestions": list(finding.suggestions)}
