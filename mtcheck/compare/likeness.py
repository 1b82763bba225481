"""How alike sentences are: shared words, the rare ones counting most.

Words are cut to their first letters, so that "co-operated" and "cooperation"
meet. A word of many sentences says little, so it weighs little and proposes no
pairs; that keeps work and memory near linear in the number of sentences.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Stems = Mapping[str, int]

_STEM = 5
# Words of more sentences than this, or of one in ten, propose no pairs.
_FREQUENT = 20
_MOST_PARTNERS = 12


@dataclass(frozen=True)
class Likely:
    """Original sentence `old` may have become suspect sentence `new`."""

    old: int
    new: int
    likeness: float


def stem(word: str) -> str:
    """What is left of a word when its ending doesn't matter.

    >>> stem("Ministers'"), stem("ministry"), stem("1,500")
    ('minis', 'minis', '1500')
    """
    if word[:1].isdigit():
        return word.replace(",", "")
    return word.casefold().replace("’", "'").removesuffix("'s")[:_STEM]


class Likeness:
    """Compares the sentences of an original with those of a suspect, each given as its words."""

    def __init__(self, old: Sequence[Sequence[str]], new: Sequence[Sequence[str]]) -> None:
        self.old = [Counter(map(stem, words)) for words in old]
        self.new = [Counter(map(stem, words)) for words in new]
        self._in: Counter[str] = Counter(s for side in (self.old, self.new) for stems in side for s in stems)
        self._number = len(old) + len(new)

    def weight(self, stem_: str) -> float:
        """How much a shared word says: more for a rare one."""
        return math.log1p(self._number / max(1, self._in[stem_]))

    def mass(self, stems: Stems) -> float:
        """The weight of all words together."""
        return sum(n * self.weight(s) for s, n in stems.items())

    def of(self, old: Stems, new: Stems) -> float:
        """From 0, nothing shared, to 1, the same words (Dice, weighted)."""
        both = self.mass(old) + self.mass(new)
        return 2 * self.shared(old, new) / both if both else 0.0

    def shared(self, old: Stems, new: Stems) -> float:
        """The weight of what both have."""
        if len(old) > len(new):
            old, new = new, old
        return sum(min(n, new.get(s, 0)) * self.weight(s) for s, n in old.items())

    def likely(self, least: float) -> list[Likely]:
        """The pairs worth a look, in the order of both texts."""
        frequent = max(_FREQUENT, len(self.old) // 10)
        where: dict[str, list[int]] = defaultdict(list)
        for i, stems in enumerate(self.old):
            for s in stems:
                where[s].append(i)
        found = []
        for j, stems in enumerate(self.new):
            votes: dict[int, float] = defaultdict(float)
            for s in stems:
                places = where.get(s, ())
                if len(places) <= frequent:
                    for i in places:
                        votes[i] += self.weight(s)
            # Of equals, those near the same place in the text come first.
            at = j * len(self.old) / len(self.new)
            best = sorted(votes, key=lambda i: (-round(votes[i], 6), abs(i - at)))[:_MOST_PARTNERS]
            for i in best:
                value = self.of(self.old[i], stems)
                if value >= least:
                    found.append(Likely(i, j, value))
        return sorted(found, key=lambda p: (p.old, p.new))
