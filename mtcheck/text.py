"""Where things stand: spans, and the document that finds words, sentences, paragraphs and quotations.

Everything located is a `Span` of half-open code points into `Document.text`.
For a plain file that is the file's own text. A reader of a marked-up format
builds the prose and hands over `runs`, the exact map from prose to file;
`Document.to_source` follows it. A byte-order mark is not part of the text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import regex

# A number with its separators, initials ("U.S."), or letters with inner apostrophes.
_WORD = regex.compile(r"(?:\p{Lu}\.){2,}|\p{N}+(?:[.,]\p{N}+)*|[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*")
_NEWLINE = regex.compile(r"\r\n|\r|\n")
# What is no prose: addresses, mail, handles, tags, and the stand-in that readers put for code.
# The bounds keep a long line without blanks from costing the square of its length.
_NOT_PROSE = regex.compile(
    r"\b(?:https?|ftp)://[^\s<>“”\"]+|\bwww\.[^\s<>“”\"]+"
    r"|(?<![\w.+-])[\w.+-]{1,64}+@(?:[\w-]{1,63}+\.){1,9}\w{1,63}"
    r"|(?<![\p{L}\p{N}])[@#][\p{L}\p{N}_]+|\uFFFC"
)
_PAIRS = {'"': '"', "“": "”", "«": "»", "„": "“”", "‹": "›", "「": "」", "『": "』"}
_QUOTE_MARK = regex.compile(f"[{''.join(sorted({*_PAIRS, *''.join(_PAIRS.values())}))}]")
# Text wrapped by hand is this wide; narrower lines are a list or verse, wider ones a paragraph each.
_WRAP_WIDTHS = range(40, 121)


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """Half-open code points: `0 <= start <= end`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"no span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a code point; an empty span overlaps what holds it."""
        if not len(self) or not len(other):
            return self.start <= other.end and other.start <= self.end
        return self.start < other.end and other.start < self.end

    def holds(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of prose and the stretch of the file that it was made from.

    Equal lengths mean a copy, code point for code point; unequal ones mean
    that the whole stretch stands for the whole stretch (an entity, say).
    """

    start: int
    source: Span
    length: int


@dataclass(frozen=True)
class Document:
    """One article as its readers see it, with a map back to the file.

    `text` is the prose; `name` is shown to the user. `source` is the file as
    read, `runs` the map (ordered; empty when prose and file are the same).
    `blocks` are the paragraphs where the format says them, otherwise they are
    worked out. `hidden` are zones of `text` that no detector may report on.
    """

    text: str
    name: str = "<text>"
    source: str = ""
    runs: tuple[Run, ...] = ()
    blocks: tuple[Span, ...] = ()
    hidden: tuple[Span, ...] = ()

    def __getitem__(self, span: Span) -> str:
        return self.text[span.start : span.end]

    @cached_property
    def masked(self) -> tuple[Span, ...]:
        """Zones that are no prose: addresses, code, and what the reader hid; ordered, disjoint."""
        found = [Span(*m.span()) for m in _NOT_PROSE.finditer(self.text)]
        return tuple(_merged(s for s in (*found, *self.hidden) if len(s)))

    @cached_property
    def words(self) -> tuple[Span, ...]:
        """Words outside masked zones; ordered, disjoint. Hyphens part words."""
        return tuple(_outside((Span(*m.span()) for m in _WORD.finditer(self.text)), self.masked))

    @cached_property
    def _word_starts(self) -> list[int]:
        return [w.start for w in self.words]

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """Paragraphs without the white space around them; ordered, disjoint, none empty."""
        spans = self.blocks or tuple(_plain_paragraphs(self.text))
        trimmed = (_trimmed(self.text, s) for s in spans)
        return tuple(s for s in trimmed if len(s))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences, each inside one paragraph; ordered, disjoint.

        A stray full stop cuts a sentence in two, so score paragraphs and use
        sentences for context only.
        """
        from nupunkt import sent_spans

        found = []
        for p in self.paragraphs:
            for start, end in sent_spans(self[p]):
                span = _trimmed(self.text, Span(p.start + start, p.start + end))
                if len(span):
                    found.append(span)
        return tuple(found)

    @cached_property
    def quotes(self) -> tuple[Span, ...]:
        """Quotations with their marks, paired within a paragraph; an unpaired mark opens none."""
        return tuple(q for p in self.paragraphs for q in _quotes(self.text, p))

    def is_masked(self, span: Span) -> bool:
        """Whether `span` touches a masked zone."""
        return touching(self.masked, span) is not None

    def words_in(self, span: Span) -> tuple[Span, ...]:
        """The words that lie wholly inside `span`."""
        first = bisect_left(self._word_starts, span.start)
        after = bisect_left(self._word_starts, span.end)
        if after > first and self.words[after - 1].end > span.end:
            after -= 1
        return self.words[first:after]

    def paragraph_at(self, offset: int) -> Span | None:
        """The paragraph that holds `offset`, or None between paragraphs."""
        return touching(self.paragraphs, Span(offset, offset + 1))

    def snap(self, span: Span) -> Span:
        """Widen `span` to whole words; never narrows, and doing it twice changes nothing."""
        first = touching(self.words, span)
        last = touching(self.words, Span(span.end - 1, span.end)) if len(span) else None
        start = min(span.start, first.start) if first is not None else span.start
        ends = [w.end for w in (first, last) if w is not None]
        return Span(start, max([span.end, *ends]))

    def to_source(self, span: Span) -> Span:
        """The stretch of the file that `span` of the prose was made from."""
        if not self.runs:
            return span
        if not len(span):
            start = self._source_offset(span.start, last=False)
            return Span(start, start)
        start = self._source_offset(span.start, last=False)
        return Span(start, max(start, self._source_offset(span.end - 1, last=True)))

    def _source_offset(self, offset: int, *, last: bool) -> int:
        i = bisect_right(self.runs, offset, key=lambda r: r.start) - 1
        if i < 0:
            return self.runs[0].source.start
        run = self.runs[i]
        into = offset - run.start
        if into >= run.length:  # a joint between two runs, made by the reader
            return run.source.end if last or i + 1 == len(self.runs) else self.runs[i + 1].source.start
        if run.length == len(run.source):
            return run.source.start + into + (1 if last else 0)
        return run.source.end if last else run.source.start

    @property
    def file_text(self) -> str:
        """The file as read: `source` for a marked-up format, otherwise `text`."""
        return self.source or self.text

    def line_col(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of an offset into the file; columns count code points."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(m.end() for m in _NEWLINE.finditer(self.file_text))]

    def line_at(self, line: int) -> str:
        """The text of line `line` (from 1) of the file, without its line ending."""
        start = self._line_starts[line - 1]
        end = self._line_starts[line] if line < len(self._line_starts) else len(self.file_text)
        return self.file_text[start:end].rstrip("\r\n")


def touching(ordered: tuple[Span, ...], span: Span) -> Span | None:
    """The first of ordered, disjoint spans that overlaps `span`, or None."""
    i = max(0, bisect_right(ordered, span.start, key=lambda s: s.start) - 1)
    for candidate in ordered[i : i + 2]:
        if candidate.overlaps(span) and len(candidate):
            return candidate
    return None


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    held: Span | None = None
    for s in sorted(spans):
        if held is not None and s.start <= held.end:
            held = Span(held.start, max(held.end, s.end))
            continue
        if held is not None:
            yield held
        held = s
    if held is not None:
        yield held


def _outside(spans: Iterable[Span], zones: tuple[Span, ...]) -> Iterator[Span]:
    """The spans that touch no zone; both are ordered and disjoint."""
    rest = iter(zones)
    zone = next(rest, None)
    for s in spans:
        while zone is not None and zone.end <= s.start:
            zone = next(rest, None)
        if zone is None or zone.start >= s.end:
            yield s


def _trimmed(text: str, span: Span) -> Span:
    content = text[span.start : span.end]
    start = span.end - len(content.lstrip())
    return Span(start, max(start, span.start + len(content.rstrip())))


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for m in _NEWLINE.finditer(text):
        yield Span(start, m.start())
        start = m.end()
    yield Span(start, len(text))


def _plain_paragraphs(text: str) -> Iterator[Span]:
    """Blank lines part paragraphs; so does a line break where the next word would have fitted."""
    group: list[Span] = []
    for line in [*_lines(text), Span(len(text), len(text))]:
        if text[line.start : line.end].strip():
            group.append(line)
            continue
        if group:
            yield from _unwrapped(text, group)
        group = []


def _unwrapped(text: str, group: list[Span]) -> Iterator[Span]:
    width = max(len(line) for line in group)
    held = group[0]
    last = group[0]
    for line in group[1:]:
        content = text[line.start : line.end]
        first_word = len(content.split(None, 1)[0])
        wrapped = (
            width in _WRAP_WIDTHS
            and len(group) > 2
            and content[:1].isalnum()
            and len(last) + 1 + first_word > width
        )
        if wrapped:
            held = Span(held.start, line.end)
        else:
            yield held
            held = line
        last = line
    yield held


def _quotes(text: str, paragraph: Span) -> Iterator[Span]:
    opened: tuple[int, str] | None = None
    for m in _QUOTE_MARK.finditer(text, paragraph.start, paragraph.end):
        if opened is not None:
            if m[0] in opened[1]:
                yield Span(opened[0], m.end())
                opened = None
        elif m[0] in _PAIRS:
            opened = (m.start(), _PAIRS[m[0]])
