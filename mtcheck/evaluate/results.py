"""The whole measurement as one JSON-shaped table, which every way of output reads."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from mtcheck.evaluate.bootstrap import RESAMPLES, SEED, intervals
from mtcheck.evaluate.noise import noise, operating_points
from mtcheck.evaluate.outcomes import Checked, Checker, Found
from mtcheck.evaluate.pairs import pair_tests, ranking
from mtcheck.evaluate.ratios import hit_rate, number, precision
from mtcheck.evaluate.readings import MTCHECK_UNION, against_all, by_document, summary
from mtcheck.evaluate.records import Record
from mtcheck.evaluate.references import reference_scores
from mtcheck.evaluate.reliability import expected_calibration_error, reliability
from mtcheck.text import Span

VERSION = 1


def measured(
    records: Sequence[Record],
    checker: Checker,
    *,
    thresholds_from: Sequence[Record] = (),
    references: bool = False,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> dict[str, Any]:
    """Check every record and work out all that can be said of them.

    Where `records` hold no clean copy there is no noise, and the operating
    points stand on `thresholds_from` alone.
    """
    checked = [checker.checked(r) for r in records]
    elsewhere = [checker.checked(r) for r in thresholds_from if r.clean]
    clean = [c for c in checked if c.record.clean]
    points = operating_points(clean, elsewhere, resamples=resamples, seed=seed)
    sets: dict[str, list[Checked]] = {}
    for c in checked:
        sets.setdefault(c.record.dataset, []).append(c)
    return {
        "version": VERSION,
        "signature": checker.signature,
        "seed": seed,
        "resamples": resamples,
        "noise": noise(clean, resamples=resamples, seed=seed) if clean else None,
        "operating_points": points,
        "datasets": {
            name: _dataset(
                members, checker, points, clean, references=references, resamples=resamples, seed=seed
            )
            for name, members in sets.items()
        },
    }


def _dataset(
    members: Sequence[Checked],
    checker: Checker,
    points: Sequence[Mapping[str, Any]],
    clean: Sequence[Checked],
    *,
    references: bool,
    resamples: int,
    seed: int,
) -> dict[str, Any]:
    records = [c.record for c in members]
    labelled = [c for c in members if c.record.labelled]
    told: dict[str, Any] = {
        "texts": len(records),
        "documents": len({r.document for r in records}),
        "words": sum(c.outcome.words for c in members),
        "findings": sum(len(c.outcome.found) for c in members),
        "labelled": bool(labelled),
    }
    if any(c.record.marked for c in labelled if c.record.translated):
        told |= _labelled(labelled, points, clean, resamples=resamples, seed=seed)

    def suspicion(text: str) -> float:
        return checker.outcome(text).suspicion

    ranked = ranking(records, suspicion, resamples=resamples, seed=seed)
    if ranked:
        told["auroc"] = ranked
    won, documents = pair_tests(records, suspicion, resamples=resamples, seed=seed)
    if won:
        told |= {"pairs": won, "pairs_by_document": documents}
    if references:
        scores = reference_scores(records)
        if scores:
            told["references"] = scores
    return told


def _labelled(
    members: Sequence[Checked],
    points: Sequence[Mapping[str, Any]],
    clean: Sequence[Checked],
    *,
    resamples: int,
    seed: int,
) -> dict[str, Any]:
    """What was labelled. Human translations stand among the systems only: mtcheck is for the machine's."""
    everyone, members = members, [c for c in members if c.record.translated or c.record.clean]
    tables = by_document(members)
    table = reliability(
        [
            (f.probability, any(f.span.overlaps(m.span) for m in c.record.marked))
            for c in members
            for f in c.outcome.found
            if f.probability is not None
        ]
    )
    groups: dict[str, dict[str, Any]] = {}
    for field in ("language", "system", "year"):
        parts = _parts(everyone, field)
        if len(parts) > 1 or (field == "year" and parts):
            groups[field] = {
                name: summary(against_all(part), resamples=resamples, seed=seed)
                for name, part in parts.items()
            }
    return {
        "readings": {n: summary(t, resamples=resamples, seed=seed) for n, t in tables.items()},
        "at_points": [
            {
                "target": p["target"],
                **summary(against_all(members, threshold=p["threshold"]), resamples=resamples, seed=seed),
            }
            for p in points
        ],
        "groups": groups,
        "label_categories": _label_categories(members, resamples=resamples, seed=seed),
        "detectors": _found_by(members, lambda f: f.detector, resamples=resamples, seed=seed),
        "finding_categories": _found_by(members, lambda f: f.category, resamples=resamples, seed=seed),
        "reliability": [asdict(b) for b in table],
        "calibration_error": expected_calibration_error(table),
        "curve": _curve(members, clean),
        "by_document": {d: list(c) for d, c in tables[MTCHECK_UNION].items()},
    }


