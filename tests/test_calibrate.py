"""Fits, passages and the command that writes a model's calibration, on data made here."""

import json
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from mtcheck.check import check
from mtcheck.cli.app import app
from mtcheck.detectors import suspect_wording
from mtcheck.findings import LEAST_CHANCE, Evidence
from mtcheck.lexicon.names import load_names
from mtcheck.scoring.calibration import load_calibration
from mtcheck.scoring.surprisal import TokenScore
from mtcheck.scoring.verdict import CONSTANT, MEAN, MEAN_LOG_WORDS, MIN_WORDS, verdict
from mtcheck.text import Document, Span
from mtcheck.training import fit, labelled, passages
from mtcheck.training import tokenizer as tokenizer_room
from mtcheck.training.calibrate import threshold


def test_the_logistic_sum_finds_the_weights_that_made_the_data() -> None:
    rng = np.random.default_rng(1)
    x = np.hstack([rng.normal(size=(4000, 2)), np.ones((4000, 1))])
    true = np.array([1.5, -0.8, 0.3])
    y = (rng.random(4000) < 1 / (1 + np.exp(-x @ true))).astype(float)
    assert fit.logistic(x, y, np.ones(4000), l2=0.1) == pytest.approx(true, abs=0.15)


def test_data_that_a_line_separates_gives_finite_weights() -> None:
    x = np.array([[-1.0, 1.0], [1.0, 1.0]] * 50)
    w = fit.logistic(x, (x[:, 0] > 0).astype(float), np.ones(100), l2=1.0)
    assert np.isfinite(w).all()
    assert w[0] > 1


@pytest.mark.parametrize("seed", range(5))
def test_the_map_rises_and_stays_between_zero_and_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    doubt = rng.normal(size=3000)
    y = (rng.random(3000) < 1 / (1 + np.exp(4 - 2 * doubt))).astype(float)
    doubts, chances = fit.rising_map(doubt, y, rng.random(3000) + 0.5)
    assert list(doubts) == sorted(set(doubts))
    assert list(chances) == sorted(chances)
    assert chances[0] >= 0
    assert chances[-1] <= 1
    assert chances[-1] > 3 * y.mean()


def written(tmp_path: Path, name: str, rows: list[dict[str, object]]) -> Path:
    file = tmp_path / name
    file.write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    return file


def test_each_kind_of_pair_is_read(tmp_path: Path) -> None:
    twice = written(
        tmp_path,
        "twice.jsonl",
        [
            {"id": str(i), "doc": "d", "system": "s", "text": f"machine {i}", "original": f"human {i}"}
            for i in range(7)
        ],
    )
    documents = written(
        tmp_path,
        "documents.jsonl",
        [
            {"id": "a", "doc": "d", "system": "HUMAN-A", "is_mt": False, "text": "human 1\nhuman 2"},
            {"id": "b", "doc": "d", "system": "Online", "is_mt": True, "text": "machine 1\nmachine 2"},
            {"id": "c", "doc": "d", "system": "Short", "is_mt": True, "text": "machine 1"},
        ],
    )
    segments = written(
        tmp_path,
        "segments.jsonl",
        [
            {"id": f"{s}{n}", "doc": "d", "seg": n, "system": s, "text": f"{w} {n}"}
            for s, w in (("HUMAN-post", "human"), ("Engine", "machine"))
            for n in range(3)
        ],
    )
    for file in (twice, documents, segments):
        read = list(passages.read_passages(file))
        machine = " ".join(p.machine for p in read).split()
        human = " ".join(p.human for p in read).split()
        assert set(machine) - {str(n) for n in range(9)} == {"machine"}, file.name
        assert machine == [w.replace("human", "machine") for w in human], "the two sides say the same"


def test_a_file_without_pairs_is_an_error_that_names_it(tmp_path: Path) -> None:
    file = written(tmp_path, "x.jsonl", [{"id": "1", "doc": "d", "seg": 1, "system": "HUMAN", "text": "a"}])
    with pytest.raises(ValueError, match=r"x\.jsonl"):
        list(passages.read_passages(file))


def test_every_document_is_in_one_part_and_half_of_them_train() -> None:
    parts = [labelled.part_of({"doc": f"article {i}", "id": i}) for i in range(2000)]
    assert parts.count("train") == pytest.approx(1000, abs=100)
    assert parts.count("calibrate") == pytest.approx(500, abs=80)
    assert parts.count("test") == pytest.approx(500, abs=80)


WEIGHTS = {CONSTANT: -1.0, MEAN: 2.0, MEAN_LOG_WORDS: 0.5}


def scores(count: int, odds: float | None) -> tuple[TokenScore, ...]:
    return tuple(TokenScore(Span(i, i + 1), None, suspicion=0.1, translated=odds) for i in range(count))


def test_a_verdict_needs_enough_words_and_a_calibrated_model() -> None:
    assert verdict(scores(MIN_WORDS - 1, 3.0), WEIGHTS) is None
    assert verdict(scores(500, 3.0), {}) is None
    assert verdict(scores(500, None), WEIGHTS) is None
    assert verdict((), WEIGHTS) is None


