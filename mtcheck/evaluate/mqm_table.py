"""MQM ratings as WMT publishes them: tab-separated, a row a mark, the span between <v> and </v>.

Columns by name: system, doc, doc_id, seg_id, rater, source, target, category,
severity. A row of category "No-error" says that the rater found nothing. Marks
in the source, and marks without <v>, count for the rater but give no span.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from mtcheck.evaluate.records import Marked, Record, is_human, year_of
from mtcheck.text import Span

_COLUMNS = ("system", "doc", "seg_id", "rater", "target", "category", "severity")
_TAG = re.compile(r"</?v>")
_PAIR = re.compile(r"(?<![a-z])([a-z]{2})-?en(?![a-z])")


def read_mqm(path: Path) -> Iterator[Record]:
    """Yield one record a system and segment. Raises OSError, or ValueError naming file and line."""
    marks: dict[tuple[str, str, str], set[Marked]] = {}
    texts: dict[tuple[str, str, str], str] = {}
    raters: dict[tuple[str, str, str], set[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = [c for c in _COLUMNS if c not in (table.fieldnames or ())]
        if missing:
            raise ValueError(f"{path}: no column {', '.join(missing)}")
        for number, row in enumerate(table, 2):
            if any(row[c] is None for c in _COLUMNS):
                raise ValueError(f"{path}:{number}: too few columns")
            key = row["system"], row["doc"], row["seg_id"]
            text, span = unmarked(row["target"])
            if texts.setdefault(key, text) != text:
                # Some editions differ between raters in white space alone; offsets would not agree.
                continue
            raters.setdefault(key, set()).add(row["rater"])
            if span is not None and row["category"].lower() not in {"no-error", "no error"}:
                marks.setdefault(key, set()).add(Marked(span, row["category"], row["rater"]))
    language = _PAIR.search(path.stem.lower())
    for (system, doc, seg), text in texts.items():
        yield Record(
            id=f"{system}:{doc}:{seg}",
            text=text,
            dataset=path.stem,
            document=doc,
            place=int(seg) if seg.isdigit() else 0,
            marked=tuple(sorted(marks.get((system, doc, seg), ()))),
            raters=tuple(sorted(raters[system, doc, seg])),
            labelled=True,
            translated=not is_human(system),
            system=system,
            language=f"{language[1]}-en" if language else "",
            year=year_of(system, path.stem),
        )


def unmarked(target: str) -> tuple[str, Span | None]:
    """The text without its markers, and what they hold; None where they hold nothing.

    >>> unmarked("He <v>go</v> home")
    ('He go home', Span(start=3, end=5))
    """
    parts = _TAG.split(target)
    text = "".join(parts)
    if len(parts) != 3 or not parts[1]:
        return text, None
    return text, Span(len(parts[0]), len(parts[0]) + len(parts[1]))
