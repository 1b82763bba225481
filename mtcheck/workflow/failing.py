"""Which findings make a scan fail: `--fail-on exonym`, `--fail-on mistranslation:0.8`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from mtcheck.findings import Category, Finding


@dataclass(frozen=True)
class FailOn:
    """A detector's id or a category, and the probability from which on it counts."""

    name: str
    probability: float = 0.0

    def counts(self, finding: Finding, category: str) -> bool:
        """Whether the finding makes the scan fail; one without a score has probability 0."""
        named = self.name in (finding.detector, category)
        return named and (finding.score or 0.0) >= self.probability


def parsed(values: Sequence[str], ids: Collection[str]) -> tuple[FailOn, ...]:
    """Read the values of --fail-on. Raises ValueError with one line.

    >>> parsed(["exonym:0.8"], ["exonym"])
    (FailOn(name='exonym', probability=0.8),)
    """
    known = {*ids, *(c.value for c in Category)}
    found = []
    for part in (p.strip() for value in values for p in value.split(",") if p.strip()):
        name, colon, number = part.partition(":")
        if name not in known:
            raise ValueError(f"--fail-on: no detector or category “{name}”; mtcheck detectors lists both")
        try:
            probability = float(number) if colon else 0.0
        except ValueError:
            probability = -1.0
        if not 0.0 <= probability <= 1.0:
            raise ValueError(f"--fail-on: “{number}” is not a probability from 0 to 1")
        found.append(FailOn(name, probability))
    return tuple(found)
