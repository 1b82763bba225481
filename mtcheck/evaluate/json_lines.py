"""JSON Lines with text and spans: several raters, pairs, whole documents, clean copy.

A record holds `id` and `text`; `spans` (each `start`, `end`, `category`,
perhaps `rater`) where people marked, `n_raters` where several did; `original`
or `clean_mt` for its undamaged twin, `ref` for a reference; `system`,
`lang_pair`, `doc`, `seg`, `is_mt`, `year` where they are known. A file with
"clean" in its name is clean copy, and its segments are joined to articles.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from mtcheck.evaluate.corpora import read_json_lines
from mtcheck.evaluate.records import Marked, Record, is_human, year_of
from mtcheck.text import Span


def read_records_of_lines(path: Path) -> Iterator[Record]:
    """Yield the records of a file. Raises OSError, or ValueError naming file and record."""
    dataset = re.sub(r"\.jsonl(\.zst)?$", "", path.name)
    clean = "clean" in path.name
    raters: dict[tuple[str, str], set[str]] = {}
    rows = []
    for number, row in enumerate(read_json_lines(path), 1):
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise ValueError(f"{path}:{number}: no object with a text")
        rows.append(row)
        if "n_raters" in row:
            found = {str(s.get("rater", "")) for s in row.get("spans", ())}
            raters.setdefault(_whose(row), set()).update(found)
    if clean and not any(row.get("spans") for row in rows):
        yield from _articles(rows, dataset)
        return
    records = []
    for number, row in enumerate(rows, 1):
        try:
            records.append(_record(row, dataset, number, clean=clean, raters=raters))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path}:{number}: {error}") from error
    yield from _joined_raters(records)


def _joined_raters(records: Iterable[Record]) -> Iterator[Record]:
    """Some sets give each rater a line of its own; the same text twice is one record with two raters."""
    held: dict[tuple[str, ...], Record] = {}
    for r in records:
        key = (r.language, r.document, r.system, str(r.place), r.text) if any(r.raters) else (r.id, r.text)
        first = held.get(key)
        if first is not None:
            marked = tuple(sorted({*first.marked, *r.marked}))
            r = replace(first, marked=marked, raters=tuple(sorted({*first.raters, *r.raters})))
        held[key] = r
    yield from held.values()


def _record(
    row: dict[str, Any], dataset: str, number: int, *, clean: bool, raters: dict[tuple[str, str], set[str]]
) -> Record:
    text = row["text"]
    marked = tuple(sorted({_marked(s, row, text) for s in row.get("spans") or ()}))
    system = str(row.get("system", ""))
    seg = str(row.get("seg", ""))
    return Record(
        id=str(row.get("id", number)),
        text=text,
        dataset=dataset,
        document=str(row.get("doc", row.get("id", number))),
        place=int(seg) if seg.isdigit() else 0 if "n_segs" in row else number,
        marked=marked,
        raters=_raters(row, marked, raters),
        labelled="spans" in row,
        clean=clean,
        translated=bool(row.get("is_mt", not (clean or is_human(system)))),
        system=system,
        language=str(row.get("lang_pair", "")),
        year=str(row.get("year", "")) or year_of(system, f"{dataset} {row.get('origin', '')}"),
        twin=row.get("original", row.get("clean_mt")),
        reference=row.get("original", row.get("ref")),
        whole="n_segs" in row,
        kind=_kind(row),
    )


def _kind(row: dict[str, Any]) -> str:
    """The set's own word, or for a perturbed text the middle of its id ("set:kind:number")."""
    parts = str(row.get("id", "")).split(":")
    return str(row.get("type", parts[1] if "clean_mt" in row and len(parts) == 3 else ""))


def _marked(span: dict[str, Any], row: dict[str, Any], text: str) -> Marked:
    where = Span(span["start"], span["end"])
    if where.end > len(text):
        raise ValueError(f"{row.get('id')}: {where.start}..{where.end} reaches past the text")
    return Marked(where, str(span.get("category", "")), str(span.get("rater", row.get("rater", ""))))


def _whose(row: dict[str, Any]) -> tuple[str, str]:
    return str(row.get("doc", row.get("id"))), str(row.get("system", ""))


def _raters(
    row: dict[str, Any], marked: tuple[Marked, ...], known: dict[tuple[str, str], set[str]]
) -> tuple[str, ...]:
    """Who read the text: a rater who marked nothing here is known from the rest of the document."""
    if "n_raters" not in row:
        own = {str(row["rater"])} if "rater" in row else set()
        return tuple(sorted({m.rater for m in marked} | own)) or ("",)
    count = int(row["n_raters"])
    here = {m.rater for m in marked}
    names = sorted(here) + sorted(known[_whose(row)] - here)
    names += [f"silent-{i}" for i in range(len(names), count)]
    return tuple(sorted(names[: max(count, len(here))]))


def _articles(rows: Iterable[dict[str, Any]], dataset: str) -> Iterator[Record]:
    joined: dict[str, list[str]] = {}
    for number, row in enumerate(rows, 1):
        joined.setdefault(str(row.get("doc", row.get("id", number))), []).append(row["text"])
    for name, texts in joined.items():
        text = "\n\n".join(texts)
        yield Record(name, text, dataset, name, clean=True, translated=False, whole=True)