def _parts(members: Iterable[Checked], field: str) -> dict[str, list[Checked]]:
    parts: dict[str, list[Checked]] = {}
    for c in members:
        name = str(getattr(c.record, field))
        if name:
            parts.setdefault(name, []).append(c)
    return dict(sorted(parts.items()))


def _label_categories(members: Iterable[Checked], *, resamples: int, seed: int) -> dict[str, dict[str, Any]]:
    tables: dict[str, dict[str, list[float]]] = {}
    for c in members:
        for span, category in sorted({(m.span, m.category) for m in c.record.marked}):
            row = tables.setdefault(category, {}).setdefault(c.record.document, [0.0, 0.0])
            row[0] += 1
            row[1] += any(f.span.overlaps(span) for f in c.outcome.found)
    told = {}
    for category, rows in sorted(tables.items()):
        labels, touched = (sum(r[i] for r in rows.values()) for i in (0, 1))
        sure = intervals(
            list(rows.values()), ("labels", "touched"), {"hit": hit_rate}, resamples=resamples, seed=seed
        )
        rate = number(hit_rate({"labels": labels, "touched": touched}))
        told[category] = {"labels": int(labels), "hit_rate": rate, "interval": sure["hit"]}
    return told


def _found_by(
    members: Iterable[Checked], key: Callable[[Found], str], *, resamples: int, seed: int
) -> dict[str, dict[str, Any]]:
    """Findings, hits and labels touched by each detector, or by each category of finding."""
    tables: dict[str, dict[str, list[float]]] = {}
    labels = 0
    for c in members:
        spans = {m.span for m in c.record.marked}
        labels += len(spans)
        kinds: dict[str, list[Span]] = {}
        for f in c.outcome.found:
            kinds.setdefault(key(f), []).append(f.span)
        for kind, found in kinds.items():
            row = tables.setdefault(kind, {}).setdefault(c.record.document, [0.0, 0.0, 0.0])
            row[0] += len(found)
            row[1] += sum(any(f.overlaps(s) for s in spans) for f in found)
            row[2] += sum(any(f.overlaps(s) for f in found) for s in spans)
    told = {}
    fields = ("found", "hits", "touched")
    for kind, rows in sorted(tables.items()):
        found_, hits, touched = (int(sum(r[i] for r in rows.values())) for i in range(3))
        sure = intervals(
            list(rows.values()), fields, {"precision": precision}, resamples=resamples, seed=seed
        )
        told[kind] = {
            "findings": found_,
            "hits": hits,
            "precision": hits / found_,
            "interval": sure["precision"],
            "hit_rate": touched / labels,
        }
    return told


def _curve(members: Sequence[Checked], clean: Sequence[Checked]) -> list[dict[str, Any]]:
    """Precision, share of labels and noise at every probability that a finding has."""
    judged, best, labels = [], [], 0
    for c in members:
        spans = {m.span for m in c.record.marked}
        labels += len(spans)
        judged += [(f.sure, any(f.span.overlaps(s) for s in spans)) for f in c.outcome.found]
        touching = ([f.sure for f in c.outcome.found if f.span.overlaps(s)] for s in spans)
        best += [max(p) for p in touching if p]
    noisy = [f.sure for c in clean for f in c.outcome.found]
    words = sum(c.outcome.words for c in clean)
    rows = []
    for threshold in sorted({p for p, _ in judged}, reverse=True):
        kept = [hit for p, hit in judged if p >= threshold]
        rows.append(
            {
                "threshold": threshold,
                "precision": sum(kept) / len(kept),
                "hit_rate": sum(p >= threshold for p in best) / labels,
                "noise": 1000 * sum(p >= threshold for p in noisy) / words if words else None,
            }
        )
    return rows
