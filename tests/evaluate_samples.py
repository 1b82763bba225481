"""A small invented set: round trips, clean articles, and sentences that three raters read."""

import json
from pathlib import Path
from typing import Any

from mtcheck.evaluate.datasets import read_records
from mtcheck.evaluate.records import Record

GOOD = "The council met on Tuesday and agreed to mend the bridge."
BAD = "The council met on Tuesday and agreed to mend the the bridge."
AT = BAD.index("the the")


def marked_rows() -> list[dict[str, Any]]:
    """Ten sentences of five documents; every second one holds a doubled word that two of three raters saw."""
    mark = {"start": AT, "end": AT + 7, "category": "Fluency/Grammar", "severity": "minor"}
    return [
        {
            "id": f"s{i}",
            "text": BAD if i % 2 else GOOD,
            "spans": [{**mark, "rater": r} for r in ("r1", "r2")] if i % 2 else [],
            "system": "Online-B",
            "lang_pair": "zh-en",
            "doc": f"d{i // 2}",
            "seg": str(i),
            "n_raters": 3,
        }
        for i in range(10)
    ]


def pair_rows() -> list[dict[str, Any]]:
    """Twenty round trips of two documents; three in four came back damaged."""
    return [
        {
            "id": f"p{i}",
            "text": BAD if i % 4 else GOOD,
            "original": GOOD,
            "system": "online-A.0",
            "lang_pair": "en>de>en",
            "doc": f"d{i // 10}",
            "seg": i,
            "origin": "wmt15data",
        }
        for i in range(20)
    ]


def clean_rows(*, slips: int = 0) -> list[dict[str, Any]]:
    """Thirty clean articles, the first of them with a slip."""
    return [{"id": f"c{i}", "doc": f"c{i}", "text": BAD if i < slips else GOOD} for i in range(30)]


def write_lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    """Write JSON Lines."""
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    return path


def all_records(folder: Path, *, slips: int = 0) -> list[Record]:
    """The records of the three sets."""
    files = (
        write_lines(folder / "marked.jsonl", marked_rows()),
        write_lines(folder / "trips.jsonl", pair_rows()),
        write_lines(folder / "clean_news.jsonl", clean_rows(slips=slips)),
    )
    return [r for f in files for r in read_records(f)]
