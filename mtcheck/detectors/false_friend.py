"""A word that shares its foreign word with another, which fits here far better.

Why: one foreign word means both (French *barbe*: beard and barb); a system that
    picks the wrong one leaves good English that makes no sense.
Looks at: the table of traps, which is only a prior, and the language model, which
    has to find a meant word likelier at this very place, and likelier than the
    two words' own frequencies explain.
Misses: words that no row pairs; places where both words fit.
False alarms: a rare word used on purpose where a common one would do.
Source: the false friends and homonyms of bilingual dictionaries, collected by us.
"""

from collections.abc import Iterator

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.lexicon.traps import load_traps

# Bits by which the meant word must be likelier; renew with "mtcheck eval"
# after a change of model.
MIN_GAIN = 4.0


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield the traps for which the model much prefers a meant word."""
    doc, traps, limits = evidence.doc, load_traps(), evidence.thresholds
    for s in evidence.scores or ():
        if s.surprisal is None or not s.alternatives:
            continue
        meant, bits = min(s.alternatives, key=lambda a: a[1])
        gain = s.surprisal - bits
        if gain < limits.get("min_gain", MIN_GAIN):
            continue
        trap = traps[doc[s.span]]
        yield Finding(
            s.span,
            DETECTOR.id,
            f"“{doc[s.span]}”: “{meant}” meant? One word is both ({trap.foreign})",
            suggestions=(meant,),
            because={"gain in bits": round(gain, 1), "language": trap.language},
        )


DETECTOR = Detector("false-friend", Category.MISTRANSLATION, find, needs_scores=True)
