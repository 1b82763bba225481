"""Words that carry their own full stop."""

from functools import cache
from importlib.resources import files


@cache
def load_abbreviations() -> frozenset[str]:
    """Return the abbreviations in lower case, without their last stop."""
    text = (files("mtcheck") / "lexicon" / "abbreviations.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
