"""What formats that go by the line have in common: lines, paragraphs of them, and inline markup."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mtcheck.readers.assemble import STAND_IN, Assembler
from mtcheck.readers.nested import compose

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
# Markup inside markup is followed this deep; what lies deeper is copied.
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file without its ending; `indent` counts its leading blanks."""

    text: str
    start: int
    indent: int

    @property
    def end(self) -> int:
        """Where its text ends in the file."""
        return self.start + len(self.text)


def lines(source: str) -> Iterator[Line]:
    """The lines of the file, in order."""
    for m in _LINE.finditer(source):
        if m.end() > m.start():
            text = m[1].rstrip()
            yield Line(text, m.start(), len(text) - len(text.lstrip()))


class Paragraph:
    """Collects the stretches of one paragraph and takes them with their inline markup.

    The groups of the markup's pattern say what is read. One whose name begins
    with `s` is shown, one with `c` is code and becomes a stand-in, one with `e`
    is an escape that `decode` decodes; a match of no group is not shown.
    """

    def __init__(self, into: Assembler, markup: re.Pattern[str], decode: Callable[[str], str]) -> None:
        self._into = into
        self._markup = markup
        self._decode = decode
        self._stretches: list[tuple[int, int]] = []

    def __bool__(self) -> bool:
        return bool(self._stretches)

    def add(self, start: int, end: int) -> None:
        """Add the text of one more line."""
        if start < end:
            self._stretches.append((start, end))

    def end(self) -> None:
        """Take what was collected as a block."""
        if not self._stretches:
            return
        value = Assembler(self._into.source, self._into.name)
        held: int | None = None
        for start, end in self._stretches:
            if held is not None:
                value.put("\n", held, start)
            value.copy(start, end)
            held = end
        self._stretches = []
        decoded = value.document()
        if decoded.text:
            inner = Assembler(decoded.text, "")
            self._walk(inner, 0, len(decoded.text), _DEPTH)
            compose(self._into, inner.document(), decoded)

    def _walk(self, inner: Assembler, start: int, end: int, depth: int) -> None:
        at = start
        for m in self._markup.finditer(inner.source, start, end) if depth else ():
            inner.copy(at, m.start())
            at = m.end()
            group = m.lastgroup
            if group is None:
                inner.drop()
            elif group[0] == "s":
                self._walk(inner, *m.span(group), depth - 1)
            elif group[0] == "c":
                inner.put(STAND_IN, *m.span())
            else:
                inner.put(self._decode(m[group]), *m.span())
        inner.copy(at, end)
