"""A mark too many, a space before a mark, or a mark of another script.

Why: systems copy the spacing of the source (French sets a space before a
    colon), leave its marks behind (Chinese commas, Spanish opening marks),
    double a stop, or print words and marks as the pieces they work on.
Looks at: marks and what stands beside them; a text in pieces throughout is
    reported once, at its first mark.
Misses: a mark that is missing; a wrong mark with correct spacing.
False alarms: marks set for effect; a foreign phrase made of words that English has too.
Source: The Chicago Manual of Style, 17th edition, chapter 6; Imprimerie nationale,
    Lexique des règles typographiques, "Ponctuation".
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import regex

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.lexicon.abbreviations import load_abbreviations
from mtcheck.lexicon.foreign_marks import MARKS, NATIVE, reads_as_foreign
from mtcheck.text import Document, Span, touching

_ID = "stray-punctuation"
_GAP = r"[ \u00A0\u2009\u202F]+"
_WORD = r"(?<![\p{L}\p{M}\p{N}-])[\p{L}\p{N}][\p{L}\p{M}\p{N}’'-]*+"
_END = r"(?=\s|$|[”\"’')\]](?:\W|$))"
# From so many marks with a space before them on, and more than half of all, the text is in pieces.
_PIECES = 6


@dataclass(frozen=True)
class _Pattern:
    """A shape, what to say of it, what to put there, and whether it is a matter of spacing."""

    shape: regex.Pattern[str]
    message: str
    fix: Callable[[str], str]
    spacing: bool = False


def _spaced(shape: str, message: str) -> _Pattern:
    return _Pattern(regex.compile(shape), message, lambda s: regex.sub(_GAP, "", s), spacing=True)


_PATTERNS = (
    _Pattern(
        regex.compile(rf"(?<![.…]|[.…]\s)\.{_GAP}\.(?!\s?[.…]|[\p{{L}}\p{{N}}])"),
        "two full stops",
        lambda _: ".",
    ),
    _Pattern(regex.compile(r"(?<=[\p{L}\p{N}”\")’])\.\.(?=\s|$|[”\"])"), "two full stops", lambda _: "."),
    _Pattern(regex.compile(rf"(?<=\S)([?!])(?:{_GAP}\1)+{_END}"), "the same mark twice", lambda s: s[0]),
    _Pattern(regex.compile(rf"(?<=[^\s,]),(?:{_GAP})?,(?!,)"), "two commas", lambda _: ","),
    _Pattern(
        regex.compile(r"(?<=[\p{L}\p{N}”\")])[,;]\.(?=\s|$|[”\"])"), "two marks together", lambda _: "."
    ),
    _Pattern(regex.compile(r"(?<=\p{Ll}{4})\.,(?=\s)"), "two marks together", lambda _: ","),
    _spaced(rf"{_WORD}{_GAP},(?=\s|$|[”\"])", "space before a comma"),
    _Pattern(
        regex.compile(rf"{_WORD} ,(?=\p{{Ll}}{{2}})"),
        "the space stands on the wrong side",
        lambda s: s[:-2] + ", ",
    ),
    _spaced(rf"{_WORD}{_GAP}\.(?!{_GAP}?\.){_END}", "space before a full stop"),
    _spaced(rf"{_WORD}[%)”\"]?{_GAP}[:;](?=\s|$)", "space before a mark, as French sets it"),
    _spaced(rf"{_WORD}[%)”\"]?{_GAP}[!?]+{_END}", "space before a mark, as French sets it"),
    _Pattern(
        regex.compile(rf"\({_GAP}[^()\n]{{1,40}}?{_GAP}\)"),
        "spaces inside brackets",
        lambda s: f"({s[1:-1].strip()})",
        spacing=True,
    ),
    _spaced(rf"(?<![:;=-])\({_GAP}{_WORD}(?=[^()\n]{{0,300}}\))", "space inside brackets"),
    _spaced(rf"\([^()\n]{{1,300}}?\K{_WORD}{_GAP}\)", "space inside brackets"),
    _spaced(
        r"\b(?:do|does|did|is|are|was|were|has|have|had|ca|wo|could|would|should|must|need|ai) n['’]t\b"
        r"|\b(?i:he|she|it|that|there|who|what|they|we|you|i) ['’](?:s|re|ve|ll|d|m)(?=\s)",
        "a word in pieces",
    ),
)
_FOREIGN = regex.compile(f"[{''.join(MARKS)}]")
_INVERTED = regex.compile(r"[¿¡]([^?!¿¡\n]*)")
_SCORE = regex.compile(rf"\p{{N}}{_GAP}[:,.;]\Z")


def _is_tempting(doc: Document, span: Span) -> bool:
    """Whether the shape is fine where it stands: a score, or a comma after an abbreviation."""
    found, after = doc[span], doc.text[span.end : span.end + 4].lstrip()
    if _SCORE.search(found) and after[:1].isdigit():
        return True
    word = regex.search(r"[\p{L}.]+\Z", doc.text[max(0, span.start - 12) : span.start])
    return found == ".," and word is not None and word[0].lower() in load_abbreviations()


def _shapes(doc: Document) -> Iterator[tuple[Span, _Pattern]]:
    tables = tuple(p for p in doc.paragraphs if any(c in doc[p] for c in "|\t"))
    taken: set[int] = set()
    for pattern in _PATTERNS:
        for m in pattern.shape.finditer(doc.text):
            span = Span(*m.span())
            if not taken.isdisjoint(range(*m.span())) or doc.is_masked(span) or touching(tables, span):
                continue
            if not _is_tempting(doc, span):
                taken.update(range(*m.span()))
                yield span, pattern


def _foreign(doc: Document) -> Iterator[Finding]:
    for m in _FOREIGN.finditer(doc.text):
        span, beside = Span(*m.span()), doc.text[max(0, m.start() - 2) : m.end() + 2]
        if not NATIVE.search(beside) and not doc.is_masked(span):
            gap = " " if doc.text[m.end() : m.end() + 1].isalnum() and MARKS[m[0]] != "(" else ""
            yield Finding(span, _ID, "a mark of another script", (MARKS[m[0]] + gap,))
    for m in _INVERTED.finditer(doc.text):
        span = Span(m.start(), m.start() + 1)
        # One word or capitals throughout: a cry or a title, most often kept as it was.
        if (
            any(w.islower() for w in m[1].split()[1:])
            and not reads_as_foreign(m[1])
            and not doc.is_masked(span)
        ):
            yield Finding(span, _ID, "an opening mark of Spanish", ("",), {"language": "Spanish"})


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield marks that are too many, wrongly spaced or foreign."""
    doc = evidence.doc
    shapes = sorted(_shapes(doc), key=lambda s: s[0])
    spaced = [span for span, pattern in shapes if pattern.spacing]
    in_pieces = len(spaced) >= _PIECES and 2 * len(spaced) > len(regex.findall(r"[,.;:!?](?=\s|$)", doc.text))
    if in_pieces:
        yield Finding(
            spaced[0], _ID, "the text is in pieces: spaces before its marks", because={"places": len(spaced)}
        )
    for span, pattern in shapes:
        if not (in_pieces and pattern.spacing):
            yield Finding(span, _ID, pattern.message, (pattern.fix(doc[span]),))
    yield from _foreign(doc)


DETECTOR = Detector(id=_ID, category=Category.PUNCTUATION, find=find, needs_scores=False)
