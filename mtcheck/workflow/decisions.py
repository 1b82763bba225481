"""What editors decided -> how often a detector is right on this desk's copy.

The precision that ships was measured on our articles; a desk that reads another
kind of copy learns its own from what its editors accepted and rejected. The
shipped figure stands for PRIOR findings, so that three clicks change little.

Source: the mean of a beta distribution after so many successes and failures.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

PRIOR = 20
# A detector that was never measured is taken to be right every other time.
UNKNOWN = 0.5


@dataclass(frozen=True)
class Estimate:
    """A detector's precision before and after so many decisions."""

    detector: str
    accepted: int
    rejected: int
    before: float | None
    after: float


def estimates(counts: Mapping[tuple[str, bool], int], shipped: Mapping[str, float]) -> tuple[Estimate, ...]:
    """One estimate for each detector that was decided on, by name.

    >>> estimates({("exonym", True): 60, ("exonym", False): 20}, {"exonym": 0.95})[0].after
    0.79
    """
    found = []
    for detector in sorted({d for d, _ in counts}):
        accepted, rejected = counts.get((detector, True), 0), counts.get((detector, False), 0)
        before = shipped.get(detector)
        prior = UNKNOWN if before is None else before
        after = (prior * PRIOR + accepted) / (PRIOR + accepted + rejected)
        found.append(Estimate(detector, accepted, rejected, before, round(after, 3)))
    return tuple(found)


def count(files: Iterable[Path], known: Iterable[str]) -> Counter[tuple[str, bool]]:
    """(detector, accepted) -> number, from JSON Lines as `mtcheck serve` exports them.

    Raises ValueError, naming file and line.
    """
    ids = frozenset(known)
    counts: Counter[tuple[str, bool]] = Counter()
    for file in files:
        try:
            lines = file.read_text("utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(f"{file}: can't be read ({getattr(error, 'strerror', None) or error})") from None
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                detector, accepted = row["detector"], row["accepted"]
            except (ValueError, KeyError, TypeError, RecursionError):
                detector = accepted = None
            if not isinstance(accepted, bool) or not isinstance(detector, str):
                raise ValueError(
                    f"{file}:{number}: no decision; a line is an object with “detector” and “accepted”"
                )
            if detector in ids:
                counts[detector, accepted] += 1
    return counts


def as_table(found: Iterable[Estimate]) -> str:
    """The file that `--precision` takes."""
    table = {"how": "mtcheck decisions", "precision": {e.detector: e.after for e in found}}
    return json.dumps(table, indent=1) + "\n"


def load_precision(file: Path) -> dict[str, float]:
    """Detector -> precision, from what `as_table` made. Raises ValueError, naming the file."""
    wrong = f"{file}: no table of precision; mtcheck decisions writes one"
    try:
        table = json.loads(file.read_text("utf-8"))["precision"]
    except OSError as error:
        raise ValueError(f"{file}: can't be read ({error.strerror})") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ValueError(wrong) from None
    if not isinstance(table, dict) or not all(
        isinstance(v, int | float) and not isinstance(v, bool) and 0 <= v <= 1 for v in table.values()
    ):
        raise ValueError(wrong)
    return {k: float(v) for k, v in table.items()}
