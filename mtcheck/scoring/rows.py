"""Which rows of tokens to put before the model, so that each word is read once.

A shown row is a window of a paragraph as it stands. A masked row hides what is
left of one word, and asks for its next token.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mtcheck.scoring import windows
from mtcheck.scoring.windows import Window
from mtcheck.text import Document, Span


@dataclass(frozen=True, slots=True)
class Slot:
    """Word number `word` of the document: tokens `start` to `end` of its paragraph, read in `window`."""

    word: int
    start: int
    end: int
    window: Window


@dataclass(frozen=True, slots=True)
class MaskedRow:
    """`ids` without special tokens; the model is asked for `wanted` at `place`."""

    ids: list[int]
    place: int
    wanted: int


def slots(doc: Document, paragraph: Span, offsets: Sequence[tuple[int, int]], size: int) -> Iterator[Slot]:
    """Yield a slot for each word of the paragraph that has tokens; both run from left to right.

    `offsets` are the tokens' places in the paragraph's text, `size` the tokens of a window.
    """
    cut = windows.cut(len(offsets), size)
    at, shown = 0, 0
    base = paragraph.start
    words = doc.words_in(paragraph)
    number = bisect_left(doc.words, words[0]) if words else 0
    for index, word in enumerate(words, number):
        while at < len(offsets) and base + offsets[at][1] <= word.start:
            at += 1
        end = at
        while end < len(offsets) and base + offsets[end][0] < word.end:
            end += 1
        if end > at:
            while cut[shown].own_end <= at:
                shown += 1
            yield Slot(index, at, end, cut[shown])


def masked(ids: list[int], slot: Slot, tokens: list[int], mask: int) -> Iterator[MaskedRow]:
    """Yield a row for each of `tokens` at the slot's place: earlier ones shown, later ones hidden."""
    window = slot.window
    before, after = ids[window.start : slot.start], ids[min(slot.end, window.end) : window.end]
    for j, token in enumerate(tokens):
        row = [*before, *tokens[:j], *[mask] * (len(tokens) - j), *after]
        yield MaskedRow(row, slot.start - window.start + j, token)
