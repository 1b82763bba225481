"""Counts the neighbours of trap words and of the words that were meant.

Run as `python -m mtcheck.training.contexts SHARD... OUT` after a change to
traps.tsv; OUT is the table that `mtcheck.lexicon.trap_contexts` reads.
"""

import lzma
import math
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import regex

from mtcheck.lexicon.trap_contexts import PRIOR, features
from mtcheck.lexicon.traps import load_traps
from mtcheck.training import corpus

_WORD = regex.compile(r"\p{N}+(?:[.,]\p{N}+)*|[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*")
# Enough for stable counts; a common word would only cost time.
MOST_EXAMPLES = 4000
FEWEST_EXAMPLES = 15
MOST_NEIGHBOURS = 400
# Added to every count, so that a neighbour seen once decides little.
SMOOTHING = 0.5


def count(texts: Iterable[str]) -> tuple[Counter[str], dict[str, Counter[str]], Counter[str]]:
    """Return occurrences, neighbours per word, and examples used per word."""
    wanted = {w for t in load_traps().values() for w in (t.word, *t.meant)}
    seen: Counter[str] = Counter()
    used: Counter[str] = Counter()
    neighbours: dict[str, Counter[str]] = {w: Counter() for w in wanted}
    for text in texts:
        for paragraph in text.split("\n"):
            words = _WORD.findall(paragraph)
            for at, word in enumerate(words):
                if word not in wanted:
                    continue
                seen[word] += 1
                if used[word] < MOST_EXAMPLES:
                    used[word] += 1
                    neighbours[word].update(name for name, _ in features(words, at))
    return seen, neighbours, used


def pair_table(
    word: str, meant: str, counts: dict[str, Counter[str]], used: Counter[str]
) -> dict[str, float]:
    """Bits per neighbour in favour of `meant`; the strongest only."""
    table = {}
    for name in counts[word].keys() | counts[meant].keys():
        a, b = counts[word][name], counts[meant][name]
        if a + b < 3:
            continue
        p = (a + SMOOTHING) / (used[word] + 1)
        q = (b + SMOOTHING) / (used[meant] + 1)
        bits = math.log2(q / p)
        if abs(bits) >= 0.5:
            table[name] = bits * min(1.0, (a + b) / 6)
    strongest = sorted(table, key=lambda n: -abs(table[n]) * math.sqrt(counts[word][n] + counts[meant][n]))
    return {n: table[n] for n in sorted(strongest[:MOST_NEIGHBOURS])}


def main(arguments: list[str]) -> None:
    """Write the table of the traps that the corpus knows."""
    *shards, out = map(Path, arguments)
    seen, counts, used = count(text for shard in shards for text in corpus.sample(shard))
    lines = []
    for trap in load_traps().values():
        for meant in trap.meant:
            if min(used[trap.word], used[meant]) < FEWEST_EXAMPLES:
                continue
            prior = math.log2((seen[meant] + 1) / (seen[trap.word] + 1))
            lines.append(f"={trap.word}\t{meant}")
            table = {PRIOR: prior, **pair_table(trap.word, meant, counts, used)}
            lines += [f"{name}\t{round(10 * bits)}" for name, bits in table.items()]
    out.write_bytes(lzma.compress("\n".join(lines).encode("utf-8"), preset=9))


if __name__ == "__main__":
    main(sys.argv[1:])
