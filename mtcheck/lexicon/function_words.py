"""Function words of other languages: the surest sign of which language a run of words is in."""

from collections import defaultdict
from functools import cache

from mtcheck.lexicon import tables

COLUMNS = ("language", "words")
# Words inside many names; they carry a run on and prove nothing.
PARTICLES = frozenset(
    (
        "de del della des du la le les los las el von van der den das die et da do dos di y un une d l il lo "
        "al en"
    ).split()
)


@cache
def function_words() -> dict[str, frozenset[str]]:
    """Return word -> the languages (ISO 639-1) that it is a function word of."""
    languages: dict[str, set[str]] = defaultdict(set)
    for language, words in tables.rows("function_words.tsv", COLUMNS):
        for word in words.split():
            languages[word].add(language)
    return {word: frozenset(found) for word, found in languages.items()}
