"""What a scan says when all files are done: counts, and the state of the baseline."""

import sys
from collections import Counter
from collections.abc import Iterator

from mtcheck.cli.settings import Settings


def statistics_lines(counts: Counter[str]) -> Iterator[str]:
    """One line a detector, the most frequent first.

    >>> list(statistics_lines(Counter({"exonym": 2, "stray-stop": 12})))
    ['12  stray-stop', ' 2  exonym']
    """
    width = max((len(str(n)) for n in counts.values()), default=0)
    for detector, number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"{number:{width}}  {detector}"


def close_baseline(settings: Settings) -> None:
    """Write the baseline, or say how much of it is stale. Raises BaselineError."""
    baseline = settings.baseline
    if baseline is None:
        return
    if settings.update_baseline:
        number = baseline.write()
        print(f"mtcheck: note: {number} findings in the baseline", file=sys.stderr)
    elif stale := baseline.stale():
        print(
            f"mtcheck: note: {stale} findings of the baseline are gone; --update-baseline takes them out",
            file=sys.stderr,
        )
