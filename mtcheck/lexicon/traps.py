"""Words that translators' machines confuse: a form, and what was probably meant.

A row is a prior for the language model, never a verdict: the model has to find
one of the meant words far likelier at the place than the word that stands there.
"""

from dataclasses import dataclass
from functools import cache

from mtcheck.lexicon import tables
from mtcheck.text import Document, Span

COLUMNS = ("word", "meant", "language", "foreign")


@dataclass(frozen=True, slots=True)
class Trap:
    """`meant` are English words; `foreign` is the word that means both, in `language`."""

    word: str
    meant: tuple[str, ...]
    language: str
    foreign: str


@cache
def load_traps() -> dict[str, Trap]:
    """Return the traps by lower-case word. Raises ValueError on a bad row."""
    return {
        word: Trap(word, tuple(meant.split(",")), language, foreign)
        for word, meant, language, foreign in tables.rows("traps.tsv", COLUMNS)
    }


def alternatives(doc: Document) -> dict[Span, tuple[str, ...]]:
    """The words of `doc` that are traps, each with the words to try in its place."""
    traps = load_traps()
    return {w: traps[doc[w]].meant for w in doc.words if doc[w] in traps}
