"""mtcheck finds what machine translation left behind in English copy, without the source text.

>>> report = check("Peskov said so. . The talks go on.")
>>> [report.doc[f.span] for f in report.findings]
['. .']
"""

from pathlib import Path

from mtcheck.check import check as check_document
from mtcheck.findings import Category, Finding, Report
from mtcheck.readers import Unreadable, read_file
from mtcheck.scoring.surprisal import Scorer
from mtcheck.text import Document, Span

__all__ = [
    "Category",
    "Document",
    "Finding",
    "Report",
    "Scorer",
    "Span",
    "Unreadable",
    "check",
    "check_file",
]


def check(text: str, *, scorer: Scorer | None = None) -> Report:
    """Check a text. Without a `scorer` only the detectors that need no model run."""
    return check_document(Document(text), scorer=scorer)


def check_file(path: Path, *, scorer: Scorer | None = None) -> Report:
    """Check a file of any format that mtcheck reads. Raises Unreadable, with the reason in one line."""
    return check_document(read_file(path), scorer=scorer)
