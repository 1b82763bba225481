"""A known idiom with one of its fixed words replaced, or a verb without its particle.

Why: an idiom that goes through another language comes back with a near word
    ("it takes one to enforce"), and small words get lost ("weighed in controversy").
Looks at: a table of idioms, in order, all words but one as usual; a short
    table of verbs that cannot take a bare noun.
Misses: idioms not in the table; two words off; reordered idioms.
False alarms: puns; those in quotation marks of their own stay quiet.
Source: idioms.tsv; the frames follow learners' dictionaries.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import regex

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.lexicon.idioms import FRAMES, Idiom, load_idioms
from mtcheck.text import Document, Span

# Abstract nouns that a reader argues about or obeys; a person's name or an amount may follow the bare verb.
_NOUN = (
    "controversy|controversies|debate|dispute|row|issue|matter|discussion|argument|question|scandal|crisis|conflict"
    "|rule|rules|law|laws|decision|ruling|agreement|order|orders|regulations|sanctions|terms|ceasefire|treaty"
)
_FRAMES = tuple(
    (regex.compile(rf"\b(?:{'|'.join(forms)}) (?:(?:the|this|that|a) )?(?:{_NOUN})\b(?![-’'])"), particle)
    for _, forms, particle in FRAMES
)
_NUMBERS = frozenset(
    [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "twelve",
        "the",
        "a",
        "an",
    ]
)


@cache
def _by_word() -> dict[str, tuple[tuple[Idiom, int, int], ...]]:
    """Each idiom and open place, under the forms of its longest other word."""
    found: dict[str, list[tuple[Idiom, int, int]]] = defaultdict(list)
    for idiom in load_idioms():
        for place in idiom.telling:
            others = [i for i in range(len(idiom.words)) if i != place and idiom.words[i][0] != "one's"]
            anchor = max(others, key=lambda i: len(idiom.words[i][0]))
            for form in idiom.words[anchor]:
                found[form].append((idiom, place, anchor))
    return {word: tuple(sorted(entries, key=lambda e: -len(e[0].words))) for word, entries in found.items()}


def _fits(forms: tuple[str, ...], word: str) -> bool:
    if forms[0] == "one's":
        return word in {"my", "your", "his", "her", "its", "our", "their"} or word.endswith("'s")
    return word in forms


def _plain(doc: Document, word: Span) -> str:
    return doc[word].lower().replace("’", "'")


def _altered(doc: Document, at: int, idiom: Idiom, place: int, anchor: int) -> tuple[int, int] | None:
    """First and last word of a mention in which only the word at `place` is another."""
    first = at - anchor
    last = first + len(idiom.words) - 1
    if first < 0 or last >= len(doc.words):
        return None
    span = Span(doc.words[first].start, doc.words[last].end)
    if regex.search(r"[^\p{L}\p{M}’' \u00a0]", doc[span]):
        return None
    for i, forms in enumerate(idiom.words):
        word = _plain(doc, doc.words[first + i])
        if i == place:
            if word in _NUMBERS or any(word[:3] == form[:3] for form in forms):
                return None
        elif not _fits(forms, word):
            return None
    return first, last


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield each altered idiom once, and each verb that lost its particle."""
    doc, table = evidence.doc, _by_word()
    seen: set[Span] = set()
    for at, word in enumerate(doc.words):
        for idiom, place, anchor in table.get(_plain(doc, word), ()):
            found = _altered(doc, at, idiom, place, anchor)
            if found is None:
                continue
            span = Span(doc.words[found[0]].start, doc.words[found[1]].end)
            changed = doc.words[found[0] + place]
            quoted = doc.text[changed.start - 1 : changed.start] in {"“", '"', "‘"}
            if quoted or any(span.overlaps(s) for s in seen):
                continue
            seen.add(span)
            right = (
                doc.text[span.start : changed.start]
                + idiom.words[place][0]
                + doc.text[changed.end : span.end]
            )
            yield Finding(span, DETECTOR.id, f"the idiom is “{idiom.text}”", (right,), {"idiom": idiom.text})
    for pattern, particle in _FRAMES:
        for m in pattern.finditer(doc.text):
            span = Span(*m.span())
            if not doc.is_masked(span):
                yield Finding(span, DETECTOR.id, f"“{particle.split()[0]}” is missing before the noun")


DETECTOR = Detector("garbled-idiom", Category.IDIOM, find)
