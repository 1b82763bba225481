"""The name-normalisation dictionary: which spelling of a name is whose."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from mtcheck.lexicon import tables

COLUMNS = ("variant", "preferred", "kind", "relation", "language", "homograph", "source")
KINDS = frozenset({"person", "place", "organisation", "demonym", "title"})
# A form that the desk itself has chosen; never a row of the shipped table.
HOUSE = "house"
# Letters of a variant that the index of openings holds.
_OPENING = 4
RELATIONS = frozenset({"exonym", "romanisation", "calque", "former", "acronym", "valid"})


@dataclass(frozen=True, slots=True)
class NameEntry:
    """One row. `language` holds ISO 639-1 codes parted by blanks.

    `homograph` is "" or says what else the variant is in English ("dish",
    "surname"); such a row never fires without other evidence. Relation
    `valid` marks a variant that English itself uses, with `preferred` equal to it.
    """

    variant: str
    preferred: str
    kind: str
    relation: str
    language: str
    homograph: str
    source: str


class NameDictionary:
    """Looks names up by the exact spelling, several words included."""

    def __init__(self, entries: Iterable[NameEntry], own: Iterable[NameEntry] = ()) -> None:
        self._own = tuple(own)
        self._entries = {e.variant: e for e in (*entries, *self._own)}

    def lookup(self, name: str) -> NameEntry | None:
        """Return the entry of this spelling, or None when no row has it."""
        return self._entries.get(name)

    def with_rows(self, own: Iterable[NameEntry]) -> "NameDictionary":
        """Return a dictionary in which `own` rows beat these."""
        return NameDictionary(self._entries.values(), own)

    @cached_property
    def own_signature(self) -> str:
        """A short hash of the desk's own rows, "" without any."""
        said = repr(sorted((e.variant, e.preferred) for e in self._own)).encode()
        return hashlib.blake2b(said, digest_size=4).hexdigest() if self._own else ""

    @cached_property
    def preferred(self) -> frozenset[str]:
        """Every form that some row prefers."""
        return frozenset(e.preferred for e in self._entries.values())

    @cached_property
    def words(self) -> frozenset[str]:
        """The single words of all variants and preferred forms that begin with a capital."""
        forms = {*self._entries, *self.preferred}
        return frozenset(w for form in forms for w in form.split() if w[:1].isupper())

    @cached_property
    def openings(self) -> frozenset[str]:
        """The first four letters of every variant, and the shorter ones whole.

        Most words begin no name, and are passed over.
        """
        return frozenset(v[:_OPENING] for v in self._entries)

    def may_open(self, opening: str) -> bool:
        """Whether a variant may begin with these four letters of a text."""
        known = self.openings
        return opening in known or opening[:3] in known or opening[:2] in known

    @cached_property
    def longest(self) -> int:
        """Most words that a variant has."""
        return max((len(v.split()) for v in self._entries), default=0)

    def __iter__(self) -> Iterator[NameEntry]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)


@cache
def load_names() -> NameDictionary:
    """Return the dictionary that ships with mtcheck. Raises ValueError on a bad row."""
    entries = []
    for row in tables.rows("names.tsv", COLUMNS):
        entry = NameEntry(*row)
        if entry.kind not in KINDS or entry.relation not in RELATIONS:
            raise ValueError(f"names.tsv: {entry.variant}: unknown kind or relation")
        entries.append(entry)
    return NameDictionary(entries)
