"""Against material that lies beside the checkout and is not ours to ship: the seed article, clean news.

Skipped for users, who have none of it.
"""

import json
from pathlib import Path

import pytest

from mtcheck.check import category_of, check
from mtcheck.evaluate.datasets import read_records
from mtcheck.evaluate.measure import tally
from mtcheck.evaluate.outcomes import Checker
from mtcheck.models import find_model, load_scorer
from mtcheck.text import Document, Span

SHARED = Path(__file__).parent.parent.parent / "shared"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the evaluation material is not on this machine"
)

# The categories of a finding that explain a label of the seed.
FITTING = {
    "name": {"entity", "whitespace"},
    "casing": {"capitalization"},
    "sense": {"mistranslation", "idiom"},
    "quotes": {"punctuation"},
    "punctuation": {"punctuation"},
    "idiom": {"idiom", "mistranslation", "punctuation", "grammar"},
    "doublet": {"duplication"},
    "fragment": {"punctuation"},
    "glue": {"whitespace"},
    "title": {"terminology"},
}


@needs_shared
def test_every_unmistakable_span_of_the_seed_is_found_and_little_else() -> None:
    text = (SHARED / "seed" / "article.txt").read_bytes().decode("utf-8")
    labels = json.loads((SHARED / "seed" / "gold.json").read_text("utf-8"))["spans"]
    report = check(Document(text), scorer=load_scorer(find_model(None)))
    spans = [Span(label["start"], label["end"]) for label in labels]
    missed = [
        label["text"]
        for label, span in zip(labels, spans, strict=True)
        if label["must"]
        and not any(
            f.span.overlaps(span) and category_of(f.detector) in FITTING[label["category"]]
            for f in report.findings
        )
    ]
    assert not missed
    others = [
        text[f.span.start : f.span.end] for f in report.findings if not any(f.span.overlaps(s) for s in spans)
    ]
    assert len(others) <= 5, others


@needs_shared
def test_rules_are_quiet_on_clean_news() -> None:
    pytest.importorskip("zstandard")
    files = sorted((SHARED / "eval" / "dev").glob("clean_wmt*.jsonl.zst"))
    assert len(files) == 2
    checker = Checker()
    counts = tally(checker.checked(record) for file in files for record in read_records(file))
    noise = counts.noise()
    assert noise is not None
    assert noise <= 1.0, dict(counts.on_clean)
