"""Windows, surprisal arithmetic, and the masked language model on a model made here."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.models import ModelError, find_model, load_scorer
from mtcheck.scoring import windows
from mtcheck.scoring.surprisal import TokenScore
from mtcheck.text import Document, Span
from mtcheck.training import tokenizer as tokenizer_room

PROSE = [
    "The minister said on Monday that the talks would go on until the end of the week.",
    "Nobody in the room had expected the old quarrel over the harbour to come back.",
    "“We will not sign,” she told reporters, and left for the airport with her staff.",
]


@given(st.integers(0, 2000), st.integers(4, 130))
def test_each_token_is_owned_once_and_seen_with_context(length: int, size: int) -> None:
    cut = windows.cut(length, size)
    owned = [i for w in cut for i in range(w.own_start, w.own_end)]
    assert owned == list(range(length))
    for w in cut:
        assert w.start <= w.own_start <= w.own_end <= w.end
        assert w.end - w.start <= size
        assert w.start == 0 or w.own_start - w.start >= size // 4
        assert w.end == length or w.end - w.own_end >= size // 4


def test_excess_needs_both_numbers() -> None:
    assert TokenScore(Span(0, 1), 12.0, frequency_bits=9.0).excess == 3.0
    assert TokenScore(Span(0, 1), None, frequency_bits=9.0).excess is None
    assert TokenScore(Span(0, 1), 12.0).excess is None


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An untrained BERT with our tokenizer: the plumbing must hold for any weights."""
    import torch
    from transformers import BertConfig, BertForMaskedLM

    folder = tmp_path_factory.mktemp("tiny")
    tokenizer_room.train_tokenizer(PROSE * 20, folder, vocabulary=300)
    torch.manual_seed(0)
    size = len(json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"])
    config = BertConfig(
        vocab_size=size, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64
    )
    BertForMaskedLM(config).save_pretrained(folder)
    return folder


def test_each_word_gets_one_score_in_a_text_of_any_length(tiny: Path) -> None:
    scorer = load_scorer(str(tiny))
    doc = Document(" ".join(PROSE * 12) + "\n\n" + PROSE[0])
    scores = scorer.score(doc)
    assert tuple(s.span for s in scores) == doc.words
    for s in scores:
        assert s.surprisal is not None
        assert s.entropy is not None
        assert s.rank is not None
        assert s.surprisal > 0
        assert s.entropy > 0
        assert s.gap is not None
        assert s.gap >= 0
        assert (s.gap == 0) == (s.rank == 1)
        assert s.rank >= 1
        assert s.frequency_bits is None, "no counts lie beside this model"


def test_a_document_is_scored_the_same_alone_and_in_company(tiny: Path) -> None:
    scorer = load_scorer(str(tiny))
    alone = scorer.score(Document(PROSE[1]))
    company = Document("\n\n".join([PROSE[0], PROSE[1], PROSE[2]]))
    middle = company.paragraphs[1]
    together = [s for s in scorer.score(company) if middle.holds(s.span)]
    assert len(alone) == len(together)
    for a, b in zip(alone, together, strict=True):
        assert math.isclose(a.surprisal or 0, b.surprisal or 0, abs_tol=1e-3)
        assert a.rank == b.rank


def test_a_word_is_hidden_whole_and_read_from_left_to_right(tiny: Path) -> None:
    import torch
    from transformers import AutoModelForMaskedLM, AutoTokenizer

    doc = Document("The harbour sheet")
    word = doc.words[2]
    scores = load_scorer(str(tiny)).score(doc)
    reader = AutoTokenizer.from_pretrained(tiny)
    model = AutoModelForMaskedLM.from_pretrained(tiny, dtype=torch.float32).eval()
    encoded = reader(doc.text, return_offsets_mapping=True)
    ids = encoded["input_ids"]
    places = [i for i, (a, b) in enumerate(encoded["offset_mapping"]) if a < b and a >= word.start]
    assert len(places) > 1, "the case needs a word of several tokens"
    bits = 0.0
    for n, place in enumerate(places):
        hidden = [reader.mask_token_id if i in places[n:] else t for i, t in enumerate(ids)]
        with torch.inference_mode():
            logits = model(input_ids=torch.tensor([hidden])).logits[0, place]
        bits -= torch.log_softmax(logits, -1)[ids[place]].item() / math.log(2)
    assert scores[2].surprisal == pytest.approx(bits, abs=1e-3)


def test_alternatives_are_scored_at_the_same_place(tiny: Path) -> None:
    scorer = load_scorer(str(tiny))
    doc = Document("The talks would go on.")
    word = doc.words[1]
    scores = scorer.score(doc, {word: ("talks", "harbour", "☃")})
    tried = dict(scores[1].alternatives)
    assert tried["talks"] == pytest.approx(scores[1].surprisal)
    assert "harbour" in tried
    assert "☃" not in tried, "a word that the tokenizer can't read gets no number"


def test_a_word_that_cannot_be_read_has_no_score(tiny: Path) -> None:
    doc = Document("The ☃漢 talks")
    by_word = {doc[s.span]: s.surprisal for s in load_scorer(str(tiny)).score(doc)}
    assert by_word["漢"] is None
    assert by_word["talks"] is not None


def test_a_missing_model_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model there") as missing:
        find_model(str(tmp_path / "absent"))
    assert "\n" not in str(missing.value)


def test_a_broken_model_is_one_clear_line(tiny: Path, tmp_path: Path) -> None:
    for file in tiny.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(ModelError, match="not a masked language model") as broken:
        load_scorer(find_model(str(tmp_path)))
    assert "\n" not in str(broken.value)


def test_the_shipped_model_prefers_the_human_word() -> None:
    scorer = load_scorer(find_model(None))
    pairs = [
        ("He was elected president of the United States in November.", "States", "Stairs"),
        ("The prime minister said that the government would not resign.", "government", "garment"),
        ("She won a third of the votes in the second round of the election.", "votes", "voices"),
    ]
    for text, human, machine in pairs:
        doc = Document(text)
        word = next(w for w in doc.words if doc[w] == human)
        score = scorer.score(doc, {word: (machine,)})[doc.words.index(word)]
        assert score.surprisal is not None
        assert score.surprisal < dict(score.alternatives)[machine], text
