"""A name from another script in another language's spelling, told by rule: no table can list them all.

German writes Gorbatschow, French Gorbatchev, Dutch Gorbatsjov for one man. The
rules undo the spelling, and believe the result only when it ends as such
names end in English.
"""

from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from mtcheck.lexicon import tables
from mtcheck.lexicon.conventions import CONVENTIONS, Convention
from mtcheck.lexicon.words import english_words

COLUMNS = ("form", "english", "language", "kind")
# given: a given name that only this language spells so; shared: other nations bear it too;
# slavic: as English writes it; plain: the same, but borne by other nations as well;
# stem: how a surname begins; real: a surname that its bearers write so.
KINDS = frozenset({"given", "shared", "slavic", "plain", "stem", "real"})
# The endings of surnames in English letters; the shortest that a rule may make is five letters long.
_ENDING = regex.compile(
    r"(?:[^aeiou][eo]v|[aeiouy][eo]v|[eo]va|[a-z]in|[a-z]yn|[a-z]ina|[a-z]yna|sk[iy]|skaya|enko|[iu]k|[eio]vich|[eo]vych"
    r"|vych|shvili|dze|yan)$"
)
_ENGLISH_LETTERS = regex.compile(r"[a-z]{5,}$")
# Letters that only English pairs so: a name with them is spelt for it already.
_ENGLISH_PAIR = regex.compile(r"sh|zh")
_WORD = regex.compile(r"\p{Lu}\p{Ll}{4,}$")


@dataclass(frozen=True, slots=True)
class Transliteration:
    """The English form of a name, and whose spelling the other one is (ISO 639-1 codes)."""

    english: str
    language: str


def borne_so(word: str) -> bool:
    """Whether people write this surname so themselves, foreign as it looks."""
    return word in _rows("real")


@cache
def _rows(kind: str) -> dict[str, tuple[str, str]]:
    """Form -> English form and language, of one kind. Raises ValueError on an unknown kind."""
    found = {}
    for form, english, language, its_kind in tables.rows("transliteration.tsv", COLUMNS):
        if its_kind not in KINDS:
            raise ValueError(f"transliteration.tsv: {form}: unknown kind {its_kind}")
        if its_kind == kind:
            found[form] = (english, language)
    return found


def given_name(word: str, *, sure: bool) -> Transliteration | None:
    """The English form of a given name; when `sure`, only of one that no bearer outside spells so.

    >>> given_name("Jewgeni", sure=True).english
    'Yevgeny'
    >>> given_name("Sergej", sure=True) is None
    True
    """
    row = _rows("given").get(word) or (None if sure else _rows("shared").get(word))
    return Transliteration(*row) if row else None


def _undone(word: str, convention: Convention) -> str:
    lower, made, at = word.lower(), "", 0
    for stem, (english, language) in _rows("stem").items():
        if lower.startswith(stem) and set(language.split()) & set(convention.language.split()):
            made, at = english, len(stem)
            break
    while at < len(lower):
        for key, value in convention.letters:
            m = regex.compile(key).match(lower, at)
            if m and m.end() > at:
                made, at = made + value, m.end()
                break
        else:
            made, at = made + lower[at], at + 1
    if convention.ending is not None:
        return made
    made = regex.sub(r"chov(a?)$", r"chev\1", made)
    return regex.sub(r"^e(?=lts)", "ye", regex.sub(r"(?<=[bcdfgklmnprstvz])ye(?=va?$)", "ye", made))


def _fits(context: str, convention: Convention) -> bool:
    """Whether the given name before is Slavic, and may have this language's spelling."""
    row = _rows("given").get(context) or _rows("shared").get(context)
    if row is not None:
        return bool(set(row[1].split()) & set(convention.language.split()))
    return context in _rows("slavic") or (convention.roomy and context in _rows("plain"))


@lru_cache(maxsize=100_000)
def transliterated(word: str, given: str = "") -> Transliteration | None:
    """The English form of surname `word` when another language's spelling shows; else None.

    `given` is the word before it, "" when there is none: with a Slavic given
    name weaker marks are enough.

    >>> transliterated("Gorbatschow")
    Transliteration(english='Gorbachev', language='de')
    >>> transliterated("Lawrow"), transliterated("Lawrow", "Sergej").english
    (None, 'Lavrov')
    >>> transliterated("Pankow") is None
    True
    """
    lower = word.lower()
    if not _WORD.match(word) or lower in english_words() or borne_so(word):
        return None
    for sure in (True, False):
        for convention in CONVENTIONS:
            if not sure and _ENGLISH_PAIR.search(lower):
                continue
            shown = convention.sure if sure else convention.mark
            if not shown.search(lower) or not (sure or _fits(given, convention)):
                continue
            english = _undone(word, convention)
            ending = convention.ending or _ENDING
            if english != lower and _ENGLISH_LETTERS.match(english) and ending.search(english):
                return Transliteration(english.capitalize(), convention.language)
    return None


def ends_as_slavic(word: str) -> bool:
    """Whether a surname in English or foreign letters has an ending that tells it Slavic.

    >>> ends_as_slavic("Lavrov"), ends_as_slavic("Makine")
    (True, False)
    """
    return (
        bool(regex.search(r"(?:[eo]va?|sk[iy]j?|skaya|enko|[eo]vi?ch|[kt]in|chuk)$", word)) and len(word) > 4
    )
