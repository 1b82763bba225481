"""Which neighbours speak for a trap word, and which for the word that was meant.

For each pair the table holds, per neighbour, the bits by which it favours the
meant word: positive speaks for the meant word, negative for the word that
stands there. The prior of a pair that sound copy often looks like is lower than its
counts say, by what keeps it quiet there. Counted from a corpus of edited English by
`python -m mtcheck.training.contexts`; a count of words, no sentence of it.

Source: A. Golding and D. Roth, "A Winnow-based approach to context-sensitive
spelling correction" (1999), for the features; naive Bayes for the sum.
"""

import lzma
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

TABLE = "trap_contexts.tsv.xz"
# Words on each side that count as neighbours without regard to their place.
BAG = 20
# Neighbours of one sentence repeat one another, so each of the bag counts half;
# no single neighbour may decide alone beyond this many bits.
BAG_WEIGHT = 0.5
CLIP = 6.0
PRIOR = ""


_ENDINGS = ("ing", "ed", "es", "s", "e")


def stem(word: str) -> str:
    """Lower-case, without a common ending; at least four letters stay.

    >>> [stem(w) for w in ("Exchanging", "exchanged", "trades", "bus")]
    ['exchang', 'exchang', 'trad', 'bus']
    """
    word = word.lower()
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def features(words: Sequence[str], at: int) -> Iterator[tuple[str, float]]:
    """Yield the neighbours of word `at`, with their weights.

    >>> sorted(dict(features(["go", "on", "exchanging", "beards", "now"], 3)))
    ['+1 now', '-1 exchang', '-2 on', 'exchang', 'go', 'now', 'on']
    """
    for place in (-2, -1, 1, 2):
        if 0 <= at + place < len(words):
            yield f"{place:+d} {stem(words[at + place])}", 1.0
    near = {stem(w) for w in (*words[max(0, at - BAG) : at], *words[at + 1 : at + 1 + BAG])}
    for word in near:
        yield word, BAG_WEIGHT


@cache
def load_contexts() -> dict[tuple[str, str], dict[str, float]]:
    """Return (trap word, meant word) -> neighbour -> bits; the prior stands under ""."""
    raw = lzma.decompress((files("mtcheck") / "lexicon" / TABLE).read_bytes()).decode("utf-8")
    pairs: dict[tuple[str, str], dict[str, float]] = {}
    held: dict[str, float] = {}
    for line in raw.splitlines():
        if line.startswith("="):
            word, meant = line[1:].split("\t")
            held = pairs[word, meant] = {}
            continue
        name, bits = line.rsplit("\t", 1)
        held[name] = int(bits) / 10
    return pairs


def favour(words: Sequence[str], at: int, word: str, meant: str) -> float | None:
    """Bits by which the neighbours favour `meant` over `word`; None if the pair was never counted."""
    table = load_contexts().get((word, meant))
    return None if table is None else weigh(table, words, at)


def weigh(table: Mapping[str, float], words: Sequence[str], at: int) -> float:
    """Bits by which the neighbours of word `at` favour the meant word of `table`, with its prior."""
    bits = table[PRIOR]
    for name, weight in features(words, at):
        bits += weight * max(-CLIP, min(CLIP, table.get(name, 0.0)))
    return bits
