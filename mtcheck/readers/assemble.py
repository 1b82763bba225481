"""Build a Document piece by piece, with the exact map from its prose back to the file.

A reader walks its format in file order and says of each stretch whether it is
copied, stands for something else (an entity, say), or is not shown. Text that
is met inside a paragraph but read apart from it, such as an image's
description, goes into an aside: a block of its own after the paragraph.
"""

from collections.abc import Callable
from dataclasses import dataclass
from re import Match, Pattern

from mtcheck.text import Document, Run, Span

# Stands for what is no prose but fills a place in the sentence: code, an image.
STAND_IN = "\N{OBJECT REPLACEMENT CHARACTER}"
JOINT = "\n\n"
# Copies side by side become one; a longer one would cost too much to copy again.
_SHORT = 4096


@dataclass(slots=True)
class _Piece:
    text: str
    start: int
    end: int
    hidden: bool


class Assembler:
    """Collects blocks of prose; `document` joins them.

    While `muted` is above zero nothing is taken; while `hiding` is, what is
    taken is prose that no detector may report on.
    """

    def __init__(self, source: str, name: str) -> None:
        self.source = source
        self.name = name
        self.muted = 0
        self.hiding = 0
        self._blocks: list[list[_Piece]] = []
        self._block: list[_Piece] = []
        self._asides: list[list[_Piece]] = []
        self._held: list[_Piece] = []
        self._depth = 0
        self._seam = False

    @property
    def last(self) -> str:
        """The last character of the open block, or "" when nothing is in it."""
        return self._block[-1].text[-1] if self._block else ""

    def copy(self, start: int, end: int) -> None:
        """Take the file's own characters."""
        if self._seam and self.last.isspace():
            while start < end and self.source[start].isspace():
                start += 1
        if self.muted or start >= end:
            return
        self._seam = False
        self._add(self.source[start:end], start, end)

    def put(self, text: str, start: int, end: int) -> None:
        """Take `text` for the stretch `start`..`end` of the file, which stays whole.

        Equal lengths always mean a copy, so a text of the same length gives way
        to the file's own characters.
        """
        if len(text) == end - start:
            self.copy(start, end)
        elif text and not self.muted:
            self._seam = False
            self._add(text, start, end)

    def drop(self) -> None:
        """Say that something unseen was left out here: blanks on both sides of it become one."""
        self._seam = True

    def _add(self, text: str, start: int, end: int) -> None:
        hidden = self.hiding > 0
        held = self._block[-1] if self._block else None
        if held is not None and held.end == start and held.hidden == hidden and len(held.text) < _SHORT:
            copies = len(text) == end - start and len(held.text) == held.end - held.start
            if copies:
                held.text += text
                held.end = end
                return
        self._block.append(_Piece(text, start, end, hidden))

    def end_block(self) -> None:
        """Close the open block; the asides that were met in it follow."""
        self._seam = False
        if self._block:
            (self._asides if self._depth else self._blocks).append(self._block)
            self._block = []
        if not self._depth:
            self._blocks += self._asides
            self._asides = []

    def begin_aside(self) -> None:
        """Begin a block apart from the open one. Asides don't nest: an inner one joins the outer."""
        self._depth += 1
        if self._depth == 1:
            self._held, self._block = self._block, []
            self._seam = False

    def end_aside(self) -> None:
        """Close the aside and go back to the block that it was met in."""
        if self._depth == 1:
            self.end_block()
            self._block, self._held = self._held, []
        self._depth -= 1

    def document(self) -> Document:
        """Join the blocks that hold a letter or a digit."""
        self.end_block()
        parts: list[str] = []
        runs: list[Run] = []
        blocks: list[Span] = []
        hidden: list[Span] = []
        at = 0
        for block in self._blocks:
            if not any(c.isalnum() for piece in block for c in piece.text):
                continue
            if blocks:
                parts.append(JOINT)
                at += len(JOINT)
            start = at
            for piece in block:
                runs.append(Run(at, Span(piece.start, piece.end), len(piece.text)))
                if piece.hidden:
                    hidden.append(Span(at, at + len(piece.text)))
                parts.append(piece.text)
                at += len(piece.text)
            blocks.append(Span(start, at))
        return Document("".join(parts), self.name, self.source, tuple(runs), tuple(blocks), tuple(hidden))


def decoded(
    into: Assembler, start: int, end: int, pattern: Pattern[str], decode: Callable[[Match[str]], str]
) -> None:
    """Copy `start`..`end`, with `decode` of every match of `pattern` in the place of it.

    A match that decodes to itself is copied.
    """
    at = start
    for m in pattern.finditer(into.source, start, end):
        into.copy(at, m.start())
        text = decode(m)
        if text == m[0]:
            into.copy(m.start(), m.end())
        else:
            into.put(text, m.start(), m.end())
        at = m.end()
    into.copy(at, end)
