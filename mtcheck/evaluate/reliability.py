"""Whether a probability of 0.8 means eight in ten: the reliability table and its mean distance."""

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10


@dataclass(frozen=True)
class Bin:
    """Findings whose probability lies in `low <= p < high` (the last bin holds 1 too)."""

    low: float
    high: float
    findings: int
    mean: float
    observed: float


def reliability(judged: Sequence[tuple[float, bool]], *, bins: int = BINS) -> tuple[Bin, ...]:
    """The bins that hold a finding, from pairs of probability and whether it touched a label."""
    held: dict[int, list[tuple[float, bool]]] = {}
    for p, hit in judged:
        held.setdefault(min(int(p * bins), bins - 1), []).append((p, hit))
    return tuple(
        Bin(
            i / bins,
            (i + 1) / bins,
            len(rows),
            sum(p for p, _ in rows) / len(rows),
            sum(hit for _, hit in rows) / len(rows),
        )
        for i, rows in sorted(held.items())
    )


def expected_calibration_error(table: Sequence[Bin]) -> float | None:
    """Mean distance between what was said and what was observed, weighted by findings.

    >>> expected_calibration_error(reliability([(0.9, True), (0.9, False), (0.2, False)]))
    0.3333333333333333
    """
    total = sum(b.findings for b in table)
    if not total:
        return None
    return sum(b.findings * abs(b.mean - b.observed) for b in table) / total
