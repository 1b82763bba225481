"""The two fits that calibration needs: a logistic sum, and a rising map from its value to a probability."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_STEPS = 30


def logistic(x: Array, y: Array, weight: Array, *, l2: float) -> Array:
    """Return weights (features,) of the logistic sum that best predicts `y` from `x` (rows, features).

    `y` lies between 0 and 1. Newton's method; `l2` keeps the weights small, in units of rows.
    """
    w = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        slope = x.T @ (weight * (p - y)) + l2 * w
        bend = (x.T * (weight * p * (1 - p))) @ x + l2 * np.eye(len(w))
        step = np.linalg.solve(bend, slope)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return w


# Shares of the rows above each edge of the map: finer where the surest words are.
TAIL_SHARES = (0.5, 0.3, 0.2, 0.1, 0.05, 0.03, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005)


def rising_map(doubt: Array, y: Array, weight: Array) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return points (doubts, chances), both rising: the mean of `y` in bins of `doubt`.

    Neighbouring bins that fall are pooled (pool adjacent violators); each bin
    is shrunk towards the mean of all by two rows.
    """
    order = np.argsort(doubt)
    doubt, y, weight = doubt[order], y[order], weight[order]
    cuts = [0, *(round(len(doubt) * (1 - s)) for s in TAIL_SHARES), len(doubt)]
    mean = float((y * weight).sum() / weight.sum())
    bins: list[list[float]] = []  # middle doubt x weight, marked weight, weight
    for start, end in pairwise(cuts):
        if end <= start:
            continue
        w = weight[start:end]
        two = 2 * float(w.mean())
        bins.append(
            [
                float((doubt[start:end] * w).sum()),
                float((y[start:end] * w).sum()) + two * mean,
                float(w.sum()),
            ]
        )
        while len(bins) > 1 and _chance(bins[-2], two) >= _chance(bins[-1], two):
            last = bins.pop()
            bins[-1] = [a + b for a, b in zip(bins[-1], last, strict=True)]
    points = [(b[0] / b[2], min(1.0, b[1] / (b[2] + 2 * float(weight.mean())))) for b in bins]
    return tuple(round(d, 4) for d, _ in points), tuple(round(c, 4) for _, c in points)


def _chance(bin_: list[float], two: float) -> float:
    return bin_[1] / (bin_[2] + two)
