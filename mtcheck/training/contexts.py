"""Counts the neighbours of trap words and of the words that were meant.

Run as `python -m mtcheck.training.contexts SHARD... HELD OUT` after a change to
traps.tsv; OUT is the table that `mtcheck.lexicon.trap_contexts` reads. The shard
HELD is not counted: it tells how often sound copy looks like each trap.
"""

import lzma
import math
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import regex

from mtcheck.lexicon.trap_contexts import PRIOR, features, weigh
from mtcheck.lexicon.traps import load_traps
from mtcheck.training import corpus

_WORD = regex.compile(r"\p{N}+(?:[.,]\p{N}+)*|[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*")
# Enough for stable counts; a common word would only cost time.
MOST_EXAMPLES = 4000
FEWEST_EXAMPLES = 15
MOST_NEIGHBOURS = 400
# Bits at which a trap is reported, and how often a million words of sound copy may reach
# them for one pair: most pairs never do, a few would cry all the time.
REPORTED_BITS = 5.5
MOST_FALSE = 0.5
# Added to every count, so that a neighbour seen once decides little.
SMOOTHING = 0.5

Tables = dict[tuple[str, str], dict[str, float]]


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


def handicaps(texts: Iterable[str], tables: Tables) -> dict[tuple[str, str], float]:
    """Bits that each pair must lose, so that sound copy seldom looks like the trap."""
    meant_by_word: dict[str, list[str]] = {}
    for word, meant in tables:
        meant_by_word.setdefault(word, []).append(meant)
    total, reached = 0, {pair: [0.0] for pair in tables}
    for text in texts:
        for paragraph in text.split("\n"):
            words = _WORD.findall(paragraph)
            total += len(words)
            for at, word in enumerate(words):
                for meant in meant_by_word.get(word, ()):
                    bits = weigh(tables[word, meant], words, at) - REPORTED_BITS
                    if bits >= 0:
                        reached[word, meant].append(bits)
    may = int(MOST_FALSE * total / 1e6)
    return {pair: sorted(bits, reverse=True)[min(may, len(bits) - 1)] for pair, bits in reached.items()}


def main(arguments: list[str]) -> None:
    """Write the table of the traps that the corpus knows."""
    *shards, held, out = map(Path, arguments)
    seen, counts, used = count(text for shard in shards for text in corpus.sample(shard))
    tables: Tables = {}
    for trap in load_traps().values():
        for meant in trap.meant:
            if min(used[trap.word], used[meant]) >= FEWEST_EXAMPLES:
                prior = math.log2((seen[meant] + 1) / (seen[trap.word] + 1))
                tables[trap.word, meant] = {PRIOR: prior, **pair_table(trap.word, meant, counts, used)}
    for pair, bits in handicaps(corpus.sample(held), tables).items():
        tables[pair][PRIOR] -= bits
    lines = []
    for (word, meant), table in tables.items():
        lines.append(f"={word}\t{meant}")
        lines += [f"{name}\t{round(10 * bits)}" for name, bits in table.items()]
    out.write_bytes(lzma.compress("\n".join(lines).encode("utf-8"), preset=9))


if __name__ == "__main__":
    main(sys.argv[1:])
