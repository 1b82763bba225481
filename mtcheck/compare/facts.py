"""What a sentence states that a change of words must not touch: names, numbers, negations."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from mtcheck.text import Document, Span

_NEGATIONS = frozenset(
    "no not never none nobody nothing nowhere neither nor without cannot hardly scarcely barely".split()
)
_NUMBERS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty".split()
    )
} | dict(
    zip(
        "thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion".split(),
        "30 40 50 60 70 80 90 100 1000 1000000 1000000000 1000000000000".split(),
        strict=True,
    )
)
# Small letters or capitals say nothing about these.
_NO_NAMES = frozenset("i i'm i'd i'll i've".split())


@dataclass(frozen=True)
class Facts:
    """The facts of a stretch of words, each with how often it is stated."""

    names: Counter[str]
    numbers: Counter[str]
    negations: Counter[str]


def normal(word: str) -> str:
    """A word without what doesn't change it: case and the form of its apostrophe.

    >>> normal("Don’t")
    "don't"
    """
    return word.casefold().replace("’", "'")


def number_of(word: str) -> str | None:
    """The number that a word states, None when it states none.

    >>> number_of("1,500"), number_of("Three"), number_of("1.50"), number_of("won")
    ('1500', '3', '1.50', None)
    """
    word = normal(word)
    if word[:1].isdigit():
        return word.replace(",", "")
    # "one" is a pronoun more often than a number.
    return _NUMBERS.get(word) if word != "one" else None


def is_negation(word: str) -> bool:
    """Whether the word denies.

    >>> is_negation("won’t"), is_negation("Not"), is_negation("note")
    (True, True, False)
    """
    word = normal(word)
    return word in _NEGATIONS or word.endswith("n't")


def facts(doc: Document, words: Iterable[Span], first: frozenset[Span]) -> Facts:
    """The facts that `words` state; a capital says nothing on the `first` word of a sentence."""
    names: Counter[str] = Counter()
    numbers: Counter[str] = Counter()
    negations: Counter[str] = Counter()
    for span in words:
        word = doc[span]
        number = number_of(word)
        if number is not None:
            numbers[number] += 1
        elif is_negation(word):
            negations["not"] += 1
        elif span not in first and word[0].isupper() and normal(word) not in _NO_NAMES:
            names[normal(word).removesuffix("'s").rstrip("'")] += 1
    return Facts(names, numbers, negations)
