"""Two common words side by side that English hardly ever puts next to each other.

Why: what a machine leaves of another grammar shows between neighbours: a verb
    with a preposition it never takes ("lacked of"), two verb forms in a row, a
    word that came too early or was dropped.
Looks at: how far a pair's count in edited English lies below chance, and how
    often clean copy holds such a pair at all; with a language model, whether its
    artefact head finds one of the two words odd.
Misses: pairs of rare words; wrong words that fit their neighbours; names and
    numbers; anything across a mark of punctuation or in a heading.
False alarms: two clauses that meet without a comma ("the house he built up was").
Source: word_pairs.xz, counted from edited English.
"""

from collections.abc import Iterator

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.lexicon.word_pairs import load_word_pairs, neighbours
from mtcheck.scoring.surprisal import TokenScore
from mtcheck.text import Document, Span

# Found by reading what fired on clean news; renew with "mtcheck eval" after a change of table.
MIN_BITS = 15.0
# With a model less is enough, where its artefact head also finds one of the words odd ...
MIN_BITS_AGREED = 12.5
MIN_SUSPICION = 0.2
# ... and more is asked where the head finds nothing at all.
MIN_BITS_ALONE = 17.0
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


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield the pairs that are rare enough; pairs that share a word are one finding."""
    doc, table = evidence.doc, load_word_pairs()
    by_span = {s.span: s for s in evidence.scores or ()}
    for paragraph in doc.paragraphs:
        if _is_heading(doc, paragraph):
            continue
        last: Finding | None = None
        for start, first, second, end in neighbours(doc.text, paragraph.start, paragraph.end):
            bits = table.bits(first, second)
            if bits is None or _may_meet(first, second):
                continue
            scores = [s for w in doc.words_in(Span(start, end)) if (s := by_span.get(w)) is not None]
            if bits < _needed(scores):
                continue
            if last is not None and start < last.span.end:
                last = _finding(evidence, Span(last.span.start, end), bits, scores)
                continue
            if last is not None:
                yield last
            last = _finding(evidence, Span(start, end), bits, scores)
        if last is not None:
            yield last


def _is_heading(doc: Document, paragraph: Span) -> bool:
    return doc.text[paragraph.end - 1] not in _ENDS and len(doc.words_in(paragraph)) < MIN_HEADING_WORDS


def _may_meet(first: str, second: str) -> bool:
    """True where two clauses, or a verb and its bare object, may meet between the words."""
    return (
        (second in _OPENS and first not in _SMALL)
        or (first in _STRANDED and second in _GOES_ON)
        or (first in _POINTS and second in _STRANDED)
        or (first in _ASKS and second in _STRANDED)
    )


def _needed(scores: list[TokenScore]) -> float:
    suspicion = [s.suspicion for s in scores if s.suspicion is not None]
    if not suspicion:
        return MIN_BITS
    return MIN_BITS_AGREED if max(suspicion) >= MIN_SUSPICION else MIN_BITS_ALONE


def _finding(evidence: Evidence, span: Span, bits: float, scores: list[TokenScore]) -> Finding:
    text = evidence.doc[span]
    because: dict[str, str | float] = {"bits rarer than its words": round(bits, 1)}
    if suspicion := [s.suspicion for s in scores if s.suspicion is not None]:
        because["suspicion"] = round(max(suspicion), 2)
    return Finding(
        span, DETECTOR.id, f"“{text}”: English hardly ever sets these words side by side", (), because
    )


DETECTOR = Detector("unheard-pair", Category.GRAMMAR, find)
