"""Whether suspicion ranks machine translation above human copy: AUROC and the pair test."""

from collections.abc import Sequence
from typing import Any

from mtcheck.findings import Report


def suspicion(report: Report) -> float:
    """How suspicious a text is: the sum of its findings' probabilities per 1,000 words.

    A finding without a probability counts as one half. A text without words is not suspicious.
    The one place to put a better score of a whole text.
    """
    words = len(report.doc.words)
    if not words:
        return 0.0
    return 1000 * sum(0.5 if f.score is None else f.score for f in report.findings) / words


def auroc(translated: Sequence[float], human: Sequence[float]) -> float | None:
    """The chance that a translated text scores above a human one; ties count half.

    >>> auroc([2.0, 1.0], [1.0, 0.0])
    0.875
    """
    if not len(translated) or not len(human):
        return None
    import numpy as np

    return float(_auroc(np.asarray(translated), np.asarray(human), None, None))


def _auroc(translated: Any, human: Any, t_weights: Any, h_weights: Any) -> Any:
    """Weighted by rows of draws where weights are given: one number a row."""
    import numpy as np

    values = np.unique(np.concatenate([translated, human]))
    t_at, h_at = np.searchsorted(values, translated), np.searchsorted(values, human)
    if t_weights is None:
        t_hist, h_hist = np.bincount(t_at, minlength=len(values)), np.bincount(h_at, minlength=len(values))
        below = np.cumsum(h_hist) - h_hist
        return (t_hist * (below + h_hist / 2)).sum() / (len(translated) * len(human))
    t_hist = np.vstack([np.bincount(t_at, w, len(values)) for w in t_weights])
    h_hist = np.vstack([np.bincount(h_at, w, len(values)) for w in h_weights])
    below = np.cumsum(h_hist, axis=1) - h_hist
    with np.errstate(divide="ignore", invalid="ignore"):
        return (t_hist * (below + h_hist / 2)).sum(axis=1) / (t_hist.sum(axis=1) * h_hist.sum(axis=1))


def auroc_interval(
    translated: Sequence[tuple[str, float]],
    human: Sequence[tuple[str, float]],
    *,
    resamples: int,
    seed: int,
) -> tuple[float, float] | None:
    """The middle 95 % when documents, with all their texts, are drawn again."""
    import numpy as np

    from mtcheck.evaluate.bootstrap import interval

    names = sorted({d for d, _ in (*translated, *human)})
    if len(names) < 2:
        return None
    index = {name: i for i, name in enumerate(names)}
    draws = np.random.default_rng(seed).multinomial(
        len(names), np.full(len(names), 1 / len(names)), size=resamples
    )
    scores, weights = [], []
    for side in (translated, human):
        scores.append(np.asarray([s for _, s in side]))
        weights.append(draws[:, [index[d] for d, _ in side]])
    return interval(_auroc(scores[0], scores[1], weights[0], weights[1]))


def pair_outcome(translated: float, human: float) -> float:
    """1 if the translated version looks worse than its human twin, one half for a tie."""
    return 1.0 if translated > human else 0.5 if translated == human else 0.0
