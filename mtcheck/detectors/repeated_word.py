"""A word, or a run of two or three words, set down twice.

Why: systems loop at a line break or join two drafts of one phrase.
Looks at: neighbouring words of one paragraph with only white space between;
    inside quotations, words of grammar and those that nobody doubles for force.
Misses: words that English may double ("in in", "that that"); a repetition after a comma.
False alarms: verse and speech without quotation marks; rare names like Walla Walla.
Source: The Chicago Manual of Style, 17th edition, 2.133.
"""

from collections.abc import Iterator

import regex

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.lexicon.doubled_words import DOUBLED, DOUBLED_NAMES
from mtcheck.text import Document, Span

_ID = "repeated-word"
_GAP = r"(?:[^\S\r\n]+|[^\S\r\n]*(?:\r\n|\n|\r)[^\S\r\n]*)"
_LETTERS = r"(?:\p{L}[\p{Ll}\p{M}]*|\p{Lu}{2,6})(?:['’]\p{Ll}+)?"
_BEFORE, _AFTER = r"(?<![\p{L}\p{M}\p{N}'’.@#/_-])", r"(?![\p{L}\p{M}\p{N}_/-]|['’]\p{L}|\.\p{L})"
_ONE = regex.compile(rf"{_BEFORE}({_LETTERS})(?:{_GAP}(?i:\1))+{_AFTER}")
# "Under the age of 60 60.": digits in prose, before the end of a clause.
_NUMBER = regex.compile(
    r"(?<=\b(?:of|to|than|by|in|about|over|under|nearly|almost|reached|surpassed|exceeded|January|February|March"
    r"|April|May|June|July|August|September|October|November|December) )"
    r"(\p{N}{2,6})(?: \1)+(?=[.!?](?!\p{N}))"
)
_RUN = regex.compile(rf"{_BEFORE}({_LETTERS}(?:{_GAP}{_LETTERS}){{1,2}}){_GAP}(?i:\1){_AFTER}")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_GRAMMAR = _words(
    "a an the of and or for from with at to into their our its my your his this these was were has "
    "have be been are which when where while because if than as but we they it he she will would "
    "can could should must not"
)
# What holds a phrase together: a run without one is a name, a cry or a refrain.
_GLUE = _words("a an the of in to for with at from their our its his")
# "Again and again and again": the link is there for the sake of the repetition.
_LINKS = _words("and or by after upon but")
# Nobody doubles a word of these endings for force.
_NOT_FOR_FORCE = ("ings", "ions", "ers", "ors", "ing", "ion", "ments", "ment", "ists")
# Three or more of these in a row are a stutter of the machine all the same.
_NEVER_THRICE = _words(
    "that had her in on up out over off down by about through is do does did so more as such"
)
_LAST_WORD = regex.compile(r"(\p{L}[\p{L}\p{M}’'-]*),? $")
# Anything but the end of a sentence: a title goes on ("the series Soldier Soldier was").
_GOES_ON = regex.compile(r"(?![.!?])")
# "Friends of friends" is a chain of owners.
_OWNERS = regex.compile(r"of \p{L}+(?<!i)s$|\p{L}+(?<!i)s of$")
# One who speaks may stumble on these, and the report keeps it.
_STUMBLES = _words("we they it he she my your but if not it's")


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield words and runs of words that stand there twice."""
    doc = evidence.doc
    quoted = {i for q in doc.quotes for i in range(q.start, q.end)}
    taken: set[int] = set()
    for paragraph in doc.paragraphs:
        for m in _NUMBER.finditer(doc.text, paragraph.start, paragraph.end):
            if not doc.is_masked(Span(*m.span())):
                yield Finding(Span(*m.span()), _ID, "the same number twice", (m[1],))
        for shape in (_ONE, _RUN):
            for m in shape.finditer(doc.text, paragraph.start, paragraph.end):
                span = Span(*m.span())
                if not taken.isdisjoint(range(*m.span())) or doc.is_masked(span):
                    continue
                words = m[1].split()
                second = doc[span].split()[len(words) :]
                small = [w.lower() for w in words]
                in_quote = m.start() in quoted
                if shape is _ONE:
                    twice = len(second) == 1
                    fits = _is_slip(small[0], quoted=in_quote, twice=twice)
                else:
                    # "Measure for Measure" is a title.
                    title = len(words) == 2 and words[1][0].isupper()
                    glued = not _GLUE.isdisjoint(small) and _LINKS.isdisjoint(small)
                    fits = glued and not in_quote and not title and not _OWNERS.match(m[1])
                # Capitals in the second place are a name or a new line of verse.
                named = shape is _ONE and not in_quote and _is_slip_of_name(doc, span, words[0])
                if ((fits and second[0].islower()) or named) and "\t" not in doc[span]:
                    taken.update(range(*m.span()))
                    yield Finding(span, _ID, "the same words twice", (m[1],))


def _is_slip(word: str, *, quoted: bool, twice: bool) -> bool:
    if word in _GRAMMAR:
        return not (quoted and word in _STUMBLES)
    if len(word) < 3 or (quoted and not word.endswith(_NOT_FOR_FORCE)):
        return False
    return word not in DOUBLED or (not twice and word in _NEVER_THRICE)


def _is_slip_of_name(doc: Document, span: Span, word: str) -> bool:
    """True for a name set down twice at the end of a sentence."""
    shown = doc[span].split()
    # Three of a kind are a title ("Spend Spend Spend").
    if len(shown) == 3 or not shown[1][0].isupper() or doc.text[span.start - 1 : span.start] != " ":
        return False
    before = _LAST_WORD.search(doc.text[: span.start][-40:])
    return (
        before is not None
        and (word.isupper() or not _GOES_ON.match(doc.text, span.end))
        # A Chinese surname and given name may be one syllable ("Ni Ni").
        and (len(word) > 3 or word.isupper())
        and len(word) > 1
        and word not in DOUBLED_NAMES
    )


DETECTOR = Detector(id=_ID, category=Category.DUPLICATION, find=find, needs_scores=False)
