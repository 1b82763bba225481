"""Findings per 1,000 words of clean copy, the number that decides whether mtcheck is left on."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from mtcheck.evaluate.bootstrap import intervals
from mtcheck.evaluate.operating import POINTS, finds_thresholds, percentile, threshold_for
from mtcheck.evaluate.outcomes import Checked
from mtcheck.evaluate.ratios import Fields, number


def per_1000(c: Fields) -> Any:
    """Findings per 1,000 words."""
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        return np.true_divide(1000 * np.asarray(c["findings"]), c["words"])


def noise(
    clean: Sequence[Checked], *, threshold: float | None = 0.0, resamples: int, seed: int
) -> dict[str, Any]:
    """Noise on clean records: overall, the noisiest documents, by detector and by category."""
    rows: dict[str, list[float]] = {}
    detectors: Counter[str] = Counter()
    categories: Counter[str] = Counter()
    for item in clean:
        found = item.outcome.above(threshold)
        row = rows.setdefault(f"{item.record.dataset}/{item.record.document}", [0.0, 0.0])
        row[0] += item.outcome.words
        row[1] += len(found)
        detectors.update(f.detector for f in found)
        categories.update(f.category for f in found)
    words = sum(r[0] for r in rows.values())
    findings = sum(r[1] for r in rows.values())
    rates = [1000 * f / w for w, f in rows.values() if w]
    sure = intervals(
        list(rows.values()), ("words", "findings"), {"noise": per_1000}, resamples=resamples, seed=seed
    )
    return {
        "documents": len(rows),
        "words": int(words),
        "findings": int(findings),
        "per_1000": number(per_1000({"words": words, "findings": findings})) if words else None,
        "interval": sure["noise"],
        "p95": percentile(rates, 0.95),
        "detectors": {d: _rate(n, words) for d, n in sorted(detectors.items())},
        "categories": {c: _rate(n, words) for c, n in sorted(categories.items())},
        "by_document": rows,
    }


def _rate(findings: int, words: float) -> dict[str, float]:
    return {"findings": findings, "per_1000": 1000 * findings / words}


def operating_points(
    clean: Sequence[Checked], elsewhere: Sequence[Checked], *, resamples: int, seed: int
) -> list[dict[str, Any]]:
    """Threshold and noise at 0.5, 1 and 2 findings per 1,000 words; empty without clean copy.

    Thresholds come from `elsewhere`; where that is empty, from half of `clean`,
    and the noise is then measured on the other half.
    """
    finding = elsewhere or [c for c in clean if finds_thresholds(c.record.document)]
    telling = clean if elsewhere else [c for c in clean if not finds_thresholds(c.record.document)]
    words = sum(c.outcome.words for c in finding)
    if not words:
        return []
    probabilities = [f.sure for c in finding for f in c.outcome.found]
    points = []
    for target in POINTS:
        threshold = threshold_for(target, probabilities, words)
        point: dict[str, Any] = {"target": target, "threshold": threshold, "found_on_words": words}
        if telling:
            told = noise(telling, threshold=threshold, resamples=resamples, seed=seed)
            point |= {k: told[k] for k in ("words", "findings", "per_1000", "interval", "p95")}
        points.append(point)
    return points
