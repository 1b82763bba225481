"""A mark of punctuation inside a clause, where no mark can stand.

Why: systems print a mark that belongs to the source's clause, or one that is
    nothing but noise, after a word that must go on ("it! was announced", "of
    the, baby's", "negatively_ impacted").
Looks at: the mark, the words on both sides, and the quotations around them.
Misses: colons and semicolons between words that could end a clause; commas
    after anything but an article or a possessive.
False alarms: names that carry a mark ("Yahoo! is"); broken dialect.
Source: The Chicago Manual of Style, 17th edition, 6.16, 6.71, 6.125.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.lexicon.abbreviations import load_abbreviations
from mtcheck.lexicon.words import english_words
from mtcheck.text import Document, Span, touching

_ID = "mark-inside-clause"
_LOW = r"(?<![\p{L}\p{M}\p{N}'’/@#_.-])\p{Ll}[\p{Ll}\p{M}]*"
# Words that no sentence and no clause ends with.
_OPEN = (
    r"(?:and|as|at|because|between|by|during|from|into|nor|of|than|that(?!;)|the|their|its|to|with|whose"
    r"|every|an)"
)
_BEFORE_NOUN = r"(?:the|a|an|its|their|our|my|your|every|whose)"


@dataclass(frozen=True)
class _Pattern:
    """A shape whose first group is the text that stays; what to say of it; whether quotations are spared."""

    shape: regex.Pattern[str]
    message: str
    outside_quotes: bool = True


_PATTERNS = (
    _Pattern(
        regex.compile(rf"({_LOW})[!?](?= \p{{Ll}}{{2,}} \p{{L}})"), "a sentence that ends in its middle"
    ),
    _Pattern(
        regex.compile(r"(?<![\p{L}\p{N}_~^*@/\\-])(\p{L}{2,})[_~^@](?= \p{L})"),
        "a mark that is no punctuation",
        outside_quotes=False,
    ),
    _Pattern(
        regex.compile(rf"(?<![\p{{L}}\p{{N}}’'-])({_OPEN})[!?;](?= [\p{{L}}\p{{N}}\"“])"),
        "a mark after a word that must go on",
    ),
    _Pattern(
        regex.compile(rf"(?<!, )(?<![\p{{L}}\p{{N}}’'-])({_BEFORE_NOUN})[,;:!?](?= \p{{L}})"),
        "a mark between a word and the noun that it needs",
    ),
    _Pattern(
        regex.compile(
            rf"({_LOW})- (?!(?:and|or|to|nor|but|as|through|versus|vs|und|plus|rather|&)\b)(?=\p{{Ll}}{{3,}})"
        ),
        "a hyphen with nothing behind it",
    ),
    _Pattern(regex.compile(r"(?<=[\p{L}\p{N}])(,)[!?:;.](?= \p{L})"), "two marks together"),
)
# A closing single mark that nothing opened, on a word that owns nothing and that no dialect cuts short.
_APOSTROPHE = regex.compile(
    r"(?<![\p{L}\p{M}\p{N}'’-])(?!(?:an|wi|ol|lil|mo|po|fo|de|ca|sha|awa|fu|i|gi|se)['’])"
    r"(\p{Ll}{2,}(?<!s|z|x|in|o|th))['’](?= \p{Ll}{2,})"
)
_CLOSING = regex.compile(r"(?<![\p{L}\p{N}])([\p{L}\p{M}'’-]{2,})\"(?= [\p{L}\p{N}])")
_OPENS_SINGLE = regex.compile(r"(?:^|[\s(“\"—–-])['‘](?=[\p{L}\p{N}])")
_STOP = regex.compile(rf"({_LOW}(?<=\p{{Ll}}{{3}}))\.(?= (\p{{Ll}}{{2,}}) \p{{L}})")
# Cries and questions that a sentence may hold without quotation marks.
_CRIES = frozenset(
    "oh ah hey wow alas hurrah yes no why how what who when where so and or but right okay please".split()
)
# A short question inside a sentence, before its mark.
_ASKED = regex.compile(
    r"(?i)\b(?:who|what|when|where|why|how|which|whether|is|was|do|does|did|can)\b[^.!?]*\Z"
)
# A text that does it more often than this has a style of its own.
_MOST = 3


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield each mark with the word before it."""
    doc = evidence.doc
    for pattern in _PATTERNS:
        found = [
            m for m in pattern.shape.finditer(doc.text) if _stands(doc, m, outside=pattern.outside_quotes)
        ]
        if len(found) <= _MOST:
            for m in found:
                yield Finding(Span(*m.span()), _ID, pattern.message, (m[1],))
    for paragraph in doc.paragraphs:
        if _OPENS_SINGLE.search(doc.text, paragraph.start, paragraph.end) is None:
            for m in _APOSTROPHE.finditer(doc.text, paragraph.start, paragraph.end):
                if not doc.is_masked(Span(*m.span())):
                    yield Finding(Span(*m.span()), _ID, "an apostrophe that belongs to nothing", (m[1],))
        yield from _lone_quote(doc, paragraph)
    stops = [m for m in _STOP.finditer(doc.text) if _stands(doc, m, outside=False)]
    if len(stops) <= _MOST:
        for m in stops:
            if m[1] in english_words() and m[2] in english_words() and m[1] not in load_abbreviations():
                yield Finding(Span(*m.span()), _ID, "a sentence that ends in its middle", (m[1],))


def _lone_quote(doc: Document, paragraph: Span) -> Iterator[Finding]:
    """The one straight quotation mark of a paragraph, if it closes what nothing opened."""
    text = doc[paragraph]
    if text.count('"') != 1 or any(c in text for c in "“”„«»"):
        return
    m = _CLOSING.search(doc.text, paragraph.start, paragraph.end)
    before = doc.text[: paragraph.start].rstrip().rpartition("\n")[2]
    # A quotation that runs over paragraphs opened in the one before.
    if m is not None and before.count('"') % 2 == 0 and not doc.is_masked(Span(*m.span())):
        yield Finding(Span(*m.span()), _ID, "a quotation mark that belongs to nothing", (m[1],))


def _stands(doc: Document, m: regex.Match[str], *, outside: bool) -> bool:
    span = Span(*m.span())
    if doc.is_masked(span) or (m[0][-1] in "!?" and m[1].lower() in _CRIES):
        return False
    if m[0][-1] == "?" and _ASKED.search(doc.text[max(0, m.start() - 40) : m.start()]):
        return False
    return not (outside and touching(doc.quotes, span) is not None)


DETECTOR = Detector(_ID, Category.PUNCTUATION, find)
