"""Hold a suspect text against its original: pairs of sentences, scores, and what changed as findings."""

from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.compare import kinds
from mtcheck.compare.align import Alignment, Pair, align
from mtcheck.compare.drift import drifted, side
from mtcheck.compare.kinds import PRIORITY
from mtcheck.compare.scores import Scores, scores
from mtcheck.findings import Finding
from mtcheck.text import Document, Span

_SHOWN = 80


@dataclass(frozen=True)
class Comparison:
    """What a suspect has of its original. Sentences are given by number."""

    old: tuple[Span, ...]
    new: tuple[Span, ...]
    alignment: Alignment
    findings: tuple[Finding, ...]
    scores: Scores


def compared(original: Document, suspect: Document) -> Comparison:
    """Compare two documents; the findings stand in `suspect`, ordered by place."""
    old, new = _sentences(original), _sentences(suspect)
    alignment = align(
        [[original[w] for w in original.words_in(s)] for s in old],
        [[suspect[w] for w in suspect.words_in(s)] for s in new],
    )
    texts = [_texts(original, suspect, old, new, p) for p in alignment.pairs]
    whole = scores(texts)
    found: list[Finding] = []
    for pair, (before, after) in zip(alignment.pairs, texts, strict=True):
        if before == after:
            continue
        old_side = side(original, [old[i] for i in pair.old])
        new_side = side(suspect, [new[j] for j in pair.new])
        if old_side.texts() == new_side.texts():
            continue
        own = scores([(before, after)])
        because: dict[str, str | float] = {"chrF": round(own.chrf, 1), "TER": round(own.ter, 1)}
        if pair.moved:
            because["moved"] = "the sentence stands elsewhere in the original"
        found += drifted(old_side, new_side, because)
    found += _added(suspect, new, alignment)
    found += _lost(original, suspect, old, new, alignment)
    found.sort(key=lambda f: (f.span, PRIORITY[f.detector]))
    return Comparison(old, new, alignment, tuple(found), whole)


def _sentences(doc: Document) -> tuple[Span, ...]:
    """The sentences that hold a word; the others hold nothing to compare."""
    return tuple(s for s in doc.sentences if doc.words_in(s))


def _texts(
    original: Document, suspect: Document, old: tuple[Span, ...], new: tuple[Span, ...], pair: Pair
) -> tuple[str, str]:
    before = " ".join(" ".join(original[old[i]].split()) for i in pair.old)
    after = " ".join(" ".join(suspect[new[j]].split()) for j in pair.new)
    return before, after


def _added(suspect: Document, new: tuple[Span, ...], alignment: Alignment) -> Iterator[Finding]:
    kind = kinds.ADDED_SENTENCE.id
    for j in alignment.added:
        message = "no sentence of the original is like this one"
        yield Finding(new[j], kind, message, (), {"priority": PRIORITY[kind]})


def _lost(
    original: Document, suspect: Document, old: tuple[Span, ...], new: tuple[Span, ...], alignment: Alignment
) -> Iterator[Finding]:
    """Each lost sentence, at the end of what stands before it in the original."""
    kind = kinds.LOST_SENTENCE.id
    home = {i: new[max(p.new)].end for p in alignment.pairs for i in p.old}
    start = new[0].start if new else 0
    for i in alignment.lost:
        before = next((home[k] for k in range(i - 1, -1, -1) if k in home), start)
        sentence = " ".join(original[old[i]].split())
        shown = sentence if len(sentence) <= _SHOWN else sentence[:_SHOWN].rsplit(" ", 1)[0] + " …"
        message = f"a sentence of the original is missing here: “{shown}”"
        yield Finding(
            Span(before, before), kind, message, (), {"priority": PRIORITY[kind], "original": sentence}
        )
