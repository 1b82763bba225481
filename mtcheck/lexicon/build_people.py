"""Renew the rows of names.tsv that come from people.tsv: Russian names as other languages write them.

    python -m mtcheck.lexicon.build_people

Each language transcribes Cyrillic by a table of its own, taught at school and kept by its
news agencies; so a name in Cyrillic gives the spelling in all of them. Only spellings
that no native surname would have are kept.
"""

from collections import defaultdict
from functools import cache
from pathlib import Path

import regex

from mtcheck.lexicon import tables
from mtcheck.lexicon.names import COLUMNS
from mtcheck.lexicon.transliteration import borne_so
from mtcheck.lexicon.words import english_words

SOURCE = "transcription"
PEOPLE = ("cyrillic", "english")
LETTERS = ("language", "letters", "latin")
# What only a foreign spelling of a Russian name has, for each language.
_MARKS = {
    "de": r"tsch.*(?:[eo]w|owa|ewa|in|ina|enko|ski|ez)$|sch.*(?:[eo]w|[eo]wa|enko)$|je(?:w|wa)$",
    "fr": r"tch.*|ïev|kh.*(?:[eo]va?|ine|enko)$|ou.*(?:[eo]va?|enko|ski)$|iou|j.*[eo]va?$"
    r"|gu[ei].*[eo]va?$",
    "nl": r"(?:tsj|zj|joe).*|(?:oe|sj).*(?:[eo]va?|in|ina|enko|ski)$",
    "sv": r"(?:tj|sj|zj).*(?:[eo]va?|in|ina|enko|kij|uk)$",
    "no": r"(?:tsj|sj|zj).*(?:[eo]va?|in|ina|enko|kij|uk)$",
    "pl": r"(?:sz|cz|ż).*(?:[eo]wa?)$|i[eo]wa?$|jewa?$",
    "cs": r"[čšž].*(?:[eo]v|ěv|enko|kij)$|ějev$|ěv$",
    "hr sl": r"[čšž].*(?:enko|ski|[eo]va)$",
    "hu": r"(?:cs|sz|zs|gy).*(?:[eo]va?|in|enko|kij|uk|kaja)$",
    "fi": r"tš.*|š.*(?:enko|[eo]va?)$",
    "tr": r"[çşı].*(?:[eo]va?|in|ina|enko|iy)$",
}
# Shorter ones may be anybody's.
_SHORTEST = 6


@cache
def _letters() -> dict[str, dict[str, str]]:
    """Language -> pattern of Cyrillic letters -> Latin; `^` opens a name, a class before them only looks."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for language, letters, latin in tables.rows("cyrillic.tsv", LETTERS):
        found[language][letters] = latin
    return found


def transcribed(cyrillic: str, language: str) -> str:
    """The spelling of a Cyrillic name in another language.

    >>> transcribed("Овечкин", "de"), transcribed("Овечкин", "fr"), transcribed("Овечкин", "sv")
    ('Owetschkin', 'Ovetchkine', 'Ovetjkin')
    """
    table = {**_letters()["all"], **_letters()[language]}
    # The longest key first; a class before the letter only looks.
    keys = sorted(table, key=lambda k: (-len(regex.sub(r"\[[^]]*\]|\(.*\)", "x", k)), -len(k)))
    name, made, at = cyrillic.lower(), "", 0
    while at < len(name):
        for key in keys:
            found = _at(key, name, at)
            if found:
                made, at = made + table[key], at + found
                break
        else:
            raise ValueError(f"{cyrillic}: no letter for {name[at]!r} in {language}")
    return made.capitalize()


def _at(key: str, name: str, at: int) -> int:
    """How many letters of the name the key takes at this place; 0 when it does not fit."""
    for choice in key.split("|"):
        before = regex.match(r"\[[^]]*\]|\^", choice)
        pattern = choice[before.end() :] if before else choice
        if before and before[0] == "^" and at:
            continue
        if before and before[0] != "^" and not (at and name[at - 1] in before[0]):
            continue
        m = regex.compile(pattern).match(name, at)
        if m:
            return m.end() - at
    return 0


def people_rows() -> dict[str, tuple[str, ...]]:
    """The rows: variant -> the columns of names.tsv."""
    meant: dict[str, set[str]] = defaultdict(set)
    spoken: dict[str, list[str]] = defaultdict(list)
    people = list(tables.rows("people.tsv", PEOPLE))
    english = {name for _, name in people}
    for cyrillic, name in people:
        for language in _MARKS:
            variant = transcribed(cyrillic, language)
            if variant in english or len(variant) < _SHORTEST or borne_so(variant):
                continue
            if variant.lower() not in english_words() and regex.search(_MARKS[language], variant.lower()):
                meant[variant].add(name)
                spoken[variant].extend(language.split())
    return {
        v: (v, next(iter(names)), "person", "romanisation", " ".join(dict.fromkeys(spoken[v])), "", SOURCE)
        for v, names in meant.items()
        if len(names) == 1
    }


def main() -> None:
    """Write names.tsv anew beside this file; rows of other sources win."""
    own = {row[0]: row for row in tables.rows("names.tsv", COLUMNS) if row[-1] != SOURCE}
    preferred = {row[1] for row in own.values()}
    made = {v: r for v, r in people_rows().items() if v not in own and v not in preferred and r[1] not in own}
    lines = ["\t".join(row) for row in sorted({**made, **own}.values())]
    Path(__file__).with_name("names.tsv").write_text("\n".join(["\t".join(COLUMNS), *lines]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
