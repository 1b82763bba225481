"""What mtcheck says of a text, kept: the same original is asked for once, not once a translation."""

from collections.abc import Sequence
from dataclasses import dataclass

from mtcheck.check import category_of, check
from mtcheck.detectors import DETECTORS
from mtcheck.evaluate.counts import Page
from mtcheck.evaluate.ranking import suspicion
from mtcheck.evaluate.records import Record
from mtcheck.findings import Detector, Profile
from mtcheck.scoring.surprisal import Scorer
from mtcheck.text import Document, Span


@dataclass(frozen=True, slots=True)
class Found:
    """A finding without its prose; `probability` is None where none was measured.

    For a threshold that is the least sure, for calibration it is no claim.
    """

    span: Span
    detector: str
    category: str
    probability: float | None

    @property
    def sure(self) -> float:
        """The probability, 0 where none was measured."""
        return self.probability or 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is left of a report: enough to count with, without the document."""

    words: int
    found: tuple[Found, ...]
    suspicion: float

    def above(self, threshold: float | None) -> tuple[Found, ...]:
        """The findings at least so probable; None means that no finding is sure enough."""
        if threshold is None:
            return ()
        return tuple(f for f in self.found if f.sure >= threshold)


@dataclass(frozen=True)
class Checked:
    """A record with what mtcheck says of it."""

    record: Record
    outcome: Outcome

    def page(self) -> Page:
        """The record's text, ready for counting."""
        return Page.of(Document(self.record.text))


class Checker:
    """Checks texts with the same detectors and scorer, and remembers the outcomes."""

    def __init__(
        self,
        *,
        detectors: Sequence[Detector] = DETECTORS,
        scorer: Scorer | None = None,
        profile: Profile = Profile.DEFAULT,
    ) -> None:
        self._profile = profile
        self._detectors = detectors
        self._scorer = scorer
        self._known: dict[str, Outcome] = {}
        self.signature = ""

    def outcome(self, text: str) -> Outcome:
        """The outcome of a text."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._checked(text)
        return known

    def checked(self, record: Record) -> Checked:
        """The record with its outcome."""
        return Checked(record, self.outcome(record.text))

    def _checked(self, text: str) -> Outcome:
        report = check(Document(text), detectors=self._detectors, scorer=self._scorer, profile=self._profile)
        self.signature = report.signature
        found = tuple(
            Found(f.span, f.detector, str(category_of(f.detector)), f.score) for f in report.findings
        )
        return Outcome(len(report.doc.words), found, suspicion(report))
