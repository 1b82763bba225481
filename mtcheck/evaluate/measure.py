"""What each detector found, in counts: the precision that `mtcheck.check` gives to its findings."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mtcheck.detectors import DETECTORS
from mtcheck.evaluate.outcomes import Checked
from mtcheck.findings import Detector


@dataclass
class Tally:
    """Counts over records: `hits` are findings that touch a label, `on_clean` those in clean copy."""

    clean_words: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    hits: Counter[str] = field(default_factory=Counter)
    on_clean: Counter[str] = field(default_factory=Counter)

    def noise(self, detector: str | None = None) -> float | None:
        """Findings per 1,000 words of clean copy, of one detector or all; None without clean copy."""
        if not self.clean_words:
            return None
        found = self.on_clean.total() if detector is None else self.on_clean[detector]
        return 1000 * found / self.clean_words

    def precision(self, detector: str) -> float | None:
        """Share of a detector's findings that touch a label; None if it found nothing.

        Shrunk towards one half by one imaginary hit and one miss, so that few
        findings never read as certainty.
        """
        if not self.findings[detector]:
            return None
        return (self.hits[detector] + 1) / (self.findings[detector] + 2)


def tally(checked: Iterable[Checked]) -> Tally:
    """Count the findings of labelled and clean records; where nobody looked there is nothing to count."""
    told = Tally()
    for item in checked:
        record = item.record
        if not (record.labelled or record.clean):
            continue
        told.clean_words += item.outcome.words if record.clean else 0
        for finding in item.outcome.found:
            told.findings[finding.detector] += 1
            if any(finding.span.overlaps(m.span) for m in record.marked):
                told.hits[finding.detector] += 1
            if record.clean:
                told.on_clean[finding.detector] += 1
    return told


def precision_table(counts: Tally, detectors: Sequence[Detector] = DETECTORS) -> str:
    """The measured precision of each detector, as `mtcheck.check` reads it."""
    measured = {d.id: counts.precision(d.id) for d in detectors}
    table = {
        "how": "mtcheck eval corpora/news-first --split dev --write-precision mtcheck/precision.json",
        "precision": {k: round(v, 3) for k, v in sorted(measured.items()) if v is not None},
    }
    return json.dumps(table, indent=1) + "\n"
