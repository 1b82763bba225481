"""What a detector's docstring says, for `mtcheck explain` and the table in the README.

The docstring of a detector's module is its only documentation; here it is read.
"""

import inspect
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from mtcheck.detectors import DETECTORS
from mtcheck.findings import Category, Detector

HEADS = ("Why", "Looks at", "Misses", "False alarms", "Source")
_HEAD = re.compile(rf"^({'|'.join(HEADS)}):[ \t]*", re.MULTILINE)


@dataclass(frozen=True)
class Explanation:
    """A detector's docstring in parts: `pattern` is its first line, `heads` the rest by head."""

    detector: str
    category: Category
    needs_scores: bool
    pattern: str
    heads: Mapping[str, str]

    def as_text(self) -> str:
        """Return it as paragraphs for a terminal."""
        needs = "; needs a language model" if self.needs_scores else ""
        lines = [f"{self.detector} ({self.category}{needs})", "", self.pattern]
        for head, text in self.heads.items():
            lines += ["", f"{head}: {text}"]
        return "\n".join(lines)


def explain(detector: Detector) -> Explanation:
    """Read the docstring of the module that `detector.find` stands in."""
    docstring = inspect.cleandoc(sys.modules[detector.find.__module__].__doc__ or "")
    pattern, *parts = _HEAD.split(docstring)
    heads = dict(zip(parts[::2], map(_joined, parts[1::2]), strict=True))
    return Explanation(detector.id, detector.category, detector.needs_scores, _joined(pattern), heads)


def detector_table() -> str:
    """Return the detectors as a Markdown table, one row each, in the order of the registry."""
    rows = ["| Detector | What it reports | Category | Needs a model |", "| --- | --- | --- | --- |"]
    for detector in DETECTORS:
        e = explain(detector)
        pattern = e.pattern.replace("|", "\\|")
        rows.append(f"| `{e.detector}` | {pattern} | {e.category} | {'yes' if e.needs_scores else 'no'} |")
    return "\n".join(rows)


def _joined(text: str) -> str:
    return " ".join(text.split())
