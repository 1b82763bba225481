"""How sure a number is: documents drawn again with replacement, ratios taken of the sums.

Documents, not sentences, since the sentences of one article share their
names and their subject. The same seed gives the same numbers.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from mtcheck.evaluate.ratios import number

SEED = 20261123
RESAMPLES = 1000

Interval = tuple[float, float]


def resampled_sums(rows: Any, *, resamples: int = RESAMPLES, seed: int = SEED) -> Any:
    """The sums of `rows` (documents by counts) in each resample: resamples by counts."""
    import numpy as np

    table = np.asarray(rows, dtype=float)
    return np.vstack([times @ table for times in draws(len(table), resamples=resamples, seed=seed)])


def draws(documents: int, *, resamples: int, seed: int) -> Iterator[Any]:
    """Of each resample, how often each document was drawn."""
    import numpy as np

    rng = np.random.default_rng(seed)
    for _ in range(resamples):
        yield np.bincount(rng.integers(documents, size=documents), minlength=documents)


def interval(values: Any) -> Interval | None:
    """The middle 95 % of resampled values; None where fewer than half could be worked out."""
    import numpy as np

    known = np.asarray(values, dtype=float)
    known = known[~np.isnan(known)]
    if len(known) * 2 < len(values) or not len(known):
        return None
    low, high = np.percentile(known, [2.5, 97.5])
    return float(low), float(high)


def intervals(
    rows: Sequence[Sequence[float]],
    fields: Sequence[str],
    ratios: Mapping[str, Callable[[Mapping[str, Any]], Any]],
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> dict[str, Interval | None]:
    """The interval of each ratio; every one None with fewer than two documents."""
    if len(rows) < 2:
        return dict.fromkeys(ratios)
    sums = resampled_sums(rows, resamples=resamples, seed=seed)
    columns = {name: sums[:, i] for i, name in enumerate(fields)}
    return {name: interval(ratio(columns)) for name, ratio in ratios.items()}


def paired_difference(
    before: Sequence[Sequence[float]],
    after: Sequence[Sequence[float]],
    fields: Sequence[str],
    ratio: Callable[[Mapping[str, Any]], Any],
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> tuple[float, Interval, float] | None:
    """Difference of a ratio, its interval and the two-sided p; the same documents in the same order.

    Both are drawn by the same dice, so what is hard for both cancels out. p is
    twice the smaller share of resamples on either side of 0, at least 1/resamples.
    """
    import numpy as np

    if len(before) < 2:
        return None
    sums = [resampled_sums(rows, resamples=resamples, seed=seed) for rows in (before, after)]
    old, new = (ratio({name: s[:, i] for i, name in enumerate(fields)}) for s in sums)
    old_all, new_all = (
        number(ratio(dict(zip(fields, np.asarray(rows, dtype=float).sum(axis=0), strict=True))))
        for rows in (before, after)
    )
    differences = np.asarray(new - old)
    span = interval(differences)
    if old_all is None or new_all is None or span is None:
        return None
    known = differences[~np.isnan(differences)]
    if not known.any():
        return new_all - old_all, span, 1.0
    below, above = float((known <= 0).mean()), float((known >= 0).mean())
    return new_all - old_all, span, min(1.0, max(2 * min(below, above), 1 / resamples))
