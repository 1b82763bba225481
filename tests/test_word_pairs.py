"""The counting of word pairs, on a corpus small enough to count by hand."""

import json
from pathlib import Path

import numpy as np
import pytest

from mtcheck.lexicon import word_pairs
from mtcheck.training import word_pairs as counting

SENTENCES = {
    # Two words that never meet although both are everywhere, and pairs that do.
    "he did not go to the old mill and she did not ask him why": 60,
    "she had to go to the new mill and he had to ask her why": 60,
}


@pytest.fixture
def shard(tmp_path: Path) -> Path:
    path = tmp_path / "shard.jsonl"
    rows = [{"text": f"{text}.\n{text}."} for text, times in SENTENCES.items() for _ in range(times)]
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return path


def test_pairs_hold_neighbours_of_one_line_only(shard: Path) -> None:
    found = set(counting.pairs(shard))
    assert ("did", "not") in found
    assert ("why", "he") not in found, "a full stop stands between them"


def test_rarity_favours_common_words_that_never_meet() -> None:
    words = ["the", "of", "mill"]
    counts = np.array([[0, 0, 900], [900, 0, 50], [0, 900, 0]], dtype=np.uint32)
    rows = list(counting.rarity(counts, np.array([2, 3], dtype=np.int64), words))
    assert rows[0].get(1), "“the of” is never there"
    assert 2 not in rows[0], "“the mill” is"
    assert all(x not in row for x, row in enumerate(rows)), "a word twice is another detector's"


def test_a_written_table_is_read_back(shard: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "table.xz"
    monkeypatch.setattr(counting, "FEWEST_BITS", 4.0)
    counting.main([str(shard), str(shard), str(out)])
    monkeypatch.setattr(word_pairs, "files", lambda _: tmp_path)
    monkeypatch.setattr(word_pairs, "TABLE", "../table.xz")
    (tmp_path / "lexicon").mkdir()
    table = word_pairs.load_word_pairs.__wrapped__()
    assert table.bits("did", "not") is None
    assert table.bits("to", "the") is None
    assert table.bits("the", "to") is not None
    assert table.bits("the", "unknown") is None
