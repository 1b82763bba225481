"""Surprisal arithmetic and the protocol of whatever scores a document. No torch here."""

from collections.abc import Mapping
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
    `alternatives` are other words tried at its place, with their bits. Each is
    None where the model can't read the word: a missing score is no number.
    """

    span: Span
    surprisal: float | None
    entropy: float | None = None
    rank: int | None = None
    gap: float | None = None
    expected: tuple[str, ...] = ()
    frequency_bits: float | None = None
    alternatives: tuple[tuple[str, float], ...] = ()

    @property
    def excess(self) -> float | None:
        """Bits by which context makes the word less likely than its own frequency does."""
        if self.surprisal is None or self.frequency_bits is None:
            return None
        return self.surprisal - self.frequency_bits


class Scorer(Protocol):
    """Scores the words of a document."""

    signature: str

    def score(
        self, doc: Document, alternatives: Mapping[Span, tuple[str, ...]] | None = None
    ) -> tuple[TokenScore, ...]:
        """Return one TokenScore for each of `doc.words`, in order."""
        ...
