"""Structures of other languages that come through word for word: shapes over words, and what English says."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from mtcheck.lexicon import tables

COLUMNS = ("anchor", "shape", "meant", "language")
# What the words in capitals in a shape stand for.
SETS = {
    "NUM": r"(?:\d[\d,.]*(?<=\d)|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty"
    r"|forty|fifty|sixty|ninety|many|several|some)",
    "TIME": r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centuries)",
    "MONTH": r"(?:January|February|March|April|May|June|July|August|September|October|November|December)",
    "NAME": r"\p{Lu}[\p{L}\p{M}'’-]+",
}
_SET = regex.compile("|".join(SETS))


@dataclass(frozen=True)
class Calque:
    """One row. `shape` is compiled at first use; `meant` may name the shape's groups."""

    anchor: str
    shape: str
    meant: str
    languages: tuple[str, ...]

    @property
    def pattern(self) -> Any:
        """The compiled shape, bounded by whole words."""
        return _compiled(self.shape)


@cache
def _compiled(shape: str) -> Any:
    filled = _SET.sub(lambda m: SETS[m[0]], shape)
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}'’-])(?:{filled})(?![\p{{L}}\p{{N}}])")


@cache
def load_calques() -> tuple[Calque, ...]:
    """Return the table. Raises ValueError on a bad row."""
    return tuple(
        Calque(anchor, shape, meant, tuple(language.split()))
        for anchor, shape, meant, language in tables.rows("calques.tsv", COLUMNS)
    )
