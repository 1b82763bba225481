"""Official titles and bodies: their right word order, and the forms that papers accept."""

from collections import Counter
from dataclasses import dataclass
from functools import cache

from mtcheck.lexicon import tables

COLUMNS = ("title", "kind", "variants")
KINDS = frozenset({"office", "body", "garbled"})
SMALL = frozenset(["of", "the", "for", "and", "to", "on", "in", "at", "an", "a", "by", "pro", "as"])


@dataclass(frozen=True, slots=True)
class Title:
    """One row. Of kind `garbled`, `variants` holds the one right form."""

    title: str
    kind: str
    variants: tuple[str, ...]

    @property
    def content(self) -> tuple[str, ...]:
        """The words that carry meaning, in lower case and in order."""
        return content_words(words_of(self.title))


def words_of(phrase: str) -> tuple[str, ...]:
    """Return the words of `phrase` in lower case; hyphens and commas part words."""
    plain = phrase.lower().replace("’", "'").replace("-", " ").replace(",", " ")
    return tuple(plain.split())


def content_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return `words` without the small ones."""
    return tuple(w for w in words if w not in SMALL)


@cache
def load_titles() -> tuple[Title, ...]:
    """Return the table. Raises ValueError on a bad row."""
    table = tables.rows("titles.tsv", COLUMNS)
    titles = tuple(Title(t, k, tuple(v.split("|")) if v else ()) for t, k, v in table)
    for title in titles:
        if title.kind not in KINDS or (title.kind == "garbled" and len(title.variants) != 1):
            raise ValueError(f"titles.tsv: {title.title}: unknown kind, or no right form")
    return titles


@cache
def by_content() -> dict[frozenset[tuple[str, int]], tuple[Title, ...]]:
    """Return the titles by their content words, counted, whatever the order."""
    found: dict[frozenset[tuple[str, int]], tuple[Title, ...]] = {}
    for title in load_titles():
        key = content_key(title.content)
        found[key] = (*found.get(key, ()), title)
    return found


def content_key(words: tuple[str, ...]) -> frozenset[tuple[str, int]]:
    """Return `words` as a bag that can be looked up."""
    return frozenset(Counter(words).items())


@cache
def accepted() -> frozenset[tuple[str, ...]]:
    """Return every accepted form as lower-case words."""
    return frozenset(
        words_of(form) for t in load_titles() if t.kind != "garbled" for form in (t.title, *t.variants)
    )
