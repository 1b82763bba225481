"""Surprisal arithmetic and the protocol of whatever scores a document. No torch here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from mtcheck.text import Document, Span


@dataclass(frozen=True, slots=True)
class TokenScore:
    """What a masked language model thinks of one word, all its tokens hidden.

    `surprisal` and `entropy` are in bits; `rank` is 1 for the model's first
    choice, `gap` the bits by which that choice is likelier, both counted on the
    word's first token; `expected` are its best fillers.
    `frequency_bits` is the word's surprisal without context, in bits;
    `alternatives` are other words tried at its place, with their bits;
    `suspicion` is the artefact head's probability, 0 to 1, with nothing hidden;
    `rarity` the bits by which the rarer of its two pairs with a neighbour lies
    below chance, 0 if neither does;
    `translated` the log-odds, in nats, that the passage around the word came out
    of a machine; `chance` the calibrated probability that a reader would mark it.
    Each is None where the model can't read the word, or did not hide it because
    nothing was suspicious: a missing score is no number.
    """

    span: Span
    surprisal: float | None
    entropy: float | None = None
    rank: int | None = None
    gap: float | None = None
    expected: tuple[str, ...] = ()
    frequency_bits: float | None = None
    alternatives: tuple[tuple[str, float], ...] = ()
    suspicion: float | None = None
    translated: float | None = None
    chance: float | None = None
    rarity: float | None = None

    @property
    def excess(self) -> float | None:
        """Bits by which context makes the word less likely than its own frequency does."""
        if self.surprisal is None or self.frequency_bits is None:
            return None
        return self.surprisal - self.frequency_bits


class Scorer(Protocol):
    """Scores the words of a document.

    `signature` names everything that shapes a score; `thresholds` are the
    model's own numbers for the detectors, name -> value.
    """

    @property
    def signature(self) -> str:
        """Changes whenever a score may."""
        ...

    @property
    def thresholds(self) -> Mapping[str, float]:
        """See above."""
        ...

    def score(
        self,
        doc: Document,
        alternatives: Mapping[Span, tuple[str, ...]] | None = None,
        *,
        paragraphs: Collection[Span] | None = None,
    ) -> tuple[TokenScore, ...]:
        """Return one TokenScore for each of `doc.words`, in order.

        With `paragraphs`, some of `doc.paragraphs`, words outside them get empty scores.
        """
        ...
