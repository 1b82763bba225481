"""A pair of near-synonyms that came back as one word twice.

Why: "decent and sane" holds two words for which the system knows one ("decent
    and decent"); the second meaning is lost and the first is said twice.
Looks at: the same word on both sides of "and", "or", "nor" or "but", where it
    describes something: before a noun, after a form of "be", or after "not",
    "both", "neither".
Misses: pairs whose halves differ in ending; verbs and nouns, which repeat for
    emphasis ("tried and tried", "years and years").
False alarms: emphasis by an adjective that no row lists.
Source: W. Strunk and E. White, The Elements of Style, on needless words, for the rule;
    the pattern is our own observation on translated news.
"""

from collections.abc import Iterator

import regex

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.text import Span

_PAIR = regex.compile(
    r"(?<![\p{L}\p{N}’'-])(?:(not|neither|both|either|whether|more|less|very|so|too|quite|as)\s+)?"
    r"((?P<x>\p{L}{3,})\s+(and|or|nor|but)\s+(?P=x))(?![\p{L}\p{N}’'-])",
    regex.IGNORECASE,
)
_BE = frozenset(
    ("is are was were be been being isn't aren't wasn't weren't seem seems seemed remain became").split()
)
_DETERMINERS = frozenset(
    (
        "a an the this that these those of with many some most all any no few several our their his her "
        "its my your very so too quite for by"
    ).split()
)
# English says these twice on purpose: comparatives, directions, measures of time and amount, and "so and so".
_ON_PURPOSE = frozenset(
    (
        "more less worse better again over round around through out off down up back forth through about "
        "along away such such-and-such this that these those one two half first last both all each other "
        "never ever long far many much years days weeks months hours minutes decades ages miles pages "
        "dozens hundreds thousands millions lots loads tons piles rows lies there then here now well good "
        "bad old new higher lower bigger smaller older younger faster slower stronger weaker closer "
        "deeper further farther louder harder longer shorter wider only yes really very too blah yada etc"
    ).split()
)
_VERBAL = ("ed", "ing")
_ADJECTIVAL = ("ful", "ous", "ive", "able", "ible", "less")


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield the doubled word with its conjunction."""
    doc = evidence.doc
    for m in _PAIR.finditer(doc.text):
        word, lead, joint = m["x"], (m[1] or "").lower(), m[4].lower()
        first, second = m[2].split()[0], m[2].split()[-1]
        if first != second and not first.islower() and not second.islower():
            continue
        lower = word.lower()
        if lower in _ON_PURPOSE or lower.endswith("er") or not second.islower():
            continue
        before = regex.findall(r"[\p{L}’']+", doc.text[max(0, m.start() - 30) : m.start()])[-2:]
        previous = before[-1].lower().replace("’", "'") if before else ""
        if before and before[0].lower() == "there":
            continue  # "there is work and work" sets a thing against itself
        rest = doc.text[m.end() :]
        if regex.match(rf"\s+(?:and|or)\s+{word}\b", rest, regex.IGNORECASE):
            continue  # three times over is emphasis
        if lead == "not" and joint not in {"or", "nor"}:
            continue  # the second half of "not poor and poor" begins a clause of its own
        if not _describes(doc.text, m.end(), lower, lead, previous, joint):
            continue
        span = Span(m.start(2), m.end(2))
        if lead in {"not", "neither"}:
            span = Span(m.start(), m.end(2))
        yield Finding(span, DETECTOR.id, f"“{word}” stands on both sides of “{joint}”", (word,))


def _describes(text: str, end: int, word: str, lead: str, previous: str, joint: str) -> bool:
    """Whether the word is an adjective or adverb here, and no verb or noun said twice for emphasis."""
    if lead in {"not", "neither", "both", "either", "whether"} or word.endswith(_ADJECTIVAL):
        return True
    if word.endswith(_VERBAL) or (word.endswith("s") and not word.endswith(("ous", "ss"))):
        return False
    follows = regex.match(r"\s+(\p{Ll}+)", text[end : end + 40])
    noun_follows = follows is not None and follows[1] not in {
        "and",
        "or",
        "but",
        "until",
        "till",
        "with",
        "to",
        "for",
        "in",
        "on",
        "at",
        "of",
        "as",
        "that",
        "the",
        "a",
        "he",
        "she",
        "they",
        "it",
        "we",
        "i",
        "you",
        "not",
        "is",
        "was",
        "are",
        "were",
        "from",
        "by",
    }
    if previous in _DETERMINERS and noun_follows:
        return True
    return (previous in _BE or lead in {"very", "so", "too", "quite"}) and joint in {"and", "or"}


DETECTOR = Detector("collapsed-doublet", Category.DUPLICATION, find)
