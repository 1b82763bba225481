"""Training from shards to a model folder, on a corpus of a few sentences made here."""

import json
from pathlib import Path

import numpy as np
import pytest

from mtcheck.training import corpus, pack
from mtcheck.training import tokenizer as tokenizer_room

SENTENCES = [
    "The minister said that the talks would go on.",
    "Nobody had expected the old quarrel to come back.",
    "She left for the airport with her staff on Monday.",
]


@pytest.fixture(scope="module")
def shard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("shard") / "shard-0.jsonl"
    rows = [{"domain": "wiki" if i % 2 else "news", "text": SENTENCES[i % 3]} for i in range(300)]
    file.write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    return file


@pytest.fixture(scope="module")
def packed(shard: Path) -> tuple[Path, Path]:
    folder = shard.parent / "tokenizer"
    tokenizer_room.train_tokenizer(SENTENCES * 20, folder, vocabulary=200)
    out = shard.parent / "shard-0.u16"
    pack.pack_shard(shard, folder, out)
    return folder, out


def test_wiki_is_thinned_and_news_is_kept(shard: Path) -> None:
    domains = {d["text"]: d["domain"] for d in corpus.read_shard(shard)}
    assert len(domains) == 3
    assert len(list(corpus.sample(shard))) == 150 + int(150 * corpus.SHARE_KEPT["wiki"])


def test_packing_loses_nothing_and_ends_each_document(packed: tuple[Path, Path], shard: Path) -> None:
    from tokenizers import Tokenizer

    folder, out = packed
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    ids = np.fromfile(out, dtype="<u2")
    sep = tokenizer.token_to_id("[SEP]")
    first = ids[: list(ids).index(sep)]
    assert tokenizer.decode(list(first)).replace(" .", ".") == next(corpus.sample(shard))
    assert (ids == sep).sum() == len(list(corpus.sample(shard)))


def test_token_offsets_are_exact(packed: tuple[Path, Path]) -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(packed[0] / "tokenizer.json"))
    text = "“The minister”  said: naïve 😀 talks, U.S. e\u0301 — so."
    encoding = tokenizer.encode(text, add_special_tokens=False)
    for token, (start, end) in zip(encoding.tokens, encoding.offsets, strict=True):
        if token != "[UNK]":
            assert text[start:end] == token.removeprefix("##")


def test_whole_words_are_hidden_at_the_rate_asked() -> None:
    import torch

    from mtcheck.training import masking

    generator = torch.Generator().manual_seed(1)
    ids = torch.randint(10, 50, (64, 100), generator=generator)
    continues = torch.zeros(50, dtype=torch.bool)
    continues[40:] = True
    inputs, labels = masking.mask_whole_words(ids, continues, rate=0.3, mask_id=4, generator=generator)
    chosen = labels != masking.IGNORED
    assert torch.equal(labels[chosen], ids[chosen])
    assert torch.equal(inputs[~chosen], ids[~chosen])
    assert chosen.float().mean().item() == pytest.approx(0.3, abs=0.03)
    assert (inputs[chosen] == 4).float().mean().item() == pytest.approx(0.9, abs=0.03)
    carries_on = continues[ids[:, 1:]]
    assert torch.equal(chosen[:, 1:][carries_on], chosen[:, :-1][carries_on]), "a word was hidden in part"


def test_a_run_that_is_cut_short_goes_on_to_the_same_end(packed: tuple[Path, Path], tmp_path: Path) -> None:
    from dataclasses import replace

    from mtcheck.training import card
    from mtcheck.training.train import Recipe, run

    folder, out = packed
    recipe = Recipe(hidden=32, layers=1, heads=2, feed_forward=32, row=16, batch=8, steps=6, warm_up=2)
    run([out], folder, tmp_path / "run", replace(recipe, steps=3))
    after, progress = run([out], folder, tmp_path / "run", recipe)
    assert progress.step == 6
    import torch

    state = torch.load(tmp_path / "run" / "checkpoint.pt", weights_only=True)
    assert state["progress"]["step"] == 6
    assert state["progress"]["tokens"] == 6 * 8 * 16
    card.write_model(after, folder, [out], tmp_path / "model", recipe, progress)
    from transformers import AutoModelForMaskedLM, AutoTokenizer

    loaded = AutoModelForMaskedLM.from_pretrained(tmp_path / "model")
    assert loaded.config.vocab_size % 64 == 0
    assert AutoTokenizer.from_pretrained(tmp_path / "model").mask_token == "[MASK]"
    assert "safetensors" in (tmp_path / "model" / "README.md").read_text("utf-8")
