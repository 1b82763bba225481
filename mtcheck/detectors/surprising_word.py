"""A word that its sentence makes far less likely than the word's own frequency does.

Why: a system that picked the wrong sense leaves a word that belongs to another
    subject; every neighbour speaks against it.
Looks at: surprisal with the whole word hidden, rank, the gap to the model's best
    filler, how sure the model is (entropy), and the word's own frequency.
Misses: wrong words that are fluent; words the model's tokenizer can't read;
    anything in a very short paragraph.
False alarms: a change of subject, a joke, a rare but right word.
Source: J. Salazar and others, "Masked language model scoring" (2020).
"""

from collections.abc import Iterator

from mtcheck.findings import Category, Detector, Evidence, Finding

# No finding on 10,754 words of clean news with the starter model (10 with an excess
# of 6); renew with "mtcheck eval" after a change of model.
MIN_EXCESS = 10.0
MIN_BITS = 17.0
MIN_RANK = 2000
MIN_GAP = 8.0
MAX_ENTROPY = 7.0
MAX_FREQUENCY_BITS = 18.0
MIN_PARAGRAPH_WORDS = 12


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield the lower-case words that beat every threshold at once."""
    doc = evidence.doc
    limits = evidence.thresholds
    for s in evidence.scores or ():
        word = doc[s.span]
        if s.surprisal is None or s.excess is None or s.rank is None or s.entropy is None:
            continue
        if not word.isalpha() or not word.islower() or len(word) < 4:
            continue
        if (
            s.excess < limits.get("min_excess", MIN_EXCESS)
            or s.surprisal < limits.get("min_bits", MIN_BITS)
            or s.rank < MIN_RANK
            or (s.gap is not None and s.gap < MIN_GAP)
            or s.entropy > MAX_ENTROPY
            or (s.frequency_bits or 0.0) > MAX_FREQUENCY_BITS
        ):
            continue
        paragraph = doc.paragraph_at(s.span.start)
        if paragraph is None or len(doc.words_in(paragraph)) < MIN_PARAGRAPH_WORDS:
            continue
        yield Finding(
            s.span,
            DETECTOR.id,
            f"“{word}” is far less likely here than elsewhere",
            suggestions=s.expected[:3],
            because={"surprisal": round(s.surprisal, 1), "excess": round(s.excess, 1), "rank": s.rank},
        )


DETECTOR = Detector("surprising-word", Category.MISTRANSLATION, find, needs_scores=True)
