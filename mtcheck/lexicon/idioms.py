"""Idioms with fixed words, and verbs that need their particle before an object."""

from dataclasses import dataclass
from functools import cache

from mtcheck.lexicon import tables

COLUMNS = ("idiom", "telling")


@dataclass(frozen=True, slots=True)
class Idiom:
    """`words` are the accepted forms at each place; `telling` are places that stand for the idiom.

    A telling place is one where no other word was seen in a million words of
    clean news while the rest of the idiom stood unchanged.
    """

    words: tuple[tuple[str, ...], ...]
    telling: tuple[int, ...]

    @property
    def text(self) -> str:
        """The idiom in its basic form."""
        return " ".join(forms[0] for forms in self.words)


@cache
def load_idioms() -> tuple[Idiom, ...]:
    """Return the table. Raises ValueError on a bad row."""
    found = []
    for text, telling in tables.rows("idioms.tsv", COLUMNS):
        words = tuple(tuple(w.split("/")) for w in text.split())
        named = telling.split()
        # From the right, since a telling word that comes twice is the later one.
        last = {forms[0]: i for i, forms in enumerate(words)}
        places = tuple(last[w] for w in named if w in last)
        if len(places) != len(named) or not places:
            raise ValueError(f"idioms.tsv: {text}: a telling word is not in the idiom")
        found.append(Idiom(words, places))
    return tuple(found)


# Verb forms, the particles of which one has to follow "in", and what to put in.
FRAMES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("weigh in", ("weigh in", "weighs in", "weighed in", "weighing in"), "on the"),
    ("abide", ("abides", "abided"), "by the"),
    ("comply", ("comply", "complies", "complied", "complying"), "with the"),
    ("cope", ("cope", "copes", "coped", "coping"), "with the"),
    ("adhere", ("adhere", "adheres", "adhered", "adhering"), "to the"),
)
