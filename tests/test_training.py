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


def test_a_run_that_is_cut_short_goes_on_to_the_same_end(
    packed: tuple[Path, Path], marked: Path, tmp_path: Path
) -> None:
    from dataclasses import replace

    from mtcheck.training import card
    from mtcheck.training.train import Recipe, run

    folder, out = packed
    recipe = Recipe(hidden=32, layers=1, heads=2, feed_forward=32, row=16, batch=8, steps=6, warm_up=2)
    recipe = replace(recipe, filled=2, labelled=2, labelled_from=0.5)
    run([out], folder, tmp_path / "run", replace(recipe, steps=3))
    after, head, progress = run([out], folder, tmp_path / "run", recipe, marked=[marked])
    assert progress.step == 6
    import torch

    state = torch.load(tmp_path / "run" / "checkpoint.pt", weights_only=True)
    assert state["progress"]["step"] == 6
    # The first step after each start has no rows to fill yet.
    assert state["progress"]["tokens"] == (6 * 8 - 2 * 2) * 16
    card.write_model(after, head, folder, [out], tmp_path / "model", recipe, progress)
    from transformers import AutoModelForMaskedLM, AutoTokenizer

    loaded = AutoModelForMaskedLM.from_pretrained(tmp_path / "model")
    assert loaded.config.vocab_size % 64 == 0
    assert AutoTokenizer.from_pretrained(tmp_path / "model").mask_token == "[MASK]"
    assert "safetensors" in (tmp_path / "model" / "README.md").read_text("utf-8")
    from mtcheck.scoring.model_folder import check_weights

    check_weights(tmp_path / "model")
    head_file = tmp_path / "model" / "artefact_head.safetensors"
    sound = head_file.read_bytes()
    head_file.write_bytes(sound[:-1] + bytes([sound[-1] ^ 1]))
    with pytest.raises(ValueError, match="artefact_head"):
        check_weights(tmp_path / "model")
    head_file.write_bytes(sound)

    from mtcheck.scoring.artefact_head import load_head

    read = load_head(tmp_path / "model", recipe.hidden)
    assert read is not None
    states = torch.randn(3, recipe.hidden)
    assert torch.allclose(read(states), head.eval()(states), atol=0.05)
    with pytest.raises(ValueError, match="does not fit"):
        load_head(tmp_path / "model", 64)


