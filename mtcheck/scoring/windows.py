"""Cutting a long row of tokens into windows so that each token is scored once."""

from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens `start` to `end` are shown; those from `own_start` to `own_end` are scored."""

    start: int
    end: int
    own_start: int
    own_end: int


def cut(length: int, size: int) -> tuple[Window, ...]:
    """Cut `length` tokens into windows of at most `size`, half of each shared with its neighbours.

    Every token is owned by exactly one window, and sees at least a quarter of
    `size` on each side where the text goes on.

    >>> [(w.start, w.end, w.own_start, w.own_end) for w in cut(10, 4)]
    [(0, 4, 0, 3), (2, 6, 3, 5), (4, 8, 5, 7), (6, 10, 7, 10)]
    """
    if length <= size:
        return (Window(0, length, 0, length),)
    step = max(1, size // 2)
    starts = [*range(0, length - size, step), length - size]
    edges = [0]
    for left, right in pairwise(starts):
        edges.append((right + left + size) // 2)
    edges.append(length)
    return tuple(
        Window(s, s + size, a, b) for s, a, b in zip(starts, edges[:-1], edges[1:], strict=True) if a < b
    )
