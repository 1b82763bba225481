"""Counting one set of spans against another, in numbers that may be added up.

Everything the ratios of `ratios.py` need is counted here once a text, so that
sums over any group of documents, and over a resample of them, are exact. White
space never counts: a span that ends a blank late is no worse for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mtcheck.text import Document, Span


class Counts(NamedTuple):
    """`found`: spans reported, `hits` those that touch a label; `labels`, `touched` likewise.

    `char_*` and `word_*` are true and false positives and negatives (and
    `word_tn` true negatives). `found_credit` sums for each reported span the
    share of it that its partner among the labels covers, `label_credit` the
    share of each label.
    """

    found: float = 0
    hits: float = 0
    labels: float = 0
    touched: float = 0
    char_tp: float = 0
    char_fp: float = 0
    char_fn: float = 0
    word_tp: float = 0
    word_fp: float = 0
    word_fn: float = 0
    word_tn: float = 0
    found_credit: float = 0
    label_credit: float = 0

    def plus(self, other: "Counts") -> "Counts":
        """The sum, field by field."""
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))


@dataclass(frozen=True)
class Page:
    """A text ready for counting: bits, one a code point, say where a letter or a word stands."""

    size: int
    inked: int
    words: tuple[int, ...]

    @classmethod
    def of(cls, doc: Document) -> "Page":
        """The page of a document."""
        inked = sum(1 << i for i, c in enumerate(doc.text) if not c.isspace())
        return cls(len(doc.text), inked, tuple(_bits(w) for w in doc.words))


def _bits(span: Span) -> int:
    return ((1 << len(span)) - 1) << span.start


def count(page: Page, found: Sequence[Span], labels: Sequence[Span]) -> Counts:
    """Count `found` against `labels`; doubles among either count once."""
    found_bits = [_bits(s) & page.inked for s in sorted(set(found))]
    label_bits = [_bits(s) & page.inked for s in sorted(set(labels))]
    found_bits = [b for b in found_bits if b]
    label_bits = [b for b in label_bits if b]
    all_found, all_labels = _union(found_bits), _union(label_bits)
    tp = fp = fn = 0
    if found_bits or label_bits:
        for word in page.words:
            said, true = bool(word & all_found), bool(word & all_labels)
            tp += said and true
            fp += said and not true
            fn += true and not said
    found_credit, label_credit = _credits(found_bits, label_bits)
    return Counts(
        found=len(found_bits),
        hits=sum(bool(b & all_labels) for b in found_bits),
        labels=len(label_bits),
        touched=sum(bool(b & all_found) for b in label_bits),
        char_tp=(all_found & all_labels).bit_count(),
        char_fp=(all_found & ~all_labels).bit_count(),
        char_fn=(all_labels & ~all_found).bit_count(),
        word_tp=tp,
        word_fp=fp,
        word_fn=fn,
        word_tn=len(page.words) - tp - fp - fn,
        found_credit=found_credit,
        label_credit=label_credit,
    )


def everything(page: Page, text: str) -> list[Span]:
    """What a checker that flags every word would report: the stretches between white space."""
    spans = []
    start: int | None = None
    for i in range(page.size + 1):
        blank = i == page.size or text[i].isspace()
        if blank and start is not None:
            spans.append(Span(start, i))
            start = None
        elif not blank and start is None:
            start = i
    return spans


def _union(bits: Iterable[int]) -> int:
    whole = 0
    for b in bits:
        whole |= b
    return whole


def _credits(found: Sequence[int], labels: Sequence[int]) -> tuple[float, float]:
    """Partners one to one, the largest overlap first; each side gets the share that is shared.

    The largest overlap first may miss the best sum over all partners where
    three or more spans overlap in a chain; the difference is in the third decimal.
    """
    overlaps = []
    for i, f in enumerate(found):
        for j, label in enumerate(labels):
            shared = (f & label).bit_count()
            if shared:
                overlaps.append((-shared, i, j))
    taken_found: set[int] = set()
    taken_labels: set[int] = set()
    of_found = of_labels = 0.0
    for shared, i, j in sorted(overlaps):
        if i in taken_found or j in taken_labels:
            continue
        taken_found.add(i)
        taken_labels.add(j)
        of_found += -shared / found[i].bit_count()
        of_labels += -shared / labels[j].bit_count()
    return of_found, of_labels
