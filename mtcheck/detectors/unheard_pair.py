"""Two common words side by side that English hardly ever puts next to each other.

Why: what a machine leaves of another grammar shows between neighbours: a verb
    with a preposition it never takes ("lacked of"), two verb forms in a row, a
    word that came too early or was dropped.
Looks at: how far a pair's count in edited English lies below chance, and how
    often clean copy holds such a pair at all; with a calibrated language model,
    the chance that it gives one of the two words.
Misses: pairs of rare words; wrong words that fit their neighbours; names and
    numbers; anything across a mark of punctuation or in a heading.
False alarms: two clauses that meet without a comma ("the house he built up was").
Source: word_pairs.xz, counted from edited English.
"""

from collections.abc import Iterator

from mtcheck.findings import Category, Detector, Evidence, Finding, Profile
from mtcheck.lexicon.rare_pairs import rare_pairs
from mtcheck.scoring.surprisal import TokenScore
from mtcheck.text import Span

# Found by reading what fired on clean news; renew with "mtcheck eval" after a change of table.
MIN_BITS = {Profile.CI: 17.0, Profile.DEFAULT: 15.0, Profile.THOROUGH: 13.0}
# With a model less is enough where it agrees, and more is asked where it does not.
MIN_BITS_ALONE = {Profile.CI: 18.0, Profile.DEFAULT: 17.0, Profile.THOROUGH: 15.0}


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield the pairs that are rare enough; pairs that share a word are one finding."""
    doc = evidence.doc
    by_span = {s.span: s for s in evidence.scores or ()}
    for paragraph in doc.paragraphs:
        last: Finding | None = None
        for pair, bits in rare_pairs(doc, paragraph):
            scores = [s for w in doc.words_in(pair) if (s := by_span.get(w)) is not None]
            if not _is_rare_enough(evidence, bits, scores):
                continue
            if last is not None and pair.start < last.span.end:
                last = _finding(evidence, Span(last.span.start, pair.end), bits, scores)
                continue
            if last is not None:
                yield last
            last = _finding(evidence, pair, bits, scores)
        if last is not None:
            yield last


def _is_rare_enough(evidence: Evidence, bits: float, scores: list[TokenScore]) -> bool:
    chances = [s.chance for s in scores if s.chance is not None]
    if evidence.least_chance is None or not chances:
        return bits >= MIN_BITS[evidence.profile]
    return max(chances) >= evidence.least_chance or bits >= MIN_BITS_ALONE[evidence.profile]


def _finding(evidence: Evidence, span: Span, bits: float, scores: list[TokenScore]) -> Finding:
    text = evidence.doc[span]
    because: dict[str, str | float] = {"bits rarer than its words": round(bits, 1)}
    if suspicion := [s.suspicion for s in scores if s.suspicion is not None]:
        because["suspicion"] = round(max(suspicion), 2)
    return Finding(
        span, DETECTOR.id, f"“{text}”: English hardly ever sets these words side by side", (), because
    )


DETECTOR = Detector("unheard-pair", Category.GRAMMAR, find)
