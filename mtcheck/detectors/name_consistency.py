"""Two spellings of one name in one article.

Why: a system picks the spelling anew in every sentence, so Erdoğan is
    Erdogan three lines later, and Kiev becomes Kyiv.
Looks at: capitalised words that differ in accents only; forms that the name
    dictionary gives to one name; transliterations after the same given name.
Misses: names that stand once; names of fewer than five letters.
False alarms: quotations and titles that keep their own spelling.
Source: AP Stylebook, Guardian style guide: one spelling for each name.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import regex

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.text import Document, Span

_EQUIVALENT = (
    ("tch", "ch"), ("sch", "sh"), ("kh", "h"), ("ph", "f"), ("ou", "u"), ("ts", "z"), ("w", "v"), ("j", "y"),
    ("iy", "i"), ("yy", "i"), ("ii", "i"), ("y", "i"),
)  # fmt: skip
_MIN_LETTERS = 5


@cache
def _flat(word: str) -> str:
    bare = unicodedata.normalize("NFKD", word.replace("ł", "l").replace("ı", "i").replace("ø", "o"))
    return "".join(c for c in bare if not unicodedata.combining(c))


@cache
def _sound(word: str) -> str:
    """The word with spellings that transliterations mix up made equal.

    >>> _sound("Zelenskiy") == _sound("Zelenskyy") == _sound("Zelensky")
    True
    """
    flat = _flat(word).lower()
    for given, kept in _EQUIVALENT:
        flat = flat.replace(given, kept)
    return str(regex.sub(r"(.)\1+", r"\1", flat))


def _names(evidence: Evidence) -> dict[str, list[int]]:
    """Capitalised words, without the possessive, and where they stand; short ones only if known."""
    doc = evidence.doc
    found: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(doc.words):
        name = regex.sub(r"['’]s?$", "", doc[word])
        known = len(name) == _MIN_LETTERS - 1 and name in evidence.names.words
        if (
            (known or len(name) >= _MIN_LETTERS)
            and name[0].isupper()
            and name[1:].islower()
            and name.isalpha()
        ):
            found[name].append(at)
    return found


def _given(doc: Document, places: list[int]) -> set[str]:
    """The capitalised words directly before the places."""
    before = ((doc.words[at - 1], doc.words[at]) for at in places if at)
    return {
        doc[a] for a, b in before if doc.text[a.end : b.start] == " " and doc[a].istitle() and len(doc[a]) > 2
    }


def _are_one(evidence: Evidence, one: str, other: str, names: dict[str, list[int]]) -> bool:
    if _flat(one) == _flat(other):
        return True
    entries = evidence.names.lookup(one), evidence.names.lookup(other)
    preferred = {e.preferred if e else n for e, n in zip(entries, (one, other), strict=True)}
    # Other rows are reported as exonyms; these are forms that English had until lately.
    if len(preferred) == 1 and any(
        e is not None and e.relation == "former" and "English" in e.homograph for e in entries
    ):
        return True
    if _sound(one) != _sound(other):
        return False
    shared = _given(evidence.doc, names[one]) & _given(evidence.doc, names[other])
    return bool(shared - {"The", "President", "Minister"})


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield every mention of the rarer spelling; of two as rare, the later one."""
    doc, names = evidence.doc, _names(evidence)
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        entry = evidence.names.lookup(name)
        groups[_sound(entry.preferred if entry and entry.relation == "former" else name)].append(name)
    for forms in groups.values():
        if len(forms) < 2:
            continue
        ranked = sorted(forms, key=lambda n: (-len(names[n]), names[n][0]))
        for form in ranked[1:]:
            if not _are_one(evidence, ranked[0], form, names):
                continue
            for at in names[form]:
                start = doc.words[at].start
                yield Finding(
                    Span(start, start + len(form)),
                    DETECTOR.id,
                    f"the article also writes “{ranked[0]}”",
                    suggestions=(ranked[0],),
                    because={"times": len(names[form]), "other times": len(names[ranked[0]])},
                )


DETECTOR = Detector("name-consistency", Category.INCONSISTENCY, find)
