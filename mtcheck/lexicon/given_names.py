"""Given names that a surname may follow."""

from functools import cache
from importlib.resources import files


@cache
def given_names() -> frozenset[str]:
    """Return the names, capitalised, as English writes them."""
    text = (files("mtcheck") / "lexicon" / "given_names.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
