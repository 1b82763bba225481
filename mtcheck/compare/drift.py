"""What changed between a sentence of the original and its partner, as findings in the suspect."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from mtcheck.compare import kinds
from mtcheck.compare.facts import Facts, facts, normal, number_of
from mtcheck.compare.kinds import PRIORITY
from mtcheck.findings import Detector, Finding
from mtcheck.text import Document, Span, touching

# Below this share of kept words a list of single words is longer than the sentence it would explain.
_LEAST_KEPT = 0.5


@dataclass(frozen=True)
class Side:
    """The sentences of a pair in one of the two texts; `first` are the words that open one."""

    doc: Document
    words: tuple[Span, ...]
    first: frozenset[Span]
    facts: Facts

    def texts(self) -> list[str]:
        """The words as they are compared."""
        return [number_of(self.doc[w]) or normal(self.doc[w]) for w in self.words]

    def facts_of(self, start: int, end: int) -> Facts:
        """The facts of a few of its words."""
        return facts(self.doc, self.words[start:end], self.first)

    def span(self, start: int, end: int) -> Span:
        """From the first to the last of a few of its words."""
        return Span(self.words[start].start, self.words[end - 1].end)

    def said(self, start: int, end: int) -> str:
        """A few of its words on one line, with what stands between them."""
        return " ".join(self.doc[self.span(start, end)].split()) if start < end else ""

    def is_quoted(self, start: int, end: int) -> bool:
        """Whether a quotation holds one of them."""
        return start < end and touching(self.doc.quotes, self.span(start, end)) is not None


def side(doc: Document, sentences: Sequence[Span]) -> Side:
    """One side of a pair."""
    by_sentence = [doc.words_in(s) for s in sentences]
    words = tuple(w for ws in by_sentence for w in ws)
    # A quotation opens a sentence of its own.
    opened = {w for q in doc.quotes for w in doc.words_in(q)[:1]}
    first = frozenset({w for ws in by_sentence for w in ws[:1]} | (opened & set(words)))
    return Side(doc, words, first, facts(doc, words, first))


Block = tuple[int, int, int, int]


def drifted(old: Side, new: Side, because: Mapping[str, str | float]) -> Iterator[Finding]:
    """Yield what changed in a pair; `because` holds what is known of the pair as a whole."""
    before, after = old.texts(), new.texts()
    if before == after or not after:
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    kept = matcher.ratio()
    if kept < _LEAST_KEPT:
        yield _reworded(old, new, because)
        return
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            for block in _parts(old, new, (a, b, c, d)):
                yield _changed(old, new, block, because)


def _parts(old: Side, new: Side, block: Block) -> list[Block]:
    """The block, or its words one by one where a fact changed with others and each has its counterpart."""
    a, b, c, d = block
    each = [(a + n, a + n + 1, c + n, c + n + 1) for n in range(b - a)]
    if b - a != d - c or all(_kind(old, new, e)[0] is kinds.DRIFTED_WORD for e in each):
        return [block]
    return each


def _reworded(old: Side, new: Side, because: Mapping[str, str | float]) -> Finding:
    block = (0, len(old.words), 0, len(new.words))
    kind, fact = _kind(old, new, block)
    kind = kinds.REWORDED_SENTENCE if kind is kinds.DRIFTED_WORD else kind
    original = old.said(0, len(old.words))
    return Finding(
        new.span(0, len(new.words)),
        kind.id,
        f"few words of the original are left; {fact}" if fact else "few words of the original are left",
        (original,),
        {"priority": PRIORITY[kind.id], "original": original, **because},
    )


def _changed(old: Side, new: Side, block: Block, because: Mapping[str, str | float]) -> Finding:
    a, b, c, d = block
    kind, fact = _kind(old, new, block)
    original = old.said(a, b)
    if c == d:
        # Nothing is left to point at, so the word beside the gap stands for it.
        at = c - 1 if c else 0
        span = new.span(at, at + 1)
        suggestion = old.said(a - 1, b) if c else old.said(a, b + 1)
        message = f"“{original}” of the original is missing {'after' if c else 'before'} this"
    elif a == b:
        span, suggestion = new.span(c, d), ""
        message = f"the original doesn't say “{new.doc[span]}”"
    else:
        span, suggestion = new.span(c, d), original
        message = f"the original says “{original}”"
    message = " ".join(message.split())
    return Finding(
        span,
        kind.id,
        f"{message}; {fact}" if fact else message,
        (suggestion,),
        {"priority": PRIORITY[kind.id], "original": original, **because},
    )


def _kind(old: Side, new: Side, block: Block) -> tuple[Detector, str]:
    """The kind of a change, and the fact behind it.

    A fact changed only if the other sentence as a whole doesn't state it: one
    that merely moved stands in two blocks and has changed in neither.
    """
    a, b, c, d = block
    gone, come = old.facts_of(a, b), new.facts_of(c, d)
    pick: list[tuple[Detector, str, Callable[[Facts], Counter[str]]]] = [
        (kinds.CHANGED_NAME, "name", lambda f: f.names),
        (kinds.CHANGED_NUMBER, "number", lambda f: f.numbers),
        (kinds.CHANGED_NEGATION, "negation", lambda f: f.negations),
    ]
    for kind, what, of in pick:
        lost = of(gone) & (of(old.facts) - _stated(of(new.facts), new))
        won = of(come) & (of(new.facts) - _stated(of(old.facts), old))
        if lost or won:
            return kind, _told(what, lost, won)
    if old.is_quoted(a, b) or new.is_quoted(c, d):
        return kinds.CHANGED_QUOTATION, "inside a quotation"
    return kinds.DRIFTED_WORD, ""


def _stated(found: Counter[str], by: Side) -> Counter[str]:
    """The facts, and every word that opens a sentence: it may be a name."""
    opening = Counter(normal(by.doc[w]).removesuffix("'s").rstrip("'") for w in by.first)
    return found + opening


def _told(what: str, lost: Counter[str], won: Counter[str]) -> str:
    """The fact in words.

    >>> _told("name", Counter(), Counter({"brno": 1}))
    'a name is new'
    """
    return f"a {what} {'changed' if lost and won else 'is lost' if lost else 'is new'}"
