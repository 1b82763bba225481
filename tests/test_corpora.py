"""Our own labelled sets: every label fits, every article is labelled."""

import json
from pathlib import Path

import pytest

from mtcheck.evaluate.corpora import SPLITS, load_set

CORPORA = Path(__file__).parent.parent / "corpora"
SETS = sorted(f.parent for f in CORPORA.glob("*/labels.jsonl"))


@pytest.mark.parametrize("folder", SETS, ids=lambda f: f.name)
def test_labels_fit_and_every_article_is_labelled(folder: Path) -> None:
    articles = load_set(folder)  # refuses labels that do not fit
    assert {a.file for a in articles} == {f"articles/{f.name}" for f in (folder / "articles").iterdir()}
    assert len({a.file for a in articles}) == len(articles)
    assert {a.split for a in articles} == SPLITS
    assert all(a.labels for a in articles if not a.clean)
    assert (folder / "card.md").is_file()


def test_the_first_set_is_large_and_mixed_enough() -> None:
    articles = load_set(CORPORA / "news-first")
    marked = [a for a in articles if not a.clean]
    assert len(marked) >= 150
    assert len(articles) - len(marked) >= 100
    assert len({a.language for a in marked}) >= 24
    assert len({a.topic for a in articles}) >= 40
    assert len({label.category for a in marked for label in a.labels}) >= 12


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start": 1}, "is marked"),
        ({"category": "nonsense"}, "nonsense"),
        ({"start": 8}, "no span"),
    ],
)
def test_a_label_that_does_not_fit_is_refused(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    (tmp_path / "a.txt").write_text("The the end.\n", "utf-8")
    span = {
        "start": 0,
        "end": 7,
        "text": "The the",
        "category": "duplication",
        "suggestion": "The",
        "must": True,
    }
    row = {"file": "a.txt", "language": "fr", "topic": "x", "clean": False, "split": "dev"}
    (tmp_path / "labels.jsonl").write_text(json.dumps({**row, "spans": [{**span, **change}]}) + "\n", "utf-8")
    with pytest.raises(ValueError, match=message) as refused:
        load_set(tmp_path)
    assert "labels.jsonl:1" in str(refused.value)
