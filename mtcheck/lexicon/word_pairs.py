"""Pairs of words that edited English hardly ever sets side by side, though both are common.

A pair's rarity, in bits, has two parts: how far its count in a corpus lies
below what the counts of its words let expect, and how seldom clean copy, held
apart, shows a rare pair of such words at all. Counted by `python -m
mtcheck.training.word_pairs`; counts of words, no sentence of the corpus.

Source: K. Church and P. Hanks, "Word association norms, mutual information,
and lexicography" (1990), for the first part, with its sign turned.
"""

import lzma
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import regex

TABLE = "word_pairs.xz"
# Rarer pairs only are in the table: below, clean copy has more than two in 1,000 words.
FEWEST_BITS = 12.0
# Rarity is kept in eighths of a bit.
STEPS = 8
_WORD = regex.compile(
    r"(?<![\p{L}\p{M}\p{N}'’‐‑–—/_&@#$£€*-])[\p{L}\p{M}]+(?:['’]\p{L}+)?"
    r"(?![\p{L}\p{M}\p{N}‐‑/_&@*-]|['’–—]\p{L})"
)
_GAP = regex.compile(r"[ \t\u00a0\u202f]{1,2}|[ \t]?\r?\n[ \t]?")
_OPENS = frozenset('.!?:;…"“”„«»‘(—–')


def neighbours(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, str, str, int]]:
    """Yield start, first word, second word and end of each two words with only white space between.

    Words are in lower case; one with a capital inside a sentence is a name and
    has no neighbours, nor has a part of a compound.

    >>> [pair[1:3] for pair in neighbours("He met Ann there. Then he left, half-way up.")]
    [('he', 'met'), ('then', 'he'), ('he', 'left')]
    """
    last, last_start, last_end = "", 0, -1
    for m in _WORD.finditer(text, start, len(text) if end is None else end):
        word, at = m[0], m.start()
        if word[0].isupper():
            before = text[start:at].rstrip() if at - start < 3 else text[max(start, at - 3) : at].rstrip()
            word = word.lower() if not before or before[-1] in _OPENS or word == "I" else ""
        word = word.replace("’", "'")
        if last and word and _GAP.fullmatch(text, last_end, at):
            yield last_start, last, word, m.end()
        last, last_start, last_end = word, at, m.end()


@dataclass(frozen=True)
class WordPairs:
    """Rarity by pair. `rows` are the packed second words and steps of each first word."""

    number: dict[str, int]
    rows: dict[int, bytes]
    _read: dict[int, dict[int, int]] = field(default_factory=dict)

    def bits(self, first: str, second: str) -> float | None:
        """Return the rarity of the pair; None for one that is not rare or not known."""
        x, y = self.number.get(first), self.number.get(second)
        if x is None or y is None or x not in self.rows:
            return None
        row = self._read.get(x)
        if row is None:
            row = self._read[x] = dict(_unpacked(self.rows[x]))
        step = row.get(y)
        return None if step is None else FEWEST_BITS + step / STEPS


def packed(row: dict[int, int]) -> bytes:
    """Second word -> step, as gaps of seven bits a byte, each followed by its step.

    >>> dict(_unpacked(packed({3: 7, 900: 0})))
    {3: 7, 900: 0}
    """
    out, before = bytearray(), 0
    for y, step in sorted(row.items()):
        gap, before = y - before, y
        while gap >= 128:
            out.append(128 | gap & 127)
            gap >>= 7
        out += bytes((gap, step))
    return bytes(out)


def _unpacked(row: bytes) -> Iterator[tuple[int, int]]:
    y = gap = shift = 0
    values = iter(row)
    for value in values:
        gap |= (value & 127) << shift
        shift += 7
        if value < 128:
            y += gap
            yield y, next(values)
            gap = shift = 0


@cache
def load_word_pairs() -> WordPairs:
    """Return the table: a line of vocabulary, then a line of row lengths, then the rows."""
    raw = lzma.decompress((files("mtcheck") / "lexicon" / TABLE).read_bytes())
    vocabulary, lengths, rows = raw.split(b"\n", 2)
    number = {w: i for i, w in enumerate(vocabulary.decode("utf-8").split(" "))}
    at, found = 0, {}
    for x, length in enumerate(map(int, lengths.split())):
        if length:
            found[x] = rows[at : at + length]
        at += length
    return WordPairs(number, found)
