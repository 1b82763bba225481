"""Whether suspicion ranks machine translation above human copy: AUROC and the pair test."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mtcheck.evaluate.bootstrap import draws, interval
from mtcheck.evaluate.ratios import number
from mtcheck.findings import Report


def suspicion(report: Report) -> float:
    """How suspicious a text is: the probability that a machine translated it, where a model says.

    Else the sum of its findings' probabilities per 1,000 words, one half for a
    finding without; that also breaks ties. A text without words is not suspicious.
    """
    words = len(report.doc.words)
    if not words:
        return 0.0
    found = 1000 * sum(0.5 if f.score is None else f.score for f in report.findings) / words
    return found if report.translated is None else 1e6 * report.translated + found


def auroc(translated: Sequence[float], human: Sequence[float]) -> float | None:
    """The chance that a translated text scores above a human one; ties count half.

    >>> auroc([2.0, 1.0], [1.0, 0.0])
    0.875
    """
    import numpy as np

    sides = _places(translated, human)
    return number(_auroc(*(np.bincount(at, minlength=sides.distinct) for at in sides.places)))


@dataclass(frozen=True)
class _Sides:
    """The places of both sides' scores in their common order, ties at one place."""

    distinct: int
    places: tuple[Any, Any]


def _places(translated: Sequence[float], human: Sequence[float]) -> _Sides:
    import numpy as np

    values, places = np.unique(np.asarray([*translated, *human], dtype=float), return_inverse=True)
    return _Sides(len(values), (places[: len(translated)], places[len(translated) :]))


def _auroc(translated: Any, human: Any) -> Any:
    """From how many of each side stand at each place; nan where a side is empty."""
    import numpy as np

    below = np.cumsum(human) - human
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.true_divide((translated * (below + human / 2)).sum(), translated.sum() * human.sum())


def auroc_interval(
    translated: Sequence[tuple[str, float]],
    human: Sequence[tuple[str, float]],
    *,
    resamples: int,
    seed: int,
) -> tuple[float, float] | None:
    """The middle 95 % when documents, with all their texts, are drawn again."""
    import numpy as np

    names = sorted({d for d, _ in (*translated, *human)})
    if len(names) < 2:
        return None
    index = {name: i for i, name in enumerate(names)}
    owners = [np.asarray([index[d] for d, _ in side]) for side in (translated, human)]
    sides = _places([s for _, s in translated], [s for _, s in human])
    values = []
    for times in draws(len(names), resamples=resamples, seed=seed):
        pulled = (
            np.bincount(at, times[owner], sides.distinct)
            for at, owner in zip(sides.places, owners, strict=True)
        )
        values.append(_auroc(*pulled))
    return interval(values)


def pair_outcome(translated: float, human: float) -> float:
    """1 if the translated version looks worse than its human twin, one half for a tie."""
    return 1.0 if translated > human else 0.5 if translated == human else 0.0
