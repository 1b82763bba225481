"""How good a model is at English, before any detector: pseudo-perplexity and minimal pairs.

Source: J. Salazar and others, "Masked language model scoring" (2020), for
pseudo-log-likelihood; A. Warstadt and others, "BLiMP" (2020), for the test by pairs.
"""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mtcheck.scoring.surprisal import Scorer
from mtcheck.text import Document


@dataclass(frozen=True)
class Pair:
    """A sound sentence and its unsound twin."""

    phenomenon: str
    sound: str
    unsound: str


def read_pairs(file: Path) -> tuple[Pair, ...]:
    """Read tab-separated pairs below a heading. Raises OSError, or ValueError naming the line."""
    pairs = []
    with file.open(encoding="utf-8", newline="") as stream:
        for number, row in enumerate(csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            if len(row) != 3 or not all(row):
                raise ValueError(f"{file}:{number}: not three columns: phenomenon, sound, unsound")
            if number > 1:
                pairs.append(Pair(*row))
    return tuple(pairs)


def pseudo_log_likelihood(scorer: Scorer, doc: Document) -> tuple[float, int] | None:
    """Bits of all words together, and how many could be read; None if none could."""
    bits = [s.surprisal for s in scorer.score(doc) if s.surprisal is not None]
    return (sum(bits), len(bits)) if bits else None


def pseudo_perplexity(scorer: Scorer, texts: Iterable[str]) -> float | None:
    """Per word: 2 to the mean surprisal, in bits, of a word with all its tokens hidden."""
    total, words = 0.0, 0
    for text in texts:
        found = pseudo_log_likelihood(scorer, Document(text))
        if found is not None:
            total, words = total + found[0], words + found[1]
    return 2 ** (total / words) if words else None


def judged_right(scorer: Scorer, pairs: Iterable[Pair]) -> dict[str, tuple[int, int]]:
    """Phenomenon -> pairs whose sound sentence is likelier, and all pairs."""
    right, asked = Counter[str](), Counter[str]()
    for pair in pairs:
        sound = pseudo_log_likelihood(scorer, Document(pair.sound))
        unsound = pseudo_log_likelihood(scorer, Document(pair.unsound))
        asked[pair.phenomenon] += 1
        right[pair.phenomenon] += sound is not None and unsound is not None and sound[0] < unsound[0]
    return {p: (right[p], asked[p]) for p in asked}
