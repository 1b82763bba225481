"""Intervals and paired differences: seeded, sure where all documents agree, unsure where one decides."""

import pytest

from mtcheck.evaluate.bootstrap import intervals, paired_difference, resampled_sums
from mtcheck.evaluate.ranking import auroc_interval
from mtcheck.evaluate.ratios import hit_rate

FIELDS = ("labels", "touched")
RATIO = {"hit": hit_rate}


def test_the_same_seed_gives_the_same_numbers() -> None:
    rows = [[i, i % 3] for i in range(1, 30)]
    first, again, other = (resampled_sums(rows, resamples=100, seed=s) for s in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()


def test_documents_that_agree_leave_no_doubt_and_one_document_no_interval() -> None:
    assert intervals([[2, 1]] * 5, FIELDS, RATIO)["hit"] == (0.5, 0.5)
    assert intervals([[2, 1]], FIELDS, RATIO)["hit"] is None


def test_the_interval_covers_what_theory_says() -> None:
    # 100 documents, one label each, half touched: standard error .05, so about .40 to .60.
    got = intervals([[1, i % 2] for i in range(100)], FIELDS, RATIO)["hit"]
    assert got is not None
    assert got[0] == pytest.approx(0.40, abs=0.02)
    assert got[1] == pytest.approx(0.60, abs=0.02)


def test_a_rare_thing_in_few_resamples_has_no_interval() -> None:
    # Labels in one of 100 documents: a third of the resamples hold none, the rest are all alike.
    rows = [[0, 0]] * 99 + [[1, 1]]
    assert intervals(rows, FIELDS, RATIO)["hit"] == (1.0, 1.0)
    assert intervals([[0, 0]] * 5, FIELDS, RATIO)["hit"] is None


def test_paired_differences() -> None:
    before = [[4, 1], [4, 2]] * 20
    after = [[4, 2], [4, 3]] * 20
    told = paired_difference(before, after, FIELDS, hit_rate)
    assert told is not None
    difference, interval, p = told
    assert difference == pytest.approx(0.25)
    # Every document gained one label of four: paired, that is certain, though documents differ.
    assert interval == pytest.approx((0.25, 0.25))
    assert p <= 0.002
    same = paired_difference(before, before, FIELDS, hit_rate)
    assert same is not None
    assert (same[0], same[2]) == (0.0, 1.0)
    swapped = paired_difference(before, list(reversed(before)), FIELDS, hit_rate)
    assert swapped is not None
    assert swapped[2] > 0.5


def test_auroc_interval_draws_documents() -> None:
    translated = [(str(i), 2.0) for i in range(5)]
    human = [(str(i), 1.0) for i in range(5)]
    assert auroc_interval(translated, human, resamples=100, seed=1) == (1.0, 1.0)
    assert auroc_interval(translated[:1], human[:1], resamples=100, seed=1) is None
