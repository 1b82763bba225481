"""Corpus shards -> model folder, in one go and from wherever the last run stopped."""

from itertools import islice
from pathlib import Path

from mtcheck.training import card, corpus, pack, tokenizer, train

# Documents that the tokenizer learns from; more changed fewer than one token in a hundred.
TOKENIZER_DOCUMENTS = 8000


def make_model(
    shards: list[Path],
    work: Path,
    out: Path,
    recipe: train.Recipe,
    *,
    vocabulary: int,
    marked: list[Path] | None = None,
) -> None:
    """Train on `shards`, keep packed data and checkpoints in `work`, write the model to `out`.

    `marked` are files of labelled machine translation; the artefact head learns
    from half of their documents.
    """
    work.mkdir(parents=True, exist_ok=True)
    learned = work / "tokenizer"
    if not (learned / "tokenizer.json").exists():
        texts = islice(corpus.sample(shards[0]), TOKENIZER_DOCUMENTS)
        tokenizer.train_tokenizer(texts, learned, vocabulary=vocabulary)
    packed = [work / f"{s.name.split('.')[0]}.u16" for s in shards]
    for shard, file in zip(shards, packed, strict=True):
        pack.pack_shard(shard, learned, file)
    model, head, progress = train.run(packed, learned, work / "run", recipe, marked=marked)
    card.write_model(model, head, learned, packed, out, recipe, progress)
