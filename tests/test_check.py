"""The meeting place: what is kept, what is merged, what is said of the rest."""

import string
from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtcheck import check as check_text
from mtcheck.check import (
    MOST_SCORED_WORDS,
    NO_MODEL,
    TOO_LONG,
    category_of,
    check,
    measured_precision,
    merged,
)
from mtcheck.detectors import DETECTORS
from mtcheck.findings import Category, Finding
from mtcheck.scoring.surprisal import TokenScore
from mtcheck.text import Document, Span


class FakeScorer:
    """Finds every word likely, and counts how often it was asked."""

    signature = "fake"
    thresholds: Mapping[str, float] = MappingProxyType({})

    def __init__(self) -> None:
        self.asked = 0

    def score(
        self, doc: Document, alternatives: object = None, *, paragraphs: object = None
    ) -> tuple[TokenScore, ...]:
        self.asked += 1
        return tuple(TokenScore(w, 4.0, 3.0, 1) for w in doc.words)


def finding(start: int, end: int, detector: str, score: float | None = None) -> Finding:
    return Finding(Span(start, end), detector, f"by {detector}", score=score)


# Letters, marks and spaces that the detectors have rules for.
TEXTS = st.text(
    alphabet=string.ascii_letters + " .,;:!?“”\"'’«»„()-\n\r\t0123456789éÜßжا中…\u00a0\ufffd😀", max_size=300
)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_findings_lie_in_the_text_outside_masked_zones_in_order(text: str) -> None:
    report = check_text(text)
    doc = report.doc
    spans = [f.span for f in report.findings]
    assert spans == sorted(spans)
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert not doc.is_masked(span)
    for a, b in pairwise(spans):
        assert a.end <= b.start
    assert {f.detector for f in report.findings} <= set(report.ran)
    assert set(report.ran) | set(report.skipped) == {d.id for d in DETECTORS}


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_the_same_text_gives_the_same_findings_in_any_order_of_detectors(text: str) -> None:
    doc = Document(text)
    assert check(doc).findings == check(doc, detectors=DETECTORS[::-1]).findings


def test_without_a_model_the_detectors_that_need_one_say_so() -> None:
    skipped = check_text("A quiet day.").skipped
    assert skipped == {d.id: NO_MODEL for d in DETECTORS if d.needs_scores}


def test_a_book_is_not_sent_through_the_model() -> None:
    scorer = FakeScorer()
    report = check(Document("word " * (MOST_SCORED_WORDS + 1)), scorer=scorer)
    assert scorer.asked == 0
    assert TOO_LONG in report.skipped.values()
    assert check(Document("A quiet day."), scorer=scorer).skipped == {}
    assert scorer.asked == 1


def test_overlapping_findings_become_one_that_keeps_the_reasons() -> None:
    (one,) = merged([finding(0, 9, "a", 0.5), finding(4, 12, "b", 0.9), finding(11, 14, "c")])
    assert one.detector == "b"
    assert one.because == {"also a": "by a", "also c": "by c"}
    assert len(merged([finding(0, 4, "a"), finding(4, 8, "b")])) == 2


def test_probabilities_come_from_the_measured_table_and_may_be_missing() -> None:
    report = check_text("Peskov said so. . The talks go on.")
    (found,) = report.findings
    assert found.score == measured_precision().get(found.detector)
    assert not check(Document("Peskov said so. . On."), min_probability=1.0).findings


def test_every_detector_has_a_category_and_no_other_id_has() -> None:
    assert category_of("stray-stop") is Category.PUNCTUATION
    with pytest.raises(KeyError):
        category_of("nobody")


def test_the_signature_names_the_rules_and_the_model() -> None:
    doc = Document("A quiet day.")
    assert check(doc).signature in check(doc, scorer=FakeScorer()).signature
    assert check(doc, scorer=FakeScorer()).signature.endswith("+fake")
