"""Lines and columns as an editor counts them, and offsets as mtcheck does.

The protocol's columns are units of UTF-16 unless both sides chose another
encoding: an emoji is two. Only its three line endings part lines.
"""

import re
from bisect import bisect_right

from lsprotocol.types import Position, PositionEncodingKind, Range

from mtcheck.text import Span

_NEWLINE = re.compile(r"\r\n|\r|\n")


class Positions:
    """Both ways between offsets of one text and the editor's positions."""

    def __init__(self, text: str, encoding: str = PositionEncodingKind.Utf16) -> None:
        self._text = text
        self._encoding = PositionEncodingKind(encoding)
        self._starts = [0]
        self._ends = []
        for m in _NEWLINE.finditer(text):
            self._ends.append(m.start())
            self._starts.append(m.end())
        self._ends.append(len(text))

    def position(self, offset: int) -> Position:
        """The editor's position of an offset; one inside a line ending counts as its begin.

        >>> place = Positions("😀 café").position(2)
        >>> place.line, place.character
        (0, 3)
        """
        line = bisect_right(self._starts, offset) - 1
        start = self._starts[line]
        return Position(line, self._units(self._text[start : min(offset, self._ends[line])]))

    def range(self, span: Span) -> Range:
        """The editor's range of a span."""
        return Range(self.position(span.start), self.position(span.end))

    def offset(self, position: Position) -> int:
        """The offset of the editor's position; one past the end of a line or of the text is that end.

        >>> Positions("😀 café").offset(Position(0, 3))
        2
        """
        if position.line >= len(self._starts):
            return len(self._text)
        start, end = self._starts[position.line], self._ends[position.line]
        seen = 0
        for at in range(start, end):
            if seen >= position.character:
                return at
            seen += self._units(self._text[at])
        return end

    def span(self, range_: Range) -> Span:
        """The span of the editor's range."""
        start, end = self.offset(range_.start), self.offset(range_.end)
        return Span(min(start, end), max(start, end))

    def end_of_line(self, line: int) -> Position:
        """The editor's position of the end of line `line`, from 0."""
        return self.position(self._ends[line])

    def line_end(self, offset: int) -> int:
        """Where the line of an offset ends, before its line ending."""
        return self._ends[bisect_right(self._starts, offset) - 1]

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    def _units(self, text: str) -> int:
        if text.isascii() or self._encoding is PositionEncodingKind.Utf32:
            return len(text)
        if self._encoding is PositionEncodingKind.Utf8:
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
