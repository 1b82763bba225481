"""The whole measurement on a small invented set whose every number is known."""

import json
from pathlib import Path

import pytest
from evaluate_samples import BAD, GOOD, all_records

from mtcheck.evaluate.noise import operating_points
from mtcheck.evaluate.operating import finds_thresholds
from mtcheck.evaluate.outcomes import Checked, Checker, Found, Outcome
from mtcheck.evaluate.pairs import texts_of
from mtcheck.evaluate.records import Marked, Record
from mtcheck.evaluate.references import corpus_scores
from mtcheck.evaluate.results import _labelled, measured
from mtcheck.text import Span

WORDS = 11


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    return measured(all_records(tmp_path_factory.mktemp("sets")), Checker(), references=True, resamples=100)


def test_readings_of_the_marked_set(results: dict[str, dict[str, dict[str, object]]]) -> None:
    told: dict[str, object] = results["datasets"]["marked"]
    table = json.loads(json.dumps(told))
    mtcheck = table["readings"]["mtcheck against all raters"]
    assert (mtcheck["found"], mtcheck["labels"]) == (5, 5)
    assert mtcheck["ratios"]["hit_rate"]["value"] == 1.0
    # Of three raters one saw nothing: against one rater two findings of three are right.
    one = table["readings"]["mtcheck against one rater"]
    assert one["ratios"]["precision"]["value"] == pytest.approx(2 / 3)
    assert table["label_categories"]["Fluency/Grammar"]["labels"] == 5
    assert table["detectors"]["repeated-word"]["precision"] == 1.0
    assert table["finding_categories"]["duplication"]["hit_rate"] == 1.0
    assert set(table["groups"]) == set()  # one language, one system, no year


def test_ranking_and_pairs_of_the_round_trips(results: dict[str, dict[str, dict[str, object]]]) -> None:
    told = json.loads(json.dumps(results["datasets"]["trips"]))
    (row,) = told["auroc"]
    assert row["year"] == "2015"
    # Fifteen of twenty score above every original; the rest tie with all.
    assert row["levels"]["sentence"]["value"] == pytest.approx(0.75 + 0.25 / 2)
    assert "article" not in row["levels"]  # two articles a side say nothing
    (pairs,) = told["pairs"].values()
    assert (pairs["pairs"], pairs["ties"], pairs["won"]) == (20, 5, pytest.approx(0.875))
    bleu = told["references"][0]["scores"]["BLEU"]
    assert 80 < bleu["score"] < 100
    assert bleu["signature"].startswith("nrefs:1|")


def test_noise_and_its_noisiest_documents(tmp_path: Path) -> None:
    told = measured(all_records(tmp_path, slips=3), Checker(), resamples=100)["noise"]
    words = 27 * WORDS + 3 * (WORDS + 1)
    assert (told["findings"], told["words"], told["documents"]) == (3, words, 30)
    assert told["per_1000"] == pytest.approx(3000 / words)
    assert told["p95"] == pytest.approx(1000 / (WORDS + 1))
    assert told["interval"][0] < told["per_1000"] < told["interval"][1]
    assert told["detectors"]["repeated-word"]["findings"] == 3


def test_without_clean_copy_there_is_no_noise() -> None:
    told = measured([Record("1", BAD, "set", "d")], Checker(), resamples=100)
    assert told["noise"] is None
    assert told["operating_points"] == []


def test_thresholds_come_from_other_copy_than_the_noise() -> None:
    checker = Checker()
    clean = [
        checker.checked(Record(f"c{i}", GOOD, "set", f"c{i}", clean=True, translated=False))
        for i in range(40)
    ]
    half = sum(finds_thresholds(c.record.document) for c in clean)
    assert 0 < half < 40
    point = operating_points(clean, [], resamples=100, seed=1)[0]
    assert point["found_on_words"] == half * WORDS
    assert point["words"] == (40 - half) * WORDS
    noisy = [checker.checked(Record("n", BAD, "other", "n", clean=True, translated=False))]
    point = operating_points(clean, noisy, resamples=100, seed=1)[0]
    assert point["threshold"] is None  # one finding on twelve words is too many at any probability
    assert point["words"] == 40 * WORDS


def test_units_of_text() -> None:
    sentences = [Record(str(i), f"S{i}.", "set", "d", i, twin=f"T{i}.") for i in reversed(range(23))]
    assert len(texts_of(sentences, "sentence")) == 23
    chunks = texts_of(sentences, "chunk")
    assert [t.split("\n\n")[0] for _, t in chunks] == ["S0.", "S10."]  # in order; three are left over
    assert texts_of(sentences, "article", twins=True)[0][1].startswith("T0.\n\nT1.")
    whole = [Record("1", "All.", "set", "d", whole=True)]
    assert [len(texts_of(whole, level)) for level in ("sentence", "chunk", "article")] == [0, 0, 1]


def test_human_translations_stand_among_the_systems_only() -> None:
    mark = (Marked(Span(BAD.index("the the"), BAD.index("the the") + 7), "x"),)
    records = [
        Record("1", BAD, "set", "d", marked=mark, labelled=True, system="Online-B"),
        Record("2", BAD, "set", "d", marked=mark, labelled=True, system="Human-A", translated=False),
    ]
    told = measured(records, Checker(), resamples=100)["datasets"]["set"]
    assert told["readings"]["mtcheck against all raters"]["labels"] == 1
    assert set(told["groups"]["system"]) == {"Human-A", "Online-B"}


def test_a_finding_that_was_never_measured_claims_nothing() -> None:
    unmeasured = Found(Span(0, 3), "exonym", "entity", None)
    outcome = Outcome(10, (unmeasured,), 0.0)
    assert outcome.above(0.0) == (unmeasured,)
    assert outcome.above(0.1) == ()
    record = Record("1", GOOD, "set", "d", marked=(Marked(Span(0, 3), "x"),), labelled=True)
    told = _labelled([Checked(record, outcome)], [], [], resamples=100, seed=1)
    assert (told["reliability"], told["calibration_error"]) == ([], None)
    assert told["curve"][0]["hit_rate"] == 1.0


def test_sacrebleu_on_the_same_text_and_on_another() -> None:
    same = corpus_scores([GOOD], [GOOD])
    assert same["BLEU"]["score"] == pytest.approx(100)
    assert same["TER"]["score"] == 0.0
    # One word put in among eleven, the full stop parted by no one: an edit in eleven.
    assert corpus_scores([BAD], [GOOD])["TER"]["score"] == pytest.approx(100 / 11)
