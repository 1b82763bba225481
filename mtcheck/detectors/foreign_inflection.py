"""A name that kept a case ending of the source language.

Why: Finnish, Icelandic and the Slavic languages bend names; a system that
    doesn't know the name copies it with the ending, so a play is by Jonssonar
    and a singer is Swiftistä.
Looks at: endings that no name has by itself; others only where the bare name
    stands in the article too, the short ones only after the same given name;
    Czech -ová after a given name that Czechs don't bear.
Misses: names bent each time; short endings on a name that stands once.
False alarms: two people whose names differ by an ending; titles of works in
    the language itself.
Source: the case endings of the languages' school grammars.
"""

from collections import defaultdict
from collections.abc import Iterator

import regex

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.lexicon.given_names import given_names
from mtcheck.lexicon.words import english_words
from mtcheck.text import Document, touching

# Pattern of the whole name, what to put for its last group ("" to strip it, None when the base is unsure).
_SURE: tuple[tuple[regex.Pattern[str], str | None, str], ...] = (
    (regex.compile(r"\p{L}{3,}(ssä|stä|llä|ltä)"), None, "Finnish"),
    (regex.compile(r"\p{L}{3,}[bcdfghkmpqrtvwx](iä)"), "", "Finnish"),
    (
        regex.compile(r"\p{L}{2,}(?:[eo]t|[eo]v|ai|or|in|an|er)sk(iin|in|issa|ista|ille|illa|ilta)"),
        "",
        "Finnish",
    ),
    (regex.compile(r"\p{L}{3,}berg(iin|in|issa|ista|ille|illa|ilta)"), "", "Finnish"),
    (regex.compile(r"\p{L}{2,}(?:[eo]t|[eo]v|or)sk(em)"), "", "Czech"),
    # Czech and Slovak drop the last vowel of their own names: Svoboda, Svobodová.
    (regex.compile(r"\p{L}{3,}(?:[aeiou]|ey)(ová)"), "", "Czech"),
    (regex.compile(r"\p{L}*(?:ea|oo|ee|sh|wh)\p{L}*[^aeiouy](ová)"), "", "Czech"),
    (regex.compile(r"\p{L}{3,}d(óttur)"), "óttir", "Icelandic"),
    (regex.compile(r"\p{L}{2,}s(sonar)"), "son", "Icelandic"),
    (regex.compile(r"\p{L}{2,}[nrvlkt]sk(ogo|omu|om|uyu)"), None, "Russian"),
    # Ndlovu and Nwanevu are no Russians.
    (regex.compile(r"\p{L}{2,}(?:(?:[nkrstpmbz]|(?<!d)l)ov|(?:[csz]h|[aeiy])ev)(u)"), "a", "Russian"),
)
_GATE = regex.compile(
    r"(?:ä|óttur|ssonar|sk(?:ogo|omu|om|uyu|em)|[eo]vu|ová|(?:sk|berg)i(?:in|n|ssa|sta|lle|lla|lta))$"
)
_OVA = regex.compile(r"(\p{L}{3,})ová")
# Given names of women in the news that hardly any Czech or Slovak woman bears.
_NOT_CZECH = frozenset(
    (
        "Hillary Theresa Margaret Kamala Ursula Serena Venus Condoleezza Nancy Michelle Jennifer "
        "Meryl Liz Giorgia Marine Jacinda Christine Angelina Scarlett Taylor Beyoncé Rihanna "
        "Whitney Britney Keira Cate Emma Jodie Sharon Melania Ivanka Madeleine Naomi Coco Caroline "
        "Megan Kate Elizabeth Annegret Annalena Cristina Dilma Ségolène Benazir Indira Golda Oprah "
        "Julianna Ronda Greta Nikki"
    ).split()
)
# Endings of four cases that English, French and Italian names do not have; a linking vowel may precede.
_LONG = regex.compile(
    r"(\p{Lu}\p{Ll}{4,}?)(i?ss[aä]|stä|lt[aä]|iin|ovi|owi|ogo|omu|nak|nek|tól|től|ról|ről|hoz|ért)"
)
_LONG_GATE = regex.compile(r"(?:ss[aä]|stä|lt[aä]|iin|ovi|owi|ogo|omu|n[ae]k|[tr][óő]l|hoz|ért)$")
# Trumpin, Hollanden; -man and -ian are English.
_CASES = regex.compile(
    r"(\p{L}{4,}[bcdfghjklmpqrstvwxz])in|(\p{L}{3,}(?:[^é]e|[öäy]))n|(\p{L}{3,}?[^e])(?:i?lle|i?lla|sta)"
    r"|(\p{L}{3,}(?:[bcfghjklmprstvz]|(?<!a)n))(?:u|em|om|ovi|ě|ů)"
)
_IN = frozenset({"in", "near", "from", "outside"})
_SHORT = (
    "n",
    "in",
    "en",
    "a",
    "an",
    "ia",
    "u",
    "em",
    "om",
    "oy",
    "ym",
    "ista",
    "esta",
    "sta",
    "lle",
    "lla",
)


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield the names, with the bare form where it is sure."""
    doc = evidence.doc
    places: dict[str, list[int]] = defaultdict(list)
    for at, span in enumerate(doc.words):
        word = doc.text[span.start : span.end]
        if len(word) > 3 and word[0].isupper() and word[1:].islower() and word.isalpha():
            places[word].append(at)
    by_given = _by_given(doc, places)
    introduced = {s for names in by_given.values() for s in names} | _towns(doc, places)
    for name, where in places.items():
        if evidence.names.lookup(name) is not None or name.lower() in english_words():
            continue
        for at in where:
            found = (
                _sure(name)
                or _elsewhere(name, places)
                or _after_given(doc, name, at, by_given)
                or _introduced(doc, name, at, introduced)
            )
            if found is None or _foreign_company(doc, at):
                continue
            base, language = found
            ending = f"a {language} ending" if language else "an ending of another language"
            yield Finding(
                doc.words[at],
                DETECTOR.id,
                f"“{name}” kept {ending}",
                (base,) if base else (),
                {"language": language} if language else {},
            )


def _sure(name: str) -> tuple[str, str] | None:
    if not _GATE.search(name):
        return None
    for pattern, put, language in _SURE:
        m = pattern.fullmatch(name)
        if m:
            return ("" if put is None else name[: m.start(1)] + put), language
    return None


def _elsewhere(name: str, places: dict[str, list[int]]) -> tuple[str, str] | None:
    m = _LONG.fullmatch(name) if _LONG_GATE.search(name) else None
    base = m[1] if m else ""
    return (base, "") if base in places and base.lower() not in english_words() else None


def _by_given(doc: Document, places: dict[str, list[int]]) -> dict[str, set[str]]:
    """Given name -> the words that follow it."""
    followers: dict[str, set[str]] = defaultdict(set)
    for name, where in places.items():
        for at in where:
            before = _before(doc, at)
            if before.istitle() and (before in given_names() or before.lower() not in english_words()):
                followers[before].add(name)
    return followers


def _towns(doc: Document, places: dict[str, list[int]]) -> set[str]:
    """The names that stand after a preposition of place at least once."""
    return {n for n, where in places.items() if any(_before(doc, at) in _IN for at in where)}


def _after_given(doc: Document, name: str, at: int, by_given: dict[str, set[str]]) -> tuple[str, str] | None:
    given = _before(doc, at)
    m = _OVA.fullmatch(name)
    if m:
        return (m[1], "Czech") if given in _NOT_CZECH else None
    if given not in by_given:
        return None
    for ending in _SHORT:
        base = name.removesuffix(ending)
        if base == name or len(base) < 4 or base[-1] == ending[0] or (base[-1] in "ao" and ending == "n"):
            continue
        # Sierra Leonean, Costa Rican
        if ending == "an" and base[-1] in "aeiou":
            continue
        if base in by_given[given] and base.lower() not in english_words():
            return base, ""
    return None


def _introduced(doc: Document, name: str, at: int, introduced: set[str]) -> tuple[str, str] | None:
    """A Finnish or Slavic case that stands by itself, when somebody of the bare name has been introduced."""
    m = _CASES.fullmatch(name)
    base = next(filter(None, m.groups())) if m else ""
    before = _before(doc, at)
    # Another person of a like name has a given name of their own.
    if (
        base not in introduced
        or name in given_names()
        or (before.istitle() and before.lower() not in english_words())
    ):
        return None
    return None if base.lower() in english_words() else (base, "")


def _before(doc: Document, at: int) -> str:
    if not at or doc.text[doc.words[at - 1].end : doc.words[at].start] not in {" ", "\u00a0"}:
        return ""
    return doc[doc.words[at - 1]]


def _foreign_company(doc: Document, at: int) -> bool:
    """Whether the name stands in a quotation, or beside a word that is neither English nor a name."""
    if touching(doc.quotes, doc.words[at]) is not None:
        return True
    beside = [doc[doc.words[i]] for i in (at - 1, at + 1) if 0 <= i < len(doc.words)]
    return any(w[:1].islower() and w.isalpha() and w not in english_words() for w in beside)


DETECTOR = Detector("foreign-inflection", Category.ENTITY, find)
