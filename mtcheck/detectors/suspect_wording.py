"""Words that read as a machine put them: wrong article, preposition, order, form or sense.

Why: what is left of a translation engine is mostly grammar that almost holds
    and words that almost fit, for which no table has a row.
Looks at: the model's artefact head, trained on damaged and on machine-translated
    copy, how the passage as a whole reads, the word hidden and guessed, and how
    rare the word is beside its neighbours, weighed together.
Misses: most of it; only the surest words are shown, so that clean copy stays
    quiet. Anything fluent; names; a text without a calibrated model.
False alarms: dialect, verse, headlines, a writer's own turn of phrase.
Source: K. Clark and others, "ELECTRA" (2020); MQM error labels of WMT.
"""

from collections.abc import Iterator

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.scoring.surprisal import TokenScore
from mtcheck.text import Span

# Bits by which the model's own filler must be likelier before it is worth offering.
MIN_GAP = 3.0


def is_judged(word: str) -> bool:
    """True for words that the model may speak about: no names, numbers or marks.

    >>> [is_judged(w) for w in ("the", "Paris", "2019", "didn’t")]
    [True, False, False, True]
    """
    return word[:1].islower() and not any(c.isdigit() for c in word)


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield the words above the model's threshold; neighbours in a sentence are one finding."""
    limit = evidence.least_chance
    if limit is None or evidence.scores is None:
        return
    doc = evidence.doc
    by_span = {s.span: s for s in evidence.scores}
    for sentence in doc.sentences:
        group: list[TokenScore] = []
        for word in doc.words_in(sentence):
            score = by_span[word]
            if score.chance is not None and score.chance >= limit and is_judged(doc[word]):
                group.append(score)
            elif group:
                yield _finding(evidence, group)
                group = []
        if group:
            yield _finding(evidence, group)


def _finding(evidence: Evidence, group: list[TokenScore]) -> Finding:
    span = Span(group[0].span.start, group[-1].span.end)
    worst = max(group, key=lambda s: s.chance or 0.0)
    because: dict[str, str | float] = {"suspicion": round(worst.suspicion or 0.0, 2)}
    if worst.translated is not None:
        because["passage log-odds"] = round(worst.translated, 1)
    offered: tuple[str, ...] = ()
    if worst.surprisal is not None and worst.gap is not None:
        because |= {"surprisal": round(worst.surprisal, 1), "gap": round(worst.gap, 1)}
        if len(group) == 1 and worst.gap >= MIN_GAP:
            offered = tuple(w for w in worst.expected if w != evidence.doc[span])[:3]
    return Finding(
        span,
        DETECTOR.id,
        f"“{evidence.doc[span]}” reads as a machine would put it",
        offered,
        because,
        None if worst.chance is None else round(worst.chance, 3),
    )


DETECTOR = Detector("suspect-wording", Category.GRAMMAR, find, needs_scores=True)
