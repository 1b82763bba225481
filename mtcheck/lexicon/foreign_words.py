"""Common words of other languages: one of them alone, between English words, was left untranslated."""

from functools import cache

from mtcheck.lexicon import tables

COLUMNS = ("language", "words")


@cache
def foreign_words() -> dict[str, str]:
    """Return word, in lower case -> the languages (ISO 639-1) that have it, parted by spaces."""
    found: dict[str, str] = {}
    for language, words in tables.rows("foreign_words.tsv", COLUMNS):
        for word in words.split():
            found[word] = f"{found[word]} {language}" if word in found else language
    return found
