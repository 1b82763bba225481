"""The artefact head and the cascade, on an untrained ModernBERT made here: the plumbing must hold."""

import json
from pathlib import Path

import pytest

from mtcheck.models import load_scorer
from mtcheck.scoring.calibration import Calibration, features, load_calibration, save_calibration
from mtcheck.scoring.surprisal import TokenScore
from mtcheck.text import Document, Span
from mtcheck.training import tokenizer as tokenizer_room

PROSE = [
    "The minister said on Monday that the talks would go on until the end of the week.",
    "Nobody in the room had expected the old quarrel over the harbour to come back.",
    "“We will not sign,” she told reporters, and left for the airport with her staff.",
]
TEXT = "\n\n".join([*PROSE, " ".join(PROSE * 6), "Talks.", PROSE[1]])


@pytest.fixture(scope="module")
def modern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ModernBERT of the shipped shape with a head, both untrained."""
    import torch

    from mtcheck.scoring.artefact_head import ArtefactHead, save_head
    from mtcheck.training.train import Recipe, new_model

    folder = tmp_path_factory.mktemp("modern")
    tokenizer_room.train_tokenizer(PROSE * 20, folder, vocabulary=300)
    vocabulary = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    special = {n: vocabulary[f"[{n.upper()}]"] for n in ("pad", "cls", "sep", "mask")}
    new_model(
        Recipe(hidden=32, layers=3, heads=2, feed_forward=48), len(vocabulary), special
    ).save_pretrained(folder)
    torch.manual_seed(1)
    head = ArtefactHead(32)
    torch.nn.init.normal_(head.out.weight, std=2.0)
    save_head(head, folder)
    return folder


def test_the_lean_encoder_equals_the_plain_one(modern: Path) -> None:
    from mtcheck.scoring.hub_encoder import HubEncoder
    from mtcheck.scoring.masked_lm import MaskedLM

    doc = Document(TEXT)
    lean = MaskedLM(str(modern), exact=True, bf16=False)
    plain = MaskedLM(str(modern), exact=True, bf16=False)
    plain._encoder = HubEncoder(str(modern), hub=False)
    for a, b in zip(lean.score(doc), plain.score(doc), strict=True):
        assert a.surprisal == pytest.approx(b.surprisal, abs=1e-3)
        assert a.suspicion == pytest.approx(b.suspicion, abs=1e-5)
        assert a.entropy == pytest.approx(b.entropy, abs=1e-3)


def test_bf16_stays_near_fp32(modern: Path) -> None:
    from mtcheck.scoring.masked_lm import MaskedLM

    doc = Document(TEXT)
    half, full = (MaskedLM(str(modern), exact=True, bf16=b).score(doc) for b in (True, False))
    for a, b in zip(half, full, strict=True):
        assert a.surprisal == pytest.approx(b.surprisal, abs=0.3)
        assert a.suspicion == pytest.approx(b.suspicion, abs=0.05)


def test_the_cascade_reads_what_is_suspicious_as_the_exact_scorer_does(modern: Path) -> None:
    from mtcheck.scoring.masked_lm import MaskedLM

    doc = Document(TEXT)
    exact = MaskedLM(str(modern), exact=True, bf16=False).score(doc)
    middle = sorted(s.suspicion or 0 for s in exact)[len(exact) // 2]
    cascade = MaskedLM(str(modern), bf16=False)
    cascade.calibration = Calibration(confirm_from=middle)
    asked = doc.words[3]
    scores = cascade.score(doc, {asked: ("talks",)})
    read = [s for s in scores if s.surprisal is not None]
    assert 0 < len(read) < len(scores)
    for a, b in zip(scores, exact, strict=True):
        assert a.suspicion == pytest.approx(b.suspicion, abs=1e-5)
        if a.suspicion is not None and (a.suspicion > middle + 1e-4 or a.span == asked):
            assert a.surprisal == pytest.approx(b.surprisal, abs=1e-3)
            assert a.rank == b.rank
        elif a.suspicion is not None and a.suspicion < middle - 1e-4:
            assert a.surprisal is None
    assert dict(scores[3].alternatives).keys() == {"talks"}


def test_paragraphs_may_be_scored_one_at_a_time(modern: Path) -> None:
    doc = Document(TEXT)
    scorer = load_scorer(str(modern))
    whole = scorer.score(doc)
    for paragraph in doc.paragraphs:
        for s, w in zip(scorer.score(doc, paragraphs=[paragraph]), whole, strict=True):
            if paragraph.holds(s.span):
                assert s.suspicion == pytest.approx(w.suspicion, abs=0.02)
            else:
                assert s == TokenScore(s.span, None)


def test_any_other_model_has_no_suspicion_and_reads_every_word(modern: Path, tmp_path: Path) -> None:
    for file in modern.iterdir():
        if "head" not in file.name:
            (tmp_path / file.name).write_bytes(file.read_bytes())
    scores = load_scorer(str(tmp_path)).score(Document(TEXT))
    assert all(s.suspicion is None and s.surprisal is not None for s in scores)


def test_the_signature_changes_with_anything_that_shapes_a_score(modern: Path, tmp_path: Path) -> None:
    from mtcheck.scoring.model_folder import signature

    folder = tmp_path / "model"
    folder.mkdir()
    for file in modern.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    before = signature(folder)
    save_calibration(Calibration(confirm_from=0.4), folder)
    assert signature(folder) != before
    (folder / "README.md").write_text("A card changes nothing.", "utf-8")
    after = signature(folder)
    (folder / "README.md").write_text("Nor does another.", "utf-8")
    assert signature(folder) == after


def test_a_calibration_survives_its_file(tmp_path: Path) -> None:
    made = Calibration(
        0.3, {"head": 1.5, "constant": -2.0}, (-1.0, 1.0), (0.1, 0.8), {"suspect_wording": 0.5}, how="by hand"
    )
    save_calibration(made, tmp_path)
    assert load_calibration(tmp_path) == made
    assert load_calibration(tmp_path / "absent") == Calibration()


@pytest.mark.parametrize(
    "text",
    ["{", "[]", '{"doubts": [1, 1], "chances": [0, 0]}', '{"doubts": [1], "chances": []}', '{"what": 1}'],
)
def test_a_broken_calibration_is_an_error_that_names_the_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "calibration.json").write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"calibration\.json"):
        load_calibration(tmp_path)


@pytest.mark.parametrize(("doubt", "chance"), [(-5.0, 0.1), (-1.0, 0.1), (0.0, 0.45), (1.0, 0.8), (9.0, 0.8)])
def test_chances_are_read_between_their_points(doubt: float, chance: float) -> None:
    made = Calibration(weights={"constant": doubt}, doubts=(-1.0, 1.0), chances=(0.1, 0.8))
    assert made.chance(TokenScore(Span(0, 1), None, suspicion=0.5)) == pytest.approx(chance)
    assert Calibration(weights={"constant": 1.0}).chance(TokenScore(Span(0, 1), None, suspicion=0.5)) is None


def test_what_was_never_measured_is_no_number() -> None:
    bare = TokenScore(Span(0, 3), None)
    assert features(bare) is None
    assert Calibration(weights={"head": 1.0}).doubt(bare) is None
    assert Calibration().doubt(TokenScore(Span(0, 3), None, suspicion=0.5)) is None
    judged = TokenScore(Span(0, 3), None, suspicion=0.5)
    assert Calibration(weights={"head": 2.0, "constant": -1.0}).doubt(judged) == pytest.approx(-1.0)
