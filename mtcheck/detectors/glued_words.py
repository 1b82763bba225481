"""Two words that lost the space between them.

Why: markup, quotation marks and apostrophes that a system drops or moves take
    the space with them ("PutinThe"); a name of one language swallows an ending.
Looks at: a capital inside a word, with English or a name on both sides; a known
    name with an English word stuck to it; a stop, comma or closing quotation
    mark with the next word stuck to it.
Misses: two lower-case words glued together; a name that nothing else vouches for.
False alarms: brands with an inner capital that no row lists.
Source: The Chicago Manual of Style, 17th edition, 6.7 and 6.119, for the spaces.
"""

from collections import Counter
from collections.abc import Iterator

import regex

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.lexicon.words import english_words
from mtcheck.text import Document, Span

# A word that begins a sentence or clause: nobody's brand ends in it.
_OPENERS = frozenset(
    (
        "The This That These Those He She They His Her Its Their Our From With And But When While After "
        "Before Since There Here What Who How Why"
    ).split()
)
# Capitals that are no brand's.
_CALENDAR = frozenset(
    (
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July "
        "August September October November December"
    ).split()
)
# What may follow a name and still be one word: Putinism, Obamacare, Londoner.
_ENDINGS = (
    "ism isms ist ists ian ians ite ites ize ized ise ised esque care gate mania nomics ville town "
    "land lands shire stan burg burgh ford field wood woods ton son sons man men er ers ern ese ish "
    "like era phobia phile philes aholic scape speak world verse mobile fest con bot pedia tube book "
    "day days house side wide born based led style stown berg stein dorf hof view port gate chain "
    "coin bay ware ship ships hood dom able head"
).split()
_INNER = regex.compile(r"^(\p{Lu}?[\p{Ll}’']{2,})(\p{Lu}\p{Ll}+)$")
_STUCK = regex.compile(
    r"(?<![\p{L}\p{N}@/#._-])(\p{Lu}?\p{Ll}{3,})([.!?,;]?[”]|[.!?,;])(?=\p{L})(\p{L}[\p{L}’']*)(?![\p{L}\p{N}@/_]|\.\p{L}|\()"
)


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield glued words, each once, whatever gave it away."""
    doc = evidence.doc
    counts = Counter(doc[w] for w in doc.words)
    for span in doc.words:
        parts = _inner_capital(doc[span], counts, evidence) or _name_and_word(doc, span, counts, evidence)
        if parts is None or _in_name(doc, span):
            continue
        left, right = parts
        entry = evidence.names.lookup(left)
        name = entry.preferred if entry is not None and entry.relation != "valid" else left
        yield Finding(
            span,
            DETECTOR.id,
            f"“{left}” and “{right}” run together",
            suggestions=(f"{name} {right}",),
            because={"language": entry.language} if entry is not None and name != left else {},
        )
    yield from _no_space_after_mark(doc)


def _inner_capital(word: str, counts: Counter[str], evidence: Evidence) -> tuple[str, str] | None:
    if counts[word] > 1:
        return None  # written so twice, it is a name
    m = _INNER.match(word)
    if m is None:
        return None
    left, right = m.groups()
    known = left.lower() in english_words() or left in evidence.names.words or counts[left] > 0
    if known and right in _OPENERS and len(left) >= 3:
        return left, right
    # Two names: both have to stand apart elsewhere in the article.
    if left[0].isupper() and counts[left] > 1 and counts[right] > 1:
        return left, right
    return None


def _name_and_word(
    doc: Document, span: Span, counts: Counter[str], evidence: Evidence
) -> tuple[str, str] | None:
    word = doc[span]
    if not word[0].isupper() or not word[1:].islower() or not word.isalpha() or len(word) < 8:
        return None
    if word.lower() in english_words() or word in evidence.names.words or counts[word] > 1:
        return None
    for cut in range(len(word) - 4, 3, -1):
        left, right = word[:cut], word[cut:]
        if (right.startswith(tuple(_ENDINGS)) and right in _ENDINGS) or right not in english_words():
            continue
        entry = evidence.names.lookup(left)
        foreign = entry is not None and entry.relation != "valid" and entry.kind == "person"
        # An English name needs the article's own word for it: Washingtonpost is a firm's.
        named = counts[left] > 1 and left.lower() not in english_words()
        if foreign or named:
            return left, right
    return None


def _in_name(doc: Document, span: Span) -> bool:
    """Whether the word is part of an address, a handle or a compound."""
    before = doc.text[max(0, span.start - 1) : span.start]
    after = doc.text[span.end : span.end + 1]
    return (
        before in {"@", "#", "/", "_", "."}
        or after in {"/", "_", "@"}
        or doc.text[span.end : span.end + 2] == ".c"
    )


def _no_space_after_mark(doc: Document) -> Iterator[Finding]:
    words = english_words()
    for m in _STUCK.finditer(doc.text):
        left, mark, right = m.groups()
        span = Span(m.start(1), m.end(3))
        if doc.is_masked(span) or not (left in words or left.lower() in words or left in _CALENDAR):
            continue
        stop = mark[-1] in ".!?"
        if right.lower().replace("’", "'").split("'")[0] not in words or len(right) < 2:
            continue
        # After a bare stop only a sentence opener is sure: node.js, and/or.The are no prose.
        if stop and (
            not right[0].isupper() or (right not in _OPENERS and not _ends_sentence(doc, m.start(1)))
        ):
            continue
        if mark in {",", ";"} and right.isupper():
            continue
        yield Finding(
            span,
            DETECTOR.id,
            f"no space after “{mark}”",
            suggestions=(f"{left}{mark} {right}",),
        )


def _ends_sentence(doc: Document, at: int) -> bool:
    """Whether enough prose of the paragraph stands before `at` for a sentence to end there."""
    paragraph = doc.paragraph_at(at)
    # A near window, so that a paragraph of any length costs the same.
    return paragraph is not None and len(doc.words_in(Span(max(paragraph.start, at - 80), at))) >= 4


DETECTOR = Detector("glued-words", Category.WHITESPACE, find)
