"""Two spellings of one name in one article.

Why: a system picks the spelling anew in every sentence, so Erdoğan is
    Erdogan three lines later, and Kiev becomes Kyiv.
Looks at: capitalised words that differ in accents only; forms that the name
    dictionary gives to one name; transliterations after the same given name. With
    `scan --across`, also the spelling that more of the other files have.
Misses: names that stand once; names of fewer than five letters.
False alarms: quotations and titles that keep their own spelling.
Source: AP Stylebook, Guardian style guide: one spelling for each name.
"""

from collections import defaultdict
from collections.abc import Iterator

import regex

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.lexicon.name_forms import flat, given_before, name_places, preferred_by_both, sound
from mtcheck.lexicon.words import english_words
from mtcheck.text import Document, Span

# Small words that stand in names of other languages: Museo de México, Collège de France.
_FOREIGN = regex.compile(
    r"(?:de|del|la|las|los|el|du|des|le|les|di|da|do|dos|della|von|van|der|das|et|y|d['’]\p{L}+)$"
)
_GLOSS = regex.compile(r"(?:\(|\bformerly |\bonce |\bnow |\bthen |\bcalled |\bas |\bor )$")


def _are_one(evidence: Evidence, one: str, other: str, names: dict[str, list[int]]) -> bool:
    doc = evidence.doc
    if flat(one) == flat(other):
        return flat(one).lower() not in english_words() and not _two_bearers(doc, names[one], names[other])
    if preferred_by_both(evidence.names, one, other):
        return True
    if sound(one) != sound(other) or other.removesuffix("ji") == one or one.removesuffix("ji") == other:
        return False
    return bool(given_before(doc, names[one]) & given_before(doc, names[other]))


def _two_bearers(doc: Document, one: list[int], other: list[int]) -> bool:
    """Whether the two stand beside different names each time: María José and Maria Sharapova."""
    for beside in (_before, _after):
        first, second = {beside(doc, at) for at in one}, {beside(doc, at) for at in other}
        if "" not in first | second and first.isdisjoint(second):
            return True
    return False


def _before(doc: Document, at: int) -> str:
    return next(iter(given_before(doc, [at])), "")


def _after(doc: Document, at: int) -> str:
    if at + 1 == len(doc.words) or doc.text[doc.words[at].end : doc.words[at + 1].start] != " ":
        return ""
    word = doc[doc.words[at + 1]]
    return word if word[:1].isupper() else ""


def _is_meant(doc: Document, at: int, *, former: bool) -> bool:
    """Whether the spelling belongs to a longer name in its language, or is given as the other name."""
    start = doc.words[at].start
    if former and _GLOSS.search(doc.text[max(0, start - 12) : start]):
        return True
    beside = [doc[doc.words[i]] for i in (at - 1, at + 1) if 0 <= i < len(doc.words)]
    return any(_FOREIGN.match(w) for w in beside)


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield every mention of the rarer spelling; of two as rare, the later one."""
    doc, names = evidence.doc, name_places(evidence.doc, evidence.names)
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        entry = evidence.names.lookup(name)
        groups[sound(entry.preferred if entry and entry.relation == "former" else name)].append(name)
    for forms in groups.values():
        # The spelling of the run goes before the spelling of the article.
        ranked = sorted(forms, key=lambda n: (n in evidence.across, -len(names[n]), names[n][0]))
        told: set[str] = set()
        for form in ranked[1:]:
            if not _are_one(evidence, ranked[0], form, names):
                continue
            told.add(form)
            facts = {"times": len(names[form]), "other times": len(names[ranked[0]])}
            yield from _mentions(doc, form, ranked[0], names, "the article also writes", facts)
        for form in set(ranked) & evidence.across.keys() - told:
            yield from _mentions(doc, form, evidence.across[form], names, "other files of this run write", {})


def _mentions(
    doc: Document, form: str, other: str, names: dict[str, list[int]], said: str, facts: dict[str, int]
) -> Iterator[Finding]:
    former = flat(form) != flat(other)
    for at in names[form]:
        if _is_meant(doc, at, former=former):
            continue
        start = doc.words[at].start
        yield Finding(Span(start, start + len(form)), DETECTOR.id, f"{said} “{other}”", (other,), dict(facts))


DETECTOR = Detector("name-consistency", Category.INCONSISTENCY, find)
