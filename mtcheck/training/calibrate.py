"""Measured copy -> what a model's numbers mean: `calibration.json` and the verdict head.

Three kinds of copy, each cut in parts by document name: half trains the heads, a
quarter calibrates, a quarter is never looked at here. Marked machine translation
teaches what a reader would mark; passages in two versions teach how machine
translation reads; clean copy sets the thresholds to a noise budget.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mtcheck.detectors import suspect_wording
from mtcheck.evaluate.corpora import load_set
from mtcheck.findings import LEAST_CHANCE, Evidence, Profile
from mtcheck.lexicon.names import load_names
from mtcheck.scoring.calibration import Calibration, features, save_calibration
from mtcheck.scoring.surprisal import TokenScore
from mtcheck.scoring.verdict import CONSTANT, verdict_features
from mtcheck.text import Document
from mtcheck.training import corpus, fit, labelled, passages

# Share of clean words that are hidden and read: the cascade's cost against what it may still find.
CONFIRMED_SHARE = 0.03
L2 = 10.0
VERDICT_L2 = 1000.0
MIN_WORDS = 8  # of a passage
# The budgets of the other profiles, as shares of the one that is asked for.
NOISE_SHARES = {Profile.CI: 0.25, Profile.DEFAULT: 1.0, Profile.THOROUGH: 20.0}
NEVER = 2.0  # above every probability

FloatArray = NDArray[np.float64]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Material:
    """Files of marked machine translation, of passages in two versions, and of clean copy."""

    marked: Sequence[Path] = ()
    pairs: Sequence[Path] = ()
    clean: Sequence[Path] = ()


def calibrate(
    folder: Path, material: Material, *, max_per_1k: float, say: Say = lambda _: None
) -> Calibration:
    """Fit what the material allows, write it into the model `folder`, and return it.

    Without marked copy the word weights stay as they are, without pairs the
    verdict; clean copy is always needed. `max_per_1k` is the noise budget of
    suspect-wording under the default profile, in findings per 1,000 words of clean copy. Raises OSError or
    ValueError, naming the file, if something can't be read or used.
    """
    from mtcheck.scoring.masked_lm import MaskedLM

    if not material.clean:
        raise ValueError("no clean copy given, and without it nothing bounds the noise")
    sources = [clean_articles(source) for source in material.clean]
    training = [d for s, docs in zip(material.clean, sources, strict=True) if not s.is_dir() for d in docs]
    if material.pairs:
        say("verdict: reading passages")
        _fit_verdict_head(MaskedLM(str(folder)), folder, material, training)
    scorer = MaskedLM(str(folder))
    parts = [
        [d for d in docs if source.is_dir() or _part(d) == "calibrate"]
        for source, docs in zip(material.clean, sources, strict=True)
    ]
    held = [d for docs in parts for d in docs]
    if not held:
        raise ValueError("the clean copy holds no document for calibration; give more articles")
    if material.pairs:
        scorer.calibration = replace(
            scorer.calibration,
            thresholds={**scorer.calibration.thresholds, **_verdict_weights(scorer, material, held)},
        )
    if material.marked:
        say("words: how suspicious clean copy looks")
        scorer.calibration = replace(scorer.calibration, confirm_from=NEVER)
        seen = sorted(s.suspicion for d in held for s in scorer.score(d) if s.suspicion is not None)
        confirm = round(seen[int(len(seen) * (1 - CONFIRMED_SHARE))], 4)
        scorer.calibration = replace(scorer.calibration, confirm_from=confirm)
        say("words: reading marked copy")
        scorer.calibration = _fit_words(scorer, material.marked, parts)
    say("thresholds: reading clean copy")
    limits = {
        LEAST_CHANCE[p]: threshold(scorer, held, max_per_1k * share) for p, share in NOISE_SHARES.items()
    }
    scorer.calibration = replace(
        scorer.calibration,
        thresholds={**scorer.calibration.thresholds, **limits},
        how=f"mtcheck calibrate, at most {max_per_1k:g} findings of suspect-wording per 1,000 clean words",
    )
    save_calibration(scorer.calibration, folder)
    return scorer.calibration


def clean_articles(file: Path) -> list[Document]:
    """Return the documents of a file; segments that name the same `doc` are one article.

    Of a labelled set (a folder), those are the clean articles of the dev half.
    """
    if file.is_dir():
        return [Document(a.text, a.file) for a in load_set(file) if a.split == "dev" and a.clean]
    texts: dict[str, list[str]] = {}
    for record in corpus.read_shard(file):
        texts.setdefault(str(record.get("doc", record["id"])), []).append(passages.straight(record["text"]))
    return [Document("\n\n".join(t), name) for name, t in texts.items()]


def _part(doc: Document) -> str:
    return labelled.part_of({"doc": doc.name, "id": doc.name})


def _fit_verdict_head(scorer: Any, folder: Path, material: Material, clean: Sequence[Document]) -> None:
    import torch

    from mtcheck.scoring.verdict_head import VerdictHead, save_verdict_head

    pairs = [p for file in material.pairs for p in passages.read_passages(file) if p.part == "train"]
    pairs = [p for p in pairs if min(len(p.machine.split()), len(p.human.split())) >= MIN_WORDS]
    own = [
        passages.curly(d[p]) if i % 2 else d[p]
        for d in clean
        if _part(d) == "train"
        for i, p in enumerate(d.paragraphs)
        if len(d.words_in(p)) >= MIN_WORDS
    ]
    x = scorer.passages([p.machine for p in pairs] + [p.human for p in pairs] + own).numpy().astype(float)
    y = np.concatenate([np.ones(len(pairs)), np.zeros(len(pairs) + len(own))])
    mean, spread = x.mean(0), x.std(0) + 1e-4
    w = fit.logistic(
        np.hstack([(x - mean) / spread, np.ones((len(x), 1))]), y, np.ones(len(y)), l2=VERDICT_L2
    )
    head = VerdictHead((x.shape[1] - 2) // 3)
    scaled = w[:-1] / spread
    with torch.no_grad():
        head.out.weight.copy_(torch.from_numpy(scaled)[None])
        head.out.bias.fill_(float(w[-1] - scaled @ mean))
    save_verdict_head(head, folder)


def _verdict_weights(scorer: Any, material: Material, clean: Sequence[Document]) -> dict[str, float]:
    """Weights for whole articles, from passages that the head was not fitted on."""
    held = [p for file in material.pairs for p in passages.read_passages(file) if p.part == "calibrate"]
    texts = [p.machine for p in held] + [p.human for p in held]
    odds = scorer.passage_odds(texts)
    articles: dict[tuple[str, bool], list[tuple[float, int]]] = {}
    for i, (text, x) in enumerate(zip(texts, odds, strict=True)):
        machine = i < len(held)
        name = (held[i % len(held)].article, machine)
        articles.setdefault(name, []).append((x, len(text.split())))
    rows, y = [], []
    for (_, machine), parts in articles.items():
        words = sum(n for _, n in parts)
        rows.append(verdict_features(sum(x * n for x, n in parts) / words, words))
        y.append(float(machine))
    for d in clean:
        found = [s.translated for s in scorer.score(d) if s.translated is not None]
        if found:
            rows.append(verdict_features(sum(found) / len(found), len(found)))
            y.append(0.0)
    names = list(rows[0])
    target = np.array(y)
    # Half of what is looked at counts as machine-made, whatever the files hold.
    weight = np.where(target > 0, 1 / target.sum(), 1 / (1 - target).sum()) * len(target) / 2
    w = fit.logistic(np.array([[r[n] for n in names] for r in rows]), target, weight, l2=1.0)
    return {n: round(float(v), 5) for n, v in zip(names, w, strict=True)} | {CONSTANT: round(float(w[0]), 5)}


def _fit_words(scorer: Any, marked: Sequence[Path], clean: Sequence[Sequence[Document]]) -> Calibration:
    rows: list[dict[str, float]] = []
    marks: list[float] = []
    shares: list[FloatArray] = []
    for source in marked:
        before = len(rows)
        for record in marked_copy(source):
            doc = Document(record["text"])
            found = _judged(doc, scorer.score(doc))
            spans = [(s.span.start, s.span.end) for s in found]
            marks += labelled.marks(record, spans)
            rows += [features(s) or {} for s in found]
        shares.append(_equal_shares(len(rows) - before, len(marked)))
    on_marked = len(rows)
    for docs in clean:
        before = len(rows)
        for doc in docs:
            rows += [features(s) or {} for s in _judged(doc, scorer.score(doc))]
        shares.append(_equal_shares(len(rows) - before, len(clean)))
    y = np.array(marks + [0.0] * (len(rows) - on_marked))
    names = sorted({n for r in rows for n in r})
    x = np.array([[r.get(n, 0.0) for n in names] + [1.0] for r in rows])
    weight = np.concatenate(shares)
    weight *= len(y) / weight.sum()
    w = fit.logistic(x, y, weight, l2=L2)
    doubts, chances = fit.rising_map(x @ w, y, weight)
    weights = {n: round(float(v), 5) for n, v in zip([*names, "constant"], w, strict=True)}
    return replace(scorer.calibration, weights=weights, doubts=doubts, chances=chances)


def _equal_shares(words: int, sources: int) -> FloatArray:
    """Half of all weight is marked copy and half clean, and each source of a kind has as much as another."""
    return np.full(words, 0.5 / max(1, words * sources))


def marked_copy(source: Path) -> Iterator[dict[str, Any]]:
    """The records of a marked source that calibrate: of a labelled set (a folder) its dev half, which
    trains nothing; of JSON Lines the quarter of documents that no head was trained on.
    """
    if source.is_dir():
        for article in load_set(source):
            if article.split == "dev" and not article.clean:
                spans = [{"start": s.span.start, "end": s.span.end} for s in article.labels]
                yield {"id": article.file, "text": article.text, "spans": spans}
        return
    for record in corpus.read_shard(source):
        if labelled.part_of(record) == "calibrate":
            yield record


def _judged(doc: Document, scores: Sequence[TokenScore]) -> list[TokenScore]:
    return [s for s in scores if s.suspicion is not None and suspect_wording.is_judged(doc[s.span])]


def threshold(scorer: Any, clean: Sequence[Document], max_per_1k: float) -> float:
    """Return the lowest chance at which suspect-wording keeps within the budget on `clean`."""
    seen = [(d, scorer.score(d)) for d in clean]
    words = sum(len(d.words) for d in clean)
    names = load_names()

    def noise(limit: float) -> float:
        limits = {LEAST_CHANCE[Profile.DEFAULT]: limit}
        found = sum(1 for d, s in seen for _ in suspect_wording.find(Evidence(d, s, names, limits)))
        return 1000 * found / words

    low, high = 0.0, 1.0
    for _ in range(18):
        middle = (low + high) / 2
        low, high = (low, middle) if noise(middle) <= max_per_1k else (middle, high)
    return round(high + 5e-6, 5)
