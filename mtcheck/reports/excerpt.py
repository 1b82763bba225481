"""A line of the file with its span, cut to the width of the terminal and safe to print.

Articles and file names may hold control characters, terminal escapes and marks
that turn the direction of writing: they are shown as signs, never sent.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache

from rich.cells import cell_len

CUT = "…"
_TAB = 4
# A joiner inside an emoji; taken out it would change the picture.
_KEPT_FORMATS = {"\N{ZERO WIDTH JOINER}"}


@dataclass(frozen=True)
class Excerpt:
    """A printable line; the span stands `before` cells in and is `length` cells wide."""

    line: str
    before: int
    length: int


@cache
def shown(character: str) -> str:
    r"""The character as it may be sent to a terminal.

    >>> [shown(c) for c in "a\x1b\u202e"]
    ['a', '␛', '<U+202E>']
    """
    code = ord(character)
    if character == "\t":
        return " " * _TAB
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    category = unicodedata.category(character)
    if category in {"Cc", "Cf", "Cs", "Zl", "Zp"} and character not in _KEPT_FORMATS:
        return f"<U+{code:04X}>"
    return character


def safe(text: str) -> str:
    """The text on one line, with every control character shown as a sign."""
    return "".join(map(shown, text))


def excerpt(text: str, start: int, end: int, width: int) -> Excerpt:
    """Show `start` to `end` of `text`, which lie in one line, with as much of the line as fits.

    Only the neighbourhood is looked at, so a line of megabytes costs no more
    than a short one.
    """
    low = max(text.rfind(mark, max(0, start - width), start) for mark in "\r\n") + 1
    low = low or max(0, start - width)
    nearest = (text.find(mark, end, end + width) for mark in "\r\n")
    high = min((n for n in nearest if n >= 0), default=min(len(text), end + width))
    budget = width - 2 * len(CUT)
    left = right = start
    used = [0, 0]
    while right < end and used[1] < budget:
        used[1] += cell_len(shown(text[right]))
        right += 1
    marked = right
    room = (budget - used[1]) // 2
    while sum(used) < budget:
        can_left, can_right = left > low, right < high and marked == end
        if can_left and (used[0] < room or not can_right):
            left -= 1
            used[0] += cell_len(shown(text[left]))
        elif can_right:
            used[1] += cell_len(shown(text[right]))
            right += 1
        else:
            break
    # A letter keeps its accents: a combining mark has no width of its own.
    while left > low and unicodedata.combining(text[left]):
        left -= 1
    while right < high and unicodedata.combining(text[right]):
        right += 1
    before = (CUT if left > 0 and text[left - 1] not in "\r\n" else "") + safe(text[left:start])
    after = safe(text[max(marked, start) : right]) if marked == end else ""
    cut = CUT if right < len(text) and text[right] not in "\r\n" else ""
    middle = safe(text[start:marked])
    return Excerpt(before + middle + after + cut, cell_len(before), max(1, cell_len(middle)))
