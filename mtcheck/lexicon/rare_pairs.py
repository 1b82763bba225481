"""Where in a text two neighbours stand that edited English hardly ever sets side by side.

The table of pairs counts words only; here stand the places where sound English
puts such a pair together all the same, and which are left out.
"""

from collections.abc import Iterable, Iterator

import regex

from mtcheck.lexicon.word_pairs import load_word_pairs, neighbours
from mtcheck.text import Document, Span

# A heading or caption leaves words out; longer ones without a final mark count as prose.
MIN_HEADING_WORDS = 20
_ENDS = frozenset(".!?:;…\"”»’')")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Words that may end a clause which the next word does not belong to: "the town he lived in was".
_STRANDED = _words(
    "in on at to with of for about up out over off from by after into through down away around back under "
    "before since as"
)
_GOES_ON = _words(
    "is was are were will would can could may might must should has have had do does did be but and or in on "
    "at to with of for about up out over from by than as if when"
)
# Words that open a clause or an object without a link: "the year she left", "he gave voters his".
_OPENS = _words(
    "the a an his her their its my our your he she it they we i you him them this that these those who which "
    "there"
)
_POINTS = _words("it him them me us you his hers theirs mine ours yours her that this those these one")
_ASKS = _words("who what which that how why when where")
_SMALL = (
    _STRANDED
    | _GOES_ON
    | _OPENS
    | _POINTS
    | _ASKS
    | _words("not no nor so very more most too also been being having")
)


# A Latin term, or an adverb that stands before a noun as one word would: "the in vitro test".
_TERM = regex.compile(
    r"(?i)in[ -](?:vitro|vivo|situ|utero|silico|absentia|camera|extremis|house|depth|game|person|flight|store"
    r"|app|patient)\b"
)
# "To listed companies": a participle that belongs to the noun behind it, which is no infinitive.
_QUALIFIES = regex.compile(r"\p{Ll}+(?:ed|en) \p{Ll}+(?<!s|u|i)s\b")


def rare_pairs(doc: Document, paragraph: Span) -> Iterator[tuple[Span, float]]:
    """Yield the rare pairs of a paragraph, each with its rarity in bits; a heading has none."""
    if _is_heading(doc, paragraph):
        return
    table = load_word_pairs()
    for start, first, second, end in neighbours(doc.text, paragraph.start, paragraph.end):
        bits = table.bits(first, second)
        if bits is not None and not _may_meet(first, second) and not _is_one_term(doc, second, end):
            yield Span(start, end), bits


def rarities(doc: Document, paragraphs: Iterable[Span]) -> dict[Span, float]:
    """Word -> rarity in bits of the rarer of its two pairs; words without a rare pair are missing."""
    found: dict[Span, float] = {}
    for paragraph in paragraphs:
        for pair, bits in rare_pairs(doc, paragraph):
            for word in doc.words_in(pair):
                found[word] = max(bits, found.get(word, 0.0))
    return found


def _is_heading(doc: Document, paragraph: Span) -> bool:
    return doc.text[paragraph.end - 1] not in _ENDS and len(doc.words_in(paragraph)) < MIN_HEADING_WORDS


def _may_meet(first: str, second: str) -> bool:
    """True where two clauses, or a verb and its bare object, may meet between the words."""
    return (
        (first.endswith(("ed", "en")) and second in {"have", "has", "had", "are", "is", "was", "were"})
        or second == "least"
        or (second in _OPENS and first not in _SMALL)
        or (first in _STRANDED and second in _GOES_ON)
        or (first in _POINTS and second in _STRANDED)
        or (first in _ASKS and second in _STRANDED)
    )


def _is_one_term(doc: Document, second: str, end: int) -> bool:
    """True where the second word is the first of a term or qualifies the plural noun behind it."""
    start = end - len(second)
    return (_TERM if second == "in" else _QUALIFIES).match(doc.text, start) is not None
