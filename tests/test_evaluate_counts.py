"""The arithmetic of evaluation, against numbers worked out by hand."""

import math

import pytest

from mtcheck.evaluate.counts import Page, count, everything
from mtcheck.evaluate.operating import percentile, threshold_for
from mtcheck.evaluate.ranking import auroc, pair_outcome, suspicion
from mtcheck.evaluate.ratios import RATIOS
from mtcheck.evaluate.readings import FLOOR_ONE, MTCHECK_ONE, MTCHECK_UNION, RATER_ONE, RATER_UNION, readings
from mtcheck.evaluate.records import Marked, Record
from mtcheck.evaluate.reliability import expected_calibration_error, reliability
from mtcheck.findings import Finding, Report
from mtcheck.text import Document, Span

#       0123456789012345678
TEXT = "aa bb cccc dd eeee."
AA, BB, CCCC, DD, EEEE = Span(0, 2), Span(3, 5), Span(6, 10), Span(11, 13), Span(14, 18)
PAGE = Page.of(Document(TEXT))


def ratios(found: list[Span], labels: list[Span]) -> dict[str, float]:
    c = count(PAGE, found, labels)._asdict()
    return {name: float(f(c)) for name, f in RATIOS.items()}


def test_counts_by_hand() -> None:
    # Labels "bb cccc" (6 inked) and "eeee" (4); found "cccc" (inside) and "dd" (a false alarm).
    told = count(PAGE, [CCCC, DD], [Span(3, 10), EEEE])
    assert (told.found, told.hits, told.labels, told.touched) == (2, 1, 2, 1)
    assert (told.char_tp, told.char_fp, told.char_fn) == (4, 2, 6)
    # Words: cccc right, dd wrong, bb and eeee missed, aa rightly left alone.
    assert (told.word_tp, told.word_fp, told.word_fn, told.word_tn) == (1, 1, 2, 1)
    assert told.found_credit == 1.0
    assert told.label_credit == pytest.approx(4 / 6)
    r = ratios([CCCC, DD], [Span(3, 10), EEEE])
    assert (r["hit_rate"], r["precision"]) == (0.5, 0.5)
    assert r["char_precision"] == pytest.approx(4 / 6)
    assert r["char_recall"] == pytest.approx(4 / 10)
    assert r["char_f1"] == pytest.approx(8 / 16)
    assert r["credit_precision"] == pytest.approx(1 / 2)
    assert r["credit_recall"] == pytest.approx(1 / 3)
    assert r["credit_f1"] == pytest.approx(0.4)
    assert r["mcc"] == pytest.approx((1 * 1 - 1 * 2) / math.sqrt(2 * 3 * 2 * 3))


def test_white_space_never_counts() -> None:
    assert count(PAGE, [Span(2, 6)], [BB]) == count(PAGE, [BB], [BB])
    assert count(PAGE, [Span(2, 3)], [AA]).found == 0


def test_doubles_count_once_and_one_finding_is_partner_of_one_label() -> None:
    assert count(PAGE, [AA, AA], [AA]).found == 1
    # "bb cccc" overlaps both labels; the larger overlap is its partner, so "bb" gets no credit.
    told = count(PAGE, [Span(3, 10)], [BB, CCCC])
    assert told.touched == 2
    assert told.found_credit == pytest.approx(4 / 6)
    assert told.label_credit == 1.0


def test_what_nobody_can_say_is_nan_and_what_is_wrong_is_zero() -> None:
    nothing = ratios([], [AA])
    assert math.isnan(nothing["precision"])
    assert math.isnan(nothing["mcc"])
    assert nothing["char_f1"] == 0.0
    assert ratios([BB], [AA])["credit_f1"] == 0.0
    assert math.isnan(ratios([], [])["char_f1"])


def test_the_floor_flags_every_inked_character() -> None:
    told = count(PAGE, everything(PAGE, TEXT), [CCCC])
    assert (told.char_tp, told.char_fp, told.char_fn) == (4, 11, 0)
    assert (told.hits, told.found) == (1, 5)


def test_readings_of_three_raters() -> None:
    marked = (Marked(AA, "x", "r1"), Marked(BB, "x", "r1"), Marked(BB, "y", "r2"))
    record = Record("1", TEXT, "set", "d", marked=marked, raters=("r1", "r2", "r3"), labelled=True)
    told = readings(PAGE, record, [BB])
    assert (told[MTCHECK_UNION].labels, told[MTCHECK_UNION].hits) == (2, 1)  # BB is one label, twice marked
    assert (told[MTCHECK_ONE].found, told[MTCHECK_ONE].hits) == (3, 2)  # r1 and r2 agree, r3 marked nothing
    # r1 against r2 and r3: 4 found, 1 hit. r2 against r1 and r3: 2 found, 1 hit. r3: nothing.
    assert (told[RATER_ONE].found, told[RATER_ONE].hits) == (6, 2)
    assert (told[RATER_UNION].found, told[RATER_UNION].hits) == (3, 2)
    assert told[FLOOR_ONE].char_tp == 6
    alone = Record("1", TEXT, "set", "d", marked=marked[:1], raters=("r1",), labelled=True)
    assert RATER_ONE not in readings(PAGE, alone, [BB])


def test_auroc_and_pairs() -> None:
    assert auroc([3, 2], [1, 0]) == 1.0
    assert auroc([0, 0], [0, 0]) == 0.5
    assert auroc([1, 3], [2, 4]) == 0.25  # of four pairs only 3 against 2 is right
    assert auroc([], [1]) is None
    assert [pair_outcome(2, 1), pair_outcome(1, 1), pair_outcome(1, 2)] == [1.0, 0.5, 0.0]


def test_suspicion_is_the_sum_of_probabilities_per_1000_words() -> None:
    doc = Document(TEXT)
    found = (Finding(AA, "x", "", score=0.75), Finding(BB, "x", ""))
    assert suspicion(Report(doc, found, (), {}, "")) == pytest.approx(1000 * 1.25 / 5)
    assert suspicion(Report(Document("…"), (), (), {}, "")) == 0.0


def test_calibration() -> None:
    judged = [(0.95, True), (0.91, True), (1.0, False), (0.15, False), (0.1, True)]
    table = reliability(judged)
    assert [(b.low, b.findings) for b in table] == [(0.1, 2), (0.9, 3)]
    assert table[1].observed == pytest.approx(2 / 3)
    by_hand = (2 * abs(0.125 - 0.5) + 3 * abs(2.86 / 3 - 2 / 3)) / 5
    assert expected_calibration_error(table) == pytest.approx(by_hand)
    assert expected_calibration_error(reliability([])) is None


@pytest.mark.parametrize(
    ("noise", "words", "expected", "why"),
    [
        (2.0, 2000, 0.0, "four findings are allowed and there are four"),
        (1.0, 2000, 0.8, "two are allowed"),
        (1.5, 2000, 0.8, "the two of 0.7 stand or fall together"),
        (0.5, 1000, None, "not even one is allowed"),
    ],
)
def test_threshold(noise: float, words: int, expected: float | None, why: str) -> None:
    assert threshold_for(noise, [0.7, 0.9, 0.7, 0.8], words) == expected, why


def test_percentile_between_neighbours() -> None:
    assert percentile([0, 10], 0.95) == pytest.approx(9.5)
    assert percentile([4], 0.95) == 4
    assert percentile([], 0.95) is None