def test_an_old_folder_has_no_head(tmp_path: Path) -> None:
    from mtcheck.scoring.artefact_head import load_head

    assert load_head(tmp_path, 32) is None


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty marked sentences, so that both halves hold some."""
    file = tmp_path_factory.mktemp("marked") / "marked.jsonl"
    text = "Nobody had expected the old dispute to come back."
    start = text.index("dispute")
    spans = [{"start": start, "end": start + 7}]
    rows = [{"id": f"d{i}", "text": text, "spans": spans} for i in range(40)]
    file.write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    return file


def test_labelled_sentences_keep_their_marks_and_half_of_them_are_kept_back(
    packed: tuple[Path, Path], marked: Path
) -> None:
    from tokenizers import Tokenizer

    from mtcheck.training import labelled

    ids, marks = labelled.read([marked], packed[0])
    reader = Tokenizer.from_file(str(packed[0] / "tokenizer.json"))
    sentences = int((ids == reader.token_to_id("[SEP]")).sum())
    chosen = [r for r in corpus.read_shard(marked) if labelled.part_of(r) == "train"]
    assert sentences == len(chosen)
    assert 0 < len(chosen) < 40
    said = reader.decode(list(ids[marks > 0])[: int((marks > 0).sum()) // sentences])
    assert said.replace(" ", "") == "dispute"


def test_a_mark_counts_by_its_raters_and_a_long_one_is_weak() -> None:
    from mtcheck.training import labelled

    offsets = [(0, 5), (6, 10), (11, 100)]
    spans = [
        {"start": 0, "end": 5, "rater": "a"},
        {"start": 0, "end": 5, "rater": "b"},
        {"start": 6, "end": 100, "rater": "a"},
    ]
    found = labelled.marks({"n_raters": 2, "spans": spans}, offsets)
    assert found == pytest.approx([1.0, labelled.WEAK / 2, labelled.WEAK / 2])


@pytest.fixture(scope="module")
def damage() -> tuple[object, dict[str, int]]:
    from mtcheck.training.damage import Damage, read_vocabulary

    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    marks = [".", ",", "!", "?", "##s", "##ing"]
    words = (
        "the a an of in on at by is was has had he she it they and but not nobody had expected old quarrel "
        "come back minister said that talks would go expect expects expecting quarrels talk The Minister He "
        "le des und harbour harbours report reports reporter government governments"
    ).split()
    tokens = {t: i for i, t in enumerate(dict.fromkeys(special + marks + words))}
    return Damage(read_vocabulary(tokens, np.full(len(tokens), 100))), tokens


def test_damage_marks_what_it_changed_and_nothing_else(damage: tuple[object, dict[str, int]]) -> None:
    made, tokens = damage
    text = "The minister said that the talks would go on , but nobody had expected the old quarrel .".split()
    row = np.array([tokens[t] for t in text] * 4, dtype=np.int64)
    changed = marked_rows = 0
    for seed in range(200):
        made.reseed([seed])  # type: ignore[attr-defined]
        after, marks = made.apply(row.copy(), rate=0.15)  # type: ignore[attr-defined]
        assert len(after) == len(marks)
        assert set(after.tolist()) <= set(tokens.values())
        differs = list(after) != list(row)
        changed += differs
        marked_rows += bool(marks.any())
        if not marks.any():
            assert not differs, "an unmarked change"
    assert changed > 150
    assert marked_rows >= changed


def test_the_same_seed_gives_the_same_damage(damage: tuple[object, dict[str, int]]) -> None:
    made, tokens = damage
    row = np.array([tokens[t] for t in "the minister said that the talks would go on .".split()] * 5)
    results = []
    for _ in range(2):
        made.reseed([7, 3])  # type: ignore[attr-defined]
        after, marks = made.apply(row.copy(), rate=0.2)  # type: ignore[attr-defined]
        results.append((after.tolist(), marks.tolist()))
    assert results[0] == results[1]


def test_fresh_rows_have_their_width_whatever_damage_takes_away(packed: tuple[Path, Path]) -> None:
    from mtcheck.training import batches

    class Eater:
        """Damage that leaves almost nothing."""

        def reseed(self, seed: list[int]) -> None:
            """Take nothing from chance."""

        def apply(self, row: np.ndarray, *, rate: float) -> tuple[np.ndarray, np.ndarray]:
            return row[:3], np.ones(3, dtype=bool)

    common = {"width": 16, "count": 4, "cls": 2, "rate": 0.5, "seed": 1}
    rows = next(batches.fresh([packed[1]], damage=Eater(), start=0, **common))  # type: ignore[arg-type]
    assert rows.ids.shape == rows.marks.shape == (4, 16)
    assert rows.ids[:, 0].tolist() == [2] * 4
    assert not rows.marks.any()
    stream = batches.fresh([packed[1]], damage=None, start=0, **common)  # type: ignore[arg-type]
    ahead = batches.fresh([packed[1]], damage=None, start=3, **common)  # type: ignore[arg-type]
    assert [next(stream).ids.tolist() for _ in range(4)][3] == next(ahead).ids.tolist()


def test_filled_rows_mark_the_wrong_guesses_only() -> None:
    import torch

    from mtcheck.training import batches, masking

    hidden = torch.tensor([[2, 7, 4, 9, 4]])
    labels = torch.tensor([[-100, -100, 8, -100, 11]])
    assert labels[0, 0] == masking.IGNORED
    rows = batches.filled(hidden, labels, torch.tensor([8, 12]), ignored=masking.IGNORED)
    assert rows.ids.tolist() == [[2, 7, 8, 9, 12]]
    assert rows.marks.tolist() == [[0, 0, 0, 0, 1]]


def test_the_loss_curve_is_a_picture_that_can_be_parsed() -> None:
    from xml.etree import ElementTree

    from mtcheck.training.loss_curve import as_svg

    picture = ElementTree.fromstring(as_svg([(50 * i, 9.0 / i) for i in range(1, 60)]))
    points = picture.find("{http://www.w3.org/2000/svg}polyline")
    assert points is not None
    places = [tuple(map(float, p.split(","))) for p in points.attrib["points"].split()]
    assert len(places) == 59
    assert places == sorted(places)
    assert [y for _, y in places] == sorted(y for _, y in places), "a falling loss goes down the page"
    assert as_svg([]) == ""


def test_one_command_trains_a_model_that_scans(shard: Path, marked: Path, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from mtcheck.cli.app import app

    small = "hidden=32 layers=1 heads=2 feed_forward=32 row=16 batch=8 steps=4 warm_up=2 filled=2 labelled=2"
    command = ["train", str(shard), "--work", str(tmp_path / "w"), "--out", str(tmp_path / "m")]
    command += ["--marked", str(marked), "--vocabulary", "200"]
    result = CliRunner().invoke(app, [*command, *(o for s in small.split() for o in ("--set", s))])
    assert result.exit_code == 0, result.output
    article = tmp_path / "a.txt"
    article.write_text(SENTENCES[0], "utf-8")
    scanned = CliRunner().invoke(app, ["scan", str(article), "--model", str(tmp_path / "m"), "-f", "json"])
    assert scanned.exit_code in (0, 1), scanned.output
    assert "surprising-word" in json.loads(scanned.stdout)["files"][0]["ran"]
    for wrong in ("stepz=4", "steps=many"):
        refused = CliRunner().invoke(app, [*command, "--set", wrong])
        assert refused.exit_code == 2
        assert "--set" in refused.output
