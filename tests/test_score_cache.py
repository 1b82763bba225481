"""Scores kept between scans: equal to fresh ones, never stale, never in the way."""

import sqlite3
from collections.abc import Collection, Mapping
from pathlib import Path

import pytest

from mtcheck.models import cache_file, cached_scorer
from mtcheck.scoring.cache import CachedScorer, ScoreCache
from mtcheck.scoring.surprisal import TokenScore
from mtcheck.text import Document, Span

TEXT = "The talks went on.\n\nNobody said why.\n\nThe talks went on.\n\n“Ça va,” she said. 😀"


class Counting:
    """Scores a word by its letters and place in its paragraph, and counts the paragraphs it was asked for."""

    signature = "counting"
    thresholds: Mapping[str, float] = {}

    def __init__(self) -> None:
        self.asked = 0

    def score(
        self,
        doc: Document,
        alternatives: Mapping[Span, tuple[str, ...]] | None = None,
        *,
        paragraphs: Collection[Span] | None = None,
    ) -> tuple[TokenScore, ...]:
        wanted = doc.paragraphs if paragraphs is None else paragraphs
        self.asked += len(wanted)
        found = {w: TokenScore(w, None) for w in doc.words}
        for p in wanted:
            for i, w in enumerate(doc.words_in(p)):
                tried = tuple((a, 1.5 * len(a)) for a in (alternatives or {}).get(w, ()))
                found[w] = TokenScore(
                    w, float(len(doc[w])), 1.0, i + 1, 0.1, ("a", "b"), None, tried, 0.25, -1.5, 0.5
                )
        return tuple(found[w] for w in doc.words)


def scorer(file: Path, signature: str = "counting") -> tuple[CachedScorer, Counting]:
    behind = Counting()
    return CachedScorer(lambda: behind, signature, {}, ScoreCache(file)), behind


def test_a_second_scan_asks_for_nothing_and_gets_the_same(tmp_path: Path) -> None:
    doc = Document(TEXT)
    asked = {doc.words[1]: ("speeches", "discussions")}
    first, behind = scorer(tmp_path / "c" / "scores.sqlite")
    fresh = first.score(doc, asked)
    assert fresh == Counting().score(doc, asked)
    assert behind.asked == 4
    second, behind = scorer(tmp_path / "c" / "scores.sqlite")
    assert second.score(doc, asked) == fresh
    assert behind.asked == 0


def test_only_what_changed_is_asked_for(tmp_path: Path) -> None:
    first, _ = scorer(tmp_path / "s")
    first.score(Document(TEXT))
    again, behind = scorer(tmp_path / "s")
    changed = Document("A new line above.\n\n" + TEXT.replace("Nobody", "Somebody"))
    assert again.score(changed) == Counting().score(changed)
    assert behind.asked == 2


def test_other_alternatives_or_another_model_are_asked_anew(tmp_path: Path) -> None:
    doc = Document("The talks went on.")
    first, _ = scorer(tmp_path / "s")
    first.score(doc)
    other, behind = scorer(tmp_path / "s")
    assert dict(other.score(doc, {doc.words[1]: ("speeches",)})[1].alternatives) == {"speeches": 12.0}
    assert behind.asked == 1
    renewed, behind = scorer(tmp_path / "s", "another model")
    renewed.score(doc)
    assert behind.asked == 1


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00" + b"\xff" * 200])
def test_a_broken_file_is_made_anew(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "s"
    file.write_bytes(content)
    doc = Document(TEXT)
    first, _ = scorer(file)
    assert first.score(doc) == Counting().score(doc)
    again, behind = scorer(file)
    again.score(doc)
    assert behind.asked == 0


def test_a_place_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    doc = Document(TEXT)
    for _ in range(2):
        made, behind = scorer(tmp_path / "file" / "s")
        assert made.score(doc) == Counting().score(doc)
        assert behind.asked == 4


def test_the_oldest_rows_go_when_there_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mtcheck.scoring.cache.MOST_ROWS", 10)
    cache = ScoreCache(tmp_path / "s")
    for i in range(30):
        cache.put([(bytes([i]), b"x")])
    (count,) = sqlite3.connect(tmp_path / "s").execute("SELECT count(*) FROM scores").fetchone()
    assert count <= 12
    assert cache.get([bytes([29])]) == {bytes([29]): b"x"}
    assert not cache.get([bytes([0])])


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    one, two = ScoreCache(tmp_path / "s"), ScoreCache(tmp_path / "s")
    one.put([(b"a", b"1")])
    two.put([(b"b", b"2")])
    assert one.get([b"a", b"b"]) == two.get([b"a", b"b"]) == {b"a": b"1", b"b": b"2"}


def test_the_model_is_not_loaded_for_text_that_was_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mtcheck import models

    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "config.json").write_text("{}", "utf-8")
    behind = Counting()
    monkeypatch.setattr(models, "load_scorer", lambda _: behind)
    cached_scorer(str(folder)).score(Document(TEXT))
    assert cache_file().is_file()

    def never(_: str) -> Counting:
        raise AssertionError("loaded")

    monkeypatch.setattr(models, "load_scorer", never)
    assert cached_scorer(str(folder)).score(Document(TEXT)) == Counting().score(Document(TEXT))