def test_the_same_habits_count_for_more_in_a_longer_text() -> None:
    short, long = verdict(scores(100, 1.0), WEIGHTS), verdict(scores(2000, 1.0), WEIGHTS)
    assert short is not None
    assert long is not None
    assert 0.5 < short < long < 1
    human = verdict(scores(2000, -1.0), WEIGHTS)
    assert human is not None
    assert human < 0.05
    assert verdict(scores(100, 1e9), WEIGHTS) == 1.0


PROSE = "the minister said that talks would go on until the end of week and nobody had expected it".split()


def sentence(chance: random.Random, *, machine: bool) -> str:
    words = [chance.choice(PROSE) for _ in range(14)]
    if machine:
        words[3:3] = ["moreover", "moreover"]
    return " ".join(words).capitalize() + "."


@pytest.fixture(scope="module")
def untrained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch

    from mtcheck.scoring.artefact_head import ArtefactHead, save_head
    from mtcheck.training.train import Recipe, new_model

    folder = tmp_path_factory.mktemp("model")
    tokenizer_room.train_tokenizer(
        [" ".join([*PROSE, "moreover", "The", "Moreover"])] * 20, folder, vocabulary=200
    )
    vocabulary = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    special = {n: vocabulary[f"[{n.upper()}]"] for n in ("pad", "cls", "sep", "mask")}
    recipe = Recipe(hidden=32, layers=2, heads=2, feed_forward=48)
    new_model(recipe, len(vocabulary), special).save_pretrained(folder)
    torch.manual_seed(1)
    save_head(ArtefactHead(32), folder)
    return folder


def test_the_command_writes_a_calibration_that_check_uses(untrained: Path, tmp_path: Path) -> None:
    chance = random.Random(1)
    clean = written(
        tmp_path,
        "clean.jsonl",
        [
            {"id": str(i), "text": " ".join(sentence(chance, machine=False) for _ in range(8))}
            for i in range(40)
        ],
    )
    pairs = written(
        tmp_path,
        "pairs.jsonl",
        [
            {
                "id": f"{i}",
                "doc": f"d{i // 8}",
                "system": "s",
                "text": sentence(chance, machine=True),
                "original": sentence(chance, machine=False),
            }
            for i in range(320)
        ],
    )
    marked_rows: list[dict[str, object]] = []
    for i in range(80):
        text = sentence(chance, machine=True)
        start = text.lower().index("moreover")
        spans = [{"start": start, "end": start + 17}]
        marked_rows.append({"id": f"m{i}", "text": text, "spans": spans})
    marked = written(tmp_path, "marked.jsonl", marked_rows)
    command = [
        "calibrate",
        str(untrained),
        "--clean",
        str(clean),
        "--pairs",
        str(pairs),
        "--marked",
        str(marked),
    ]
    result = CliRunner().invoke(app, [*command, "--max-per-1k", "5"])
    assert result.exit_code == 0, result.output
    made = load_calibration(untrained)
    assert {*LEAST_CHANCE.values(), CONSTANT, MEAN, MEAN_LOG_WORDS} == set(made.thresholds)
    assert 0 < made.confirm_from < 1

    from mtcheck.models import load_scorer

    scorer = load_scorer(str(untrained))
    machine, human = (
        check(Document(" ".join(sentence(chance, machine=m) for _ in range(12))), scorer=scorer).translated
        for m in (True, False)
    )
    assert machine is not None
    assert human is not None
    assert machine > 0.5 > human


@dataclass(frozen=True)
class Drawn:
    """A scorer whose chances are drawn once, so that no machine's arithmetic decides a count."""

    seed: int

    def score(self, document: Document) -> tuple[TokenScore, ...]:
        chance = random.Random(f"{self.seed} {document.name}")
        return tuple(TokenScore(w, None, suspicion=0.1, chance=chance.random()) for w in document.words)


@pytest.mark.parametrize("budget", [0.0, 1.0, 5.0, 40.0])
@pytest.mark.parametrize("seed", range(3))
def test_the_threshold_is_the_lowest_that_keeps_the_noise_budget(seed: int, budget: float) -> None:
    chance = random.Random(seed)
    articles = [
        Document(" ".join(sentence(chance, machine=False) for _ in range(8)), str(i)) for i in range(30)
    ]
    words = sum(len(a.words) for a in articles)

    def noise(limit: float) -> float:
        evidence = [
            Evidence(a, Drawn(seed).score(a), load_names(), {"suspect_wording": limit}) for a in articles
        ]
        return 1000 * sum(1 for e in evidence for _ in suspect_wording.find(e)) / words

    limit = threshold(Drawn(seed), articles, budget)
    assert noise(limit) <= budget
    assert noise(limit - 2e-5) > budget, "no lower one would do"


@pytest.mark.parametrize(
    ("rows", "reason"),
    [([], "no document"), ([{"id": "1"}], "text"), ("{", "clean.jsonl")],
)
def test_bad_clean_copy_is_one_clear_line(untrained: Path, tmp_path: Path, rows: object, reason: str) -> None:
    file = tmp_path / "clean.jsonl"
    file.write_text(rows if isinstance(rows, str) else "".join(json.dumps(r) for r in rows), "utf-8")  # type: ignore[attr-defined]
    result = CliRunner().invoke(app, ["calibrate", str(untrained), "--clean", str(file)])
    assert result.exit_code == 2
    assert "error" in result.output
    assert reason in result.output
    assert "Traceback" not in result.output
