"""The contract: what a detector sees and what it reports."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mtcheck.lexicon.names import NameDictionary
from mtcheck.scoring.surprisal import TokenScore
from mtcheck.text import Document, Span


class Category(StrEnum):
    """What is wrong, in the words of MQM (themqm.org) where it has one."""

    ENTITY = "entity"
    MISTRANSLATION = "mistranslation"
    UNTRANSLATED = "untranslated"
    IDIOM = "idiom"
    TERMINOLOGY = "terminology"
    GRAMMAR = "grammar"
    PUNCTUATION = "punctuation"
    WHITESPACE = "whitespace"
    CAPITALIZATION = "capitalization"
    DUPLICATION = "duplication"
    INCONSISTENCY = "inconsistency"
    LOCALE = "locale-convention"
    ENCODING = "character-encoding"
    EXTRANEOUS = "extraneous"
    OMISSION = "omission"


class Profile(StrEnum):
    """How much noise the reader bears: findings per 1,000 words of clean copy."""

    CI = "ci"  # at most 0.5: a build fails by it
    DEFAULT = "default"  # at most 2
    THOROUGH = "thorough"  # at most 10: somebody reads every line anyway


# The names of the chance from which a word is worth a finding, among a model's thresholds.
LEAST_CHANCE = {
    Profile.CI: "suspect_wording_ci",
    Profile.DEFAULT: "suspect_wording",
    Profile.THOROUGH: "suspect_wording_thorough",
}


@dataclass(frozen=True)
class Evidence:
    """All that a detector may look at.

    `scores` is one TokenScore a word of `doc.words`, in order, or None when no
    model ran. `thresholds` are the model's own numbers, name -> value. `across` has
    spellings of names -> the spelling that more files of the run have. `profile` moves
    the thresholds of detectors that have several.
    """

    doc: Document
    scores: tuple[TokenScore, ...] | None
    names: NameDictionary
    thresholds: Mapping[str, float] = field(default_factory=dict)
    across: Mapping[str, str] = field(default_factory=dict)
    profile: Profile = Profile.DEFAULT

    @property
    def least_chance(self) -> float | None:
        """The chance from which the model's doubt of a word counts; None if it was never calibrated."""
        return self.thresholds.get(LEAST_CHANCE[self.profile])


@dataclass(frozen=True)
class Finding:
    """A suspicious span of `Document.text`.

    `score` is the calibrated probability that a reader would agree, or None
    where nothing was measured. `because` holds facts, name -> value.
    """

    span: Span
    detector: str
    message: str
    suggestions: tuple[str, ...] = ()
    because: Mapping[str, str | float] = field(default_factory=dict)
    score: float | None = None


@dataclass(frozen=True)
class Detector:
    """What looks for one pattern. `find` is pure: the same evidence, the same findings."""

    id: str
    category: Category
    find: Callable[[Evidence], Iterator[Finding]]
    needs_scores: bool = False


@dataclass(frozen=True)
class Report:
    """The findings of one document, ordered by place.

    `ran` are detector ids; `skipped` says of each other one why it did not run.
    `signature` names the version of everything that could change a finding.
    `translated` is the probability, 0 to 1, that a machine translated the whole,
    or None where no calibrated model looked or the text is too short to say.
    """

    doc: Document
    findings: tuple[Finding, ...]
    ran: tuple[str, ...]
    skipped: Mapping[str, str]
    signature: str
    translated: float | None = None
