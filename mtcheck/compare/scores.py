"""ChrF and TER of the suspect against the original, by sacrebleu, with its own signatures."""

from collections.abc import Sequence
from dataclasses import dataclass

# TER's search for shifts grows with the square of a sentence; a longer one is no sentence.
_MOST_WORDS = 400


@dataclass(frozen=True)
class Scores:
    """ChrF (0 to 100, more is nearer) and TER (0 is equal, may pass 100) with the signatures of both."""

    chrf: float
    ter: float
    signature: str


def scores(pairs: Sequence[tuple[str, str]]) -> Scores:
    """The scores of all pairs (original, suspect) as one corpus; none at all are equal."""
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    chrf, ter = CHRF(), TER()
    kept = [(o, s) for o, s in pairs if len(o.split()) <= _MOST_WORDS and len(s.split()) <= _MOST_WORDS]
    if not kept:
        return Scores(100.0, 0.0, "")
    suspects, originals = [s for _, s in kept], [[o for o, _ in kept]]
    near = chrf.corpus_score(suspects, originals).score
    far = ter.corpus_score(suspects, originals).score
    signature = f"chrF:{chrf.get_signature().format(short=True)}+TER:{ter.get_signature().format(short=True)}"
    return Scores(near, far, signature)
