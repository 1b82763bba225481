"""Markdown: paragraphs, headings, table cells and list items as blocks; front matter and descriptions too.

The parser gives the bytes of every piece of text, so what is copied is exact.
Code blocks are left out. Inline code, and what a site generator fills in, is
one stand-in character. Inline HTML goes through the HTML reader.
"""

import re
from collections.abc import Iterator
from typing import Any

import pyromark

from mtcheck.readers import entities, front_matter
from mtcheck.readers.assemble import STAND_IN, Assembler, decoded
from mtcheck.readers.characters import CharacterOffsets
from mtcheck.readers.html import Walker
from mtcheck.text import Document

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_GFM
)
_INLINE = frozenset({"Emphasis", "Strong", "Strikethrough", "Superscript", "Subscript", "Link", "Image"})
# What site generators fill in: Hugo, Jekyll, Liquid, and kramdown's attribute lists.
_GENERATED = re.compile(
    r"\{\{[<%].{0,2000}?[>%]\}\}|\{%.{0,2000}?%\}|\{\{.{0,500}?\}\}|^[ \t]*\{:[^}\n]{0,200}\}", re.S | re.M
)
_BRACED = r"\{(?:[^{}]|\{[^{}]{0,500}\}){0,500}\}"
_COMPONENT = re.compile(
    rf"""^(?:import|export)\b[^\n]*$|</?[A-Z][\w.]*(?:[^<>{{}}"']|"[^"]{{0,2000}}"|'[^']{{0,2000}}'|{_BRACED}){{0,200}}>"""
    rf"|{_BRACED}",
    re.M,
)
_NO_NEWLINE = re.compile(r"[^\r\n]")
# A line ending of old, which the parser doesn't know.
_LONE_CR = re.compile(r"\r(?!\n)")
_FILLED = re.compile(f"{STAND_IN}+")
_PAIRS = {'"': '"', "'": "'", ")": "("}


def read(text: str, name: str) -> Document:
    """Return the document that a reader of the rendered page sees."""
    return _read(text, name, (_GENERATED,))


def read_mdx(text: str, name: str) -> Document:
    """Read Markdown with components: their tags, imports and expressions are no prose."""
    return _read(text, name, (_COMPONENT,))


def _read(text: str, name: str, generated: tuple[re.Pattern[str], ...]) -> Document:
    into = Assembler(text, name)
    body = front_matter.read(into)
    masked = _LONE_CR.sub("\n", text[body:])
    for pattern in generated:
        masked = pattern.sub(lambda m: _NO_NEWLINE.sub(STAND_IN, m[0]), masked)
    _Reading(into, masked, body).run()
    return into.document()


def _tag(value: Any) -> str:
    return value if isinstance(value, str) else str(next(iter(value)))


class _Reading:
    """One pass over the parser's events."""

    def __init__(self, into: Assembler, masked: str, base: int) -> None:
        self.into = into
        self.masked = masked
        self.base = base
        self.offsets = CharacterOffsets(masked)
        self.walker = Walker(into)
        self.code_blocks = 0
        self.images = 0

    def run(self) -> None:
        for event, found in pyromark.events_with_range(self.masked, options=_OPTIONS):
            start = self.offsets.of(found["start"]) + self.base
            end = self.offsets.of(found["end"]) + self.base
            if isinstance(event, str):
                self.mark(event, start, end)
                continue
            ((kind, value),) = event.items()
            if kind in ("Start", "End"):
                tag = _tag(value)
                if tag in _INLINE:
                    self.inline(kind, tag, value, start, end)
                else:
                    self.block(kind, tag)
            elif not self.code_blocks:
                self.leaf(kind, value, start, end)
        self.walker.finish()

    def mark(self, event: str, start: int, end: int) -> None:
        if event == "SoftBreak":
            self.into.copy(start, end)
        elif event == "HardBreak":
            self.into.put("\n", start, end)
        elif event == "Rule":
            self.into.end_block()

    def block(self, kind: str, tag: str) -> None:
        if tag == "CodeBlock":
            self.code_blocks += 1 if kind == "Start" else -1
        if tag != "HtmlBlock":
            self.walker.finish()
        self.into.end_block()

    def inline(self, kind: str, tag: str, value: Any, start: int, end: int) -> None:
        if kind == "Start" and tag in ("Link", "Image"):
            title = value[tag]["title"]
            if title and value[tag]["link_type"] == "Inline":
                self.title(title, start, end)
        if tag != "Image":
            return
        if kind == "Start":
            if not self.images:
                self.into.put(STAND_IN, start, start + len("!["))
            self.into.begin_aside()
            self.images += 1
        else:
            self.into.end_aside()
            self.images -= 1

    def title(self, title: str, start: int, end: int) -> None:
        source = self.into.source
        close = end - 2
        while close > start and source[close].isspace():
            close -= 1
        opener = _PAIRS.get(source[close])
        if opener is None:
            return
        at = source.rfind(opener, start, close)
        while at > start and source[at - 1] == "\\":
            at = source.rfind(opener, start, at)
        if at > start and source[at - 1].isspace():
            self.into.begin_aside()
            decoded(self.into, at + 1, close, entities.ESCAPE, entities.of_markdown)
            self.into.end_aside()

    def leaf(self, kind: str, value: Any, start: int, end: int) -> None:
        if kind == "Text":
            self.text(value, start, end)
        elif kind in ("Html", "InlineHtml"):
            self.walker.walk(start, end)
        elif kind in ("Code", "InlineMath", "DisplayMath"):
            self.into.put(STAND_IN, start, end)
        elif kind == "FootnoteReference":
            if self.into.last.isspace():
                self.into.put(STAND_IN, start, end)
            else:
                self.into.drop()

    def text(self, value: str, start: int, end: int) -> None:
        if value != self.masked[start - self.base : end - self.base]:
            self.into.put(value, start, end)
            return
        at = start
        for filled_start, filled_end in self._filled(start, end):
            self.into.copy(at, filled_start)
            self.into.put(STAND_IN, filled_start, filled_end)
            at = filled_end
        self.into.copy(at, end)

    def _filled(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        for m in _FILLED.finditer(self.masked, start - self.base, end - self.base):
            yield m.start() + self.base, m.end() + self.base
