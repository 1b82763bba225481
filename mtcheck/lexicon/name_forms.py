"""Which spellings are of one name, and how often each stands in the files of a run."""

import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache

import regex

from mtcheck.lexicon.names import NameDictionary
from mtcheck.lexicon.words import english_words
from mtcheck.text import Document

_EQUIVALENT = (
    ("tch", "ch"), ("sch", "sh"), ("kh", "h"), ("ph", "f"), ("ou", "u"), ("ts", "z"), ("w", "v"), ("j", "y"),
    ("iy", "i"), ("yy", "i"), ("ii", "i"), ("y", "i"),
)  # fmt: skip
_MIN_LETTERS = 5
_POSSESSIVE = regex.compile(r"['’]s?$")
# Words before a surname that are no given names.
_NO_GIVEN = frozenset(
    ("The President Minister Prime King Queen Mr Mrs Ms Dr Sir Lord General Saint San").split()
)
# A run of a million different names is counted in some 100 MB; past that the forms seen once go first.
MOST_FORMS = 300_000
_MOST_GIVEN = 6


@cache
def flat(word: str) -> str:
    """The word without accents.

    >>> flat("Erdoğan"), flat("Wałęsa")
    ('Erdogan', 'Walesa')
    """
    bare = unicodedata.normalize("NFKD", word.replace("ł", "l").replace("ı", "i").replace("ø", "o"))
    return "".join(c for c in bare if not unicodedata.combining(c))


@cache
def sound(word: str) -> str:
    """The word with spellings that transliterations mix up made equal.

    >>> sound("Zelenskiy") == sound("Zelenskyy") == sound("Zelensky")
    True
    """
    plain = flat(word).lower()
    for given, kept in _EQUIVALENT:
        plain = plain.replace(given, kept)
    return str(regex.sub(r"(.)\1+", r"\1", plain))


def name_places(doc: Document, names: NameDictionary) -> dict[str, list[int]]:
    """Capitalised words, without the possessive, and where they stand; short ones only if known."""
    found: dict[str, list[int]] = defaultdict(list)
    text, words = doc.text, names.words
    for at, word in enumerate(doc.words):
        if not text[word.start].isupper():
            continue
        name = text[word.start : word.end]
        if not name.isalpha():
            name = _POSSESSIVE.sub("", name)
        known = len(name) == _MIN_LETTERS - 1 and name in words
        if (known or len(name) >= _MIN_LETTERS) and name[1:].islower() and name.isalpha():
            found[name].append(at)
    return found


def given_before(doc: Document, places: list[int]) -> set[str]:
    """The capitalised words directly before the places that may be given names."""
    before = ((doc.words[at - 1], doc.words[at]) for at in places if at)
    given = {
        doc[a] for a, b in before if doc.text[a.end : b.start] == " " and doc[a].istitle() and len(doc[a]) > 2
    }
    return given - _NO_GIVEN


def preferred_by_both(names: NameDictionary, one: str, other: str) -> bool:
    """Whether the dictionary has the two as one name that English wrote in both ways until lately."""
    entries = names.lookup(one), names.lookup(other)
    preferred = {e.preferred if e else n for e, n in zip(entries, (one, other), strict=True)}
    # Other rows are reported as exonyms.
    former = any(e is not None and e.relation == "former" and "English" in e.homograph for e in entries)
    return len(preferred) == 1 and former


@dataclass
class FormCounts:
    """How often each spelling stands in all files of a run, and after which given names.

    Counts only: no text is kept, and at most `MOST_FORMS` forms.
    """

    files: Counter[str] = field(default_factory=Counter)
    mentions: Counter[str] = field(default_factory=Counter)
    given: dict[str, set[str]] = field(default_factory=dict)

    def add(self, doc: Document, names: NameDictionary) -> None:
        """Count the names of one file."""
        for form, places in name_places(doc, names).items():
            if form.lower() in english_words():
                continue
            self.files[form] += 1
            self.mentions[form] += len(places)
            known = self.given.setdefault(form, set())
            if len(known) < _MOST_GIVEN:
                known.update(sorted(given_before(doc, places))[: _MOST_GIVEN - len(known)])
        if len(self.mentions) > MOST_FORMS:
            self._forget_the_rarest()

    def _forget_the_rarest(self) -> None:
        for form in [f for f, n in self.mentions.items() if n == 1]:
            del self.mentions[form], self.files[form], self.given[form]

    def commoner(self, names: NameDictionary) -> dict[str, str]:
        """Rarer form -> the form of the same name that more files have.

        Stricter than within one article, where the same spelling means the same person: the
        two need the same given name before them, or a row of the dictionary. A tie says nothing.
        """
        groups: dict[str, list[str]] = defaultdict(list)
        for form in self.mentions:
            entry = names.lookup(form)
            groups[sound(entry.preferred if entry and entry.relation == "former" else form)].append(form)
        found: dict[str, str] = {}
        for forms in groups.values():
            if len(forms) < 2:
                continue
            best, *others = sorted(forms, key=lambda f: (-self.files[f], -self.mentions[f], f))
            for form in others:
                rarer = (self.files[form], self.mentions[form]) < (self.files[best], self.mentions[best])
                if rarer and self._are_one(best, form, names):
                    found[form] = best
        return found

    def _are_one(self, one: str, other: str, names: NameDictionary) -> bool:
        if preferred_by_both(names, one, other):
            return True
        if self.given[one] & self.given[other]:
            return True
        # A whole name of the dictionary: the Maria of María Callas is anybody.
        return flat(one) == flat(other) and any(
            names.lookup(f) is not None or f in names.preferred for f in (one, other)
        )
