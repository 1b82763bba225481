"""Thresholds that keep the noise at a promised rate, found on clean copy that is not measured again.

Half of the clean documents, chosen by a checksum of the name, find the
threshold, the other half say what the noise is. With `--thresholds-from` the
threshold comes from other copy altogether.
"""

import zlib
from collections.abc import Iterable, Sequence

POINTS = (0.5, 1.0, 2.0)


def finds_thresholds(document: str) -> bool:
    """Whether a clean document belongs to the half that thresholds are found on."""
    return zlib.crc32(document.encode()) % 2 == 0


def threshold_for(noise: float, probabilities: Iterable[float], words: int) -> float | None:
    """The lowest probability that leaves at most `noise` findings per 1,000 words of clean copy.

    0.0 where all may stand; None where even the surest findings are too many.
    `probabilities` are those of the findings on the clean copy.

    >>> threshold_for(1.0, [0.9, 0.8, 0.8], 1000)
    0.9
    """
    allowed = noise * words / 1000
    found = sorted(probabilities, reverse=True)
    if len(found) <= allowed:
        return 0.0
    kept = [p for i, p in enumerate(found) if i + 1 <= allowed and (i + 1 == len(found) or found[i + 1] < p)]
    return kept[-1] if kept else None


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value below which `share` of the values lie, between neighbours by straight line.

    >>> percentile([0.0, 1.0, 2.0], 0.75)
    1.5
    """
    if not values:
        return None
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)
