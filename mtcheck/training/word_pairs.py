"""Counts which words stand side by side in edited English, and keeps the pairs that hardly ever do.

Run as `python -m mtcheck.training.word_pairs SHARD... APART OUT`: pairs are
counted in the shards; APART, a shard of its own, says how often clean copy
shows a rare pair of each class of words. Needs about 4 GB of memory.
"""

import lzma
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from mtcheck.lexicon.word_pairs import FEWEST_BITS, STEPS, neighbours, packed
from mtcheck.training import corpus

MOST_WORDS = 30_000
# So many of the commonest words are a class of their own; others go by their ending.
OWN_CLASS = 250
_ENDINGS = ("ing", "ed", "ly", "s")
# Bits below expectation from which a pair may be kept, and is counted in APART.
RARE = 4.0
# Added to counts, so that one pair more or less decides little.
_HALF = 0.5
# Domains whose lines are no sentences.
_NO_PROSE = frozenset({"code", "docs"})
_PART = 4_000_000


def pairs(shard: Path) -> Iterator[tuple[str, str]]:
    """Yield the neighbours in the prose of one shard."""
    for record in corpus.read_shard(shard):
        if record.get("domain") not in _NO_PROSE:
            for line in record["text"].split("\n"):
                for _, first, second, _ in neighbours(line):
                    yield first, second


def numbered(found: Iterable[tuple[str, str]], number: dict[str, int]) -> Iterator[Any]:
    """Yield arrays of first * words + second, some millions at a time."""
    part: list[int] = []
    for first, second in found:
        x, y = number.get(first), number.get(second)
        if x is not None and y is not None:
            part.append(x * len(number) + y)
            if len(part) >= _PART:
                yield np.array(part, dtype=np.int64)
                part = []
    yield np.array(part, dtype=np.int64)


def rarity(counts: Any, apart: Any, words: list[str]) -> Iterator[dict[int, int]]:
    """Yield, for each first word, second word -> step.

    `counts` (words, words) are those of the shards; `apart` holds first * words + second
    of the pairs seen in the shard held apart.
    """
    size = len(words)
    left = counts.sum(axis=1, dtype=np.int64)
    right = counts.sum(axis=0, dtype=np.int64)
    every = left.sum()
    common = np.argsort(-(left + right), kind="stable")[:OWN_CLASS]
    kind = np.array([_ending(w) for w in words])
    kind[common] = len(_ENDINGS) + 1 + np.arange(len(common))
    kinds = len(_ENDINGS) + 1 + OWN_CLASS

    def below(x: Any) -> Any:
        return np.log2((left[x] * right / every + _HALF) / (counts[x] + _HALF))

    # What chance would give of rare pairs, by class, against what clean copy shows.
    by_chance = np.zeros((kinds, kinds))
    for first in np.flatnonzero(left):
        rare = below(first) >= RARE
        np.add.at(by_chance[kind[first]], kind[rare], left[first] * right[rare] / every)
    seen = np.zeros((kinds, kinds))
    x, y = apart // size, apart % size
    rare = np.log2((left[x] * right[y] / every + _HALF) / (counts[x, y] + _HALF)) >= RARE
    np.add.at(seen, (kind[x[rare]], kind[y[rare]]), 1)
    class_bits = np.log2(by_chance + 1) - np.log2(seen + 1)
    for number in range(size):
        bits = below(number)
        whole = bits + class_bits[kind[number], kind]
        kept = np.flatnonzero((bits >= RARE) & (whole >= FEWEST_BITS))
        yield {int(k): min(127, int((whole[k] - FEWEST_BITS) * STEPS)) for k in kept if k != number}


def _ending(word: str) -> int:
    for i, ending in enumerate(_ENDINGS, 1):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return i
    return 0


def main(arguments: list[str]) -> None:
    """Write the table that `mtcheck.lexicon.word_pairs` reads."""
    *shards, apart, out = map(Path, arguments)
    seen = Counter(first for first, _ in pairs(shards[0]))
    words = [w for w, _ in seen.most_common(MOST_WORDS)]
    number = {w: i for i, w in enumerate(words)}
    counts = np.zeros(len(words) ** 2, dtype=np.uint32)
    for shard in shards:
        for part in numbered(pairs(shard), number):
            keys, times = np.unique(part, return_counts=True)
            counts[keys] += times.astype(np.uint32)
    held = np.concatenate(list(numbered(pairs(apart), number)))
    rows = [packed(row) for row in rarity(counts.reshape(len(words), -1), held, words)]
    raw = " ".join(words).encode("utf-8") + b"\n" + " ".join(str(len(r)) for r in rows).encode("ascii")
    out.write_bytes(lzma.compress(raw + b"\n" + b"".join(rows), preset=9))


if __name__ == "__main__":
    main(sys.argv[1:])
