"""Translation against human copy: sentences, chunks of ten, articles, and pair by pair.

Groups are one system of one language each and never pooled, since a system
of 2012 and one of 2021 leave different things behind.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from mtcheck.evaluate.bootstrap import intervals
from mtcheck.evaluate.ranking import auroc, auroc_interval, pair_outcome
from mtcheck.evaluate.ratios import Fields, number
from mtcheck.evaluate.records import Record

CHUNK = 10
# With fewer texts on a side the ranking says nothing.
FEWEST = 5
Suspicion = Callable[[str], float]
Texts = list[tuple[str, str]]


def win_rate(c: Fields) -> Any:
    """Share of pairs in which the translation looks worse; ties count half."""
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        return np.true_divide(c["wins"], c["pairs"])


def grouped(records: Iterable[Record]) -> dict[tuple[str, str, str], list[Record]]:
    """Language, system and year -> the machine-translated records."""
    groups: dict[tuple[str, str, str], list[Record]] = {}
    for r in records:
        if r.translated and not r.clean:
            groups.setdefault((r.language, r.system, r.year), []).append(r)
    return dict(sorted(groups.items()))


def ranking(
    records: Sequence[Record], suspicion: Suspicion, *, resamples: int, seed: int
) -> list[dict[str, Any]]:
    """AUROC of each system against human copy, at each size of text that the set allows."""
    rows = []
    for (language, system, year), machine in grouped(records).items():
        if all(r.round_trip for r in machine):
            human = machine
        else:
            human = [r for r in records if not r.translated and (r.clean or r.language == language)]
        if not human:
            continue
        levels: dict[str, Any] = {}
        for level in ("sentence", "chunk", "article"):
            sides = [
                [(document, suspicion(text)) for document, text in texts_of(side, level, twins=twins)]
                for side, twins in ((machine, False), (human, human is machine))
            ]
            if all(len(side) >= FEWEST for side in sides):
                value = auroc(*([s for _, s in side] for side in sides))
                sure = auroc_interval(*sides, resamples=resamples, seed=seed)
                levels[level] = {"value": value, "interval": sure, "texts": len(sides[0])}
        if levels:
            rows.append({"language": language, "system": system, "year": year, "levels": levels})
    return rows


def texts_of(records: Sequence[Record], level: str, *, twins: bool = False) -> Texts:
    """Document and text of each unit: the sentences, full chunks of ten, or articles.

    Sentences are joined as paragraphs. Sets of single sentences have no
    articles, sets of articles no sentences.
    """
    by_document: dict[tuple[str, str, str], list[Record]] = {}
    for r in records:
        by_document.setdefault((r.language, r.system, r.document), []).append(r)
    found: Texts = []
    for (_, _, document), members in by_document.items():
        members.sort(key=lambda r: r.place)
        texts = [(r.twin or "") if twins else r.text for r in members]
        if members[0].whole:
            found += [(document, t) for t in texts if level == "article"]
        elif level == "sentence":
            found += [(document, t) for t in texts]
        elif level == "article" and len(texts) > 1:
            found.append((document, "\n\n".join(texts)))
        elif level == "chunk":
            full = range(0, len(texts) - CHUNK + 1, CHUNK)
            found += [(document, "\n\n".join(texts[i : i + CHUNK])) for i in full]
    return found


def pair_tests(
    records: Sequence[Record], suspicion: Suspicion, *, resamples: int, seed: int
) -> tuple[dict[str, dict[str, Any]], dict[str, list[float]]]:
    """The share of pairs won, by system and by kind, and the counts of each document."""
    groups: dict[str, dict[str, list[float]]] = {}
    documents: dict[str, list[float]] = {}
    for record, twin in twins_of(records):
        won = pair_outcome(suspicion(record.text), suspicion(twin))
        tied = won == 0.5
        name = " ".join(x for x in (record.language, record.system, record.year) if x) or "all"
        for group in filter(None, (name, f"kind {record.kind}" if record.kind else "")):
            _add(groups.setdefault(group, {}), record.document, won, tied=tied)
        _add(documents, record.document, won, tied=tied)
    rows = {}
    for name, table in sorted(groups.items()):
        total = [sum(r[i] for r in table.values()) for i in range(3)]
        sure = intervals(
            list(table.values()), ("pairs", "wins", "ties"), {"won": win_rate}, resamples=resamples, seed=seed
        )
        rows[name] = {
            "pairs": int(total[0]),
            "ties": int(total[2]),
            "won": number(win_rate({"pairs": total[0], "wins": total[1]})),
            "interval": sure["won"],
        }
    return rows, documents


def _add(table: dict[str, list[float]], document: str, won: float, *, tied: bool) -> None:
    row = table.setdefault(document, [0.0, 0.0, 0.0])
    row[0] += 1
    row[1] += won
    row[2] += tied


def twins_of(records: Sequence[Record]) -> Iterator[tuple[Record, str]]:
    """Each translated record with its twin, or else the human version of the same place."""
    human: dict[tuple[str, str, int], str] = {}
    for r in records:
        if not r.translated and not r.clean:
            human.setdefault((r.language, r.document, r.place), r.text)
    for r in records:
        if not r.translated or r.clean:
            continue
        twin = r.twin if r.twin is not None else human.get((r.language, r.document, r.place))
        if twin is not None:
            yield r, twin
