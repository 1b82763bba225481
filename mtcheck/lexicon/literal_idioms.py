"""Foreign idioms as they stand after word-for-word translation, and what English says instead.

A row belongs here only if sound English practically never has its words in
that order; where English shares the picture ("break the ice"), no row is right.
"""

from dataclasses import dataclass
from functools import cache

from mtcheck.lexicon import tables

COLUMNS = ("literal", "meant", "language", "original")
POSSESSIVE = "one's"
LANGUAGES = {
    "ar": "Arabic",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "hu": "Hungarian",
    "it": "Italian",
    "ja": "Japanese",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}


@dataclass(frozen=True, slots=True)
class LiteralIdiom:
    """`words` are the accepted forms at each place; `originals` is one idiom a language, in that order."""

    words: tuple[tuple[str, ...], ...]
    meant: str
    languages: tuple[str, ...]
    originals: tuple[str, ...]


@cache
def load_literal_idioms() -> tuple[LiteralIdiom, ...]:
    """Return the table. Raises ValueError on a bad row."""
    return tuple(_row(*row) for row in tables.rows("literal_idioms.tsv", COLUMNS))


def _row(literal: str, meant: str, language: str, original: str) -> LiteralIdiom:
    words = tuple(tuple(w.split("/")) for w in literal.split(" "))
    languages, originals = tuple(language.split(" ")), tuple(original.split("/"))
    if len(words) < 3 or literal != literal.lower() or not all(all(forms) for forms in words):
        raise ValueError(f"literal_idioms.tsv: {literal}: at least three words, in lower case")
    if any(len(set(forms)) < len(forms) for forms in words):
        raise ValueError(f"literal_idioms.tsv: {literal}: a form comes twice at one place")
    if all(POSSESSIVE in forms for forms in words):
        raise ValueError(f"literal_idioms.tsv: {literal}: no fixed word")
    if not meant.strip():
        raise ValueError(f"literal_idioms.tsv: {literal}: nothing meant")
    if not set(languages) <= LANGUAGES.keys() or len(set(languages)) < len(languages):
        raise ValueError(f"literal_idioms.tsv: {literal}: unknown language, or one twice: {language}")
    if len(originals) != len(languages) or not all(o.strip() for o in originals):
        raise ValueError(f"literal_idioms.tsv: {literal}: one original for each language")
    return LiteralIdiom(words, meant, languages, originals)
