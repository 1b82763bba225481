"""How far translations are from what people wrote: BLEU, chrF and TER by sacrebleu.

They say how good the systems of a set were, so that a share of labels found
can be read; they say nothing about mtcheck.
"""

from collections.abc import Sequence
from typing import Any

from mtcheck.evaluate.pairs import grouped
from mtcheck.evaluate.records import Record


def reference_scores(records: Sequence[Record]) -> list[dict[str, Any]]:
    """The three scores of each system whose texts have a reference, with sacrebleu's signatures."""
    rows = []
    for (language, system, year), members in grouped(records).items():
        pairs = [(r.text, r.reference) for r in members if r.reference]
        if pairs:
            scores = corpus_scores([t for t, _ in pairs], [ref for _, ref in pairs])
            rows.append(
                {"language": language, "system": system, "year": year, "texts": len(pairs), "scores": scores}
            )
    return rows


def corpus_scores(texts: Sequence[str], references: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Name -> score and signature, of one system with one reference each."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    scores: dict[str, dict[str, Any]] = {}
    # "force" only silences a warning about tokenised text, which some old sets are.
    for metric in (BLEU(force=True), CHRF(), TER()):
        told = metric.corpus_score(list(texts), [list(references)])
        scores[told.name] = {"score": told.score, "signature": str(metric.get_signature())}
    return scores
