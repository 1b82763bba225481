"""Readers of labelled text: every format gives the same records, and a broken file says where."""

import json
from pathlib import Path

import pytest

from mtcheck.evaluate.datasets import read_records
from mtcheck.evaluate.pairs import twins_of
from mtcheck.evaluate.perturbed import changed
from mtcheck.text import Span

MQM_HEAD = "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\n"


def lines(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    return path


def test_a_rater_who_marked_nothing_is_known_from_the_rest_of_the_document(tmp_path: Path) -> None:
    mark = {"start": 0, "end": 3, "category": "Style", "severity": "minor"}
    row = {"doc": "d", "system": "Online-B", "n_raters": 3, "lang_pair": "zh-en"}
    file = lines(
        tmp_path / "mqm.jsonl",
        {**row, "id": "1", "text": "One two.", "spans": [{**mark, "rater": "r1"}, {**mark, "rater": "r2"}]},
        {**row, "id": "2", "text": "Six ten.", "spans": [{**mark, "rater": "r3"}]},
        {**row, "id": "3", "doc": "e", "text": "Not one.", "spans": []},
    )
    records = read_records(file)
    assert [r.raters for r in records] == [
        ("r1", "r2", "r3"),
        ("r1", "r2", "r3"),
        ("silent-0", "silent-1", "silent-2"),
    ]
    assert [len(r.marked) for r in records] == [2, 1, 0]


def test_two_lines_of_one_text_by_two_raters_are_one_record(tmp_path: Path) -> None:
    row = {"doc": "d", "seg": "1", "system": "s", "text": "One two.", "lang_pair": "de-en"}
    mark = {"start": 4, "end": 7, "category": "Style"}
    file = lines(
        tmp_path / "bio.jsonl",
        {**row, "id": "1", "rater": "A", "spans": [mark]},
        {**row, "id": "2", "rater": "B", "spans": []},
    )
    (record,) = read_records(file)
    assert record.raters == ("A", "B")
    assert [m.rater for m in record.marked] == ["A"]


def test_round_trips_people_and_clean_copy(tmp_path: Path) -> None:
    pairs = lines(
        tmp_path / "pairs.jsonl",
        {"id": "1", "text": "Mt.", "original": "Own.", "system": "online-A.0", "origin": "wmt15data"},
        {"id": "2", "text": "By hand.", "system": "HUMAN-A", "is_mt": False},
        {"id": "set:tense:3", "text": "He go.", "clean_mt": "He goes.", "spans": []},
    )
    trip, human, damaged = read_records(pairs)
    assert (trip.twin, trip.round_trip, trip.year, trip.translated) == ("Own.", True, "2015", True)
    assert not human.translated
    assert (damaged.twin, damaged.round_trip, damaged.kind) == ("He goes.", False, "tense")
    clean = lines(
        tmp_path / "clean.jsonl",
        {"id": "1", "doc": "a", "text": "First."},
        {"id": "2", "doc": "a", "text": "Second."},
    )
    (article,) = read_records(clean)
    assert article.text == "First.\n\nSecond."
    assert article.clean
    assert not article.translated


def test_versions_of_a_whole_document_are_a_pair(tmp_path: Path) -> None:
    row = {"doc": "d", "lang_pair": "is-en", "n_segs": 9}
    file = lines(
        tmp_path / "docs.jsonl",
        {**row, "id": "1", "text": "By hand.", "system": "HUMAN-A", "is_mt": False},
        {**row, "id": "2", "text": "By machine.", "system": "Online-A", "is_mt": True},
    )
    ((record, twin),) = twins_of(read_records(file))
    assert (record.text, twin, record.whole) == ("By machine.", "By hand.", True)


def test_mqm_table(tmp_path: Path) -> None:
    file = tmp_path / "mqm_newstest2020_zhen.tsv"
    file.write_text(
        MQM_HEAD
        + 'Online-B\td\td\t1\tr1\tx\tHe <v>go</v> "home.\tFluency/Grammar\tMajor\n'
        + 'Online-B\td\td\t1\tr2\tx\tHe go "home.\tNo-error\tno-error\n'
        + 'Online-B\td\td\t1\tr1\t<v>x</v>\tHe go "home.\tAccuracy/Omission\tMajor\n'
        + "Human-A.0\td\td\t2\tr1\tx\tFine.\tNo-error\tno-error\n",
        "utf-8",
    )
    first, second = read_records(file)
    assert first.text == 'He go "home.'  # a quotation mark is text, not quoting
    assert [(first.text[m.span.start : m.span.end], m.category) for m in first.marked] == [
        ("go", "Fluency/Grammar")
    ]
    assert first.raters == ("r1", "r2")
    assert (first.language, first.year) == ("zh-en", "2020")
    assert not second.translated


def test_word_level_with_and_without_gap_tags(tmp_path: Path) -> None:
    (tmp_path / "dev.mt").write_text("He go the the home .\nGood .\n", "utf-8")
    (tmp_path / "dev.tags").write_text("OK BAD BAD BAD OK OK\nOK OK BAD OK OK\n", "utf-8")
    first, second = read_records(tmp_path / "dev.mt")
    assert [m.span for m in first.marked] == [Span(3, 13)]
    assert second.marked == ()  # the gap between the two tokens is bad, no word is


def test_demetr(tmp_path: Path) -> None:
    file = tmp_path / "minor_id1_repeat.json"
    row = {"id": 4, "mt_sent": "It rained.", "pert_sent": "It rained rained.", "eng_sent": "It was raining."}
    file.write_text(json.dumps([{**row, "lang_tag": "polish"}]), "utf-8")
    (record,) = read_records(file)
    assert [record.text[m.span.start : m.span.end] for m in record.marked] == ["rained"]
    assert (record.twin, record.kind, record.language) == ("It rained.", "minor_id1_repeat", "polish")
    assert changed("It rained today.", "It rained.") == []  # what is gone leaves no span


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jsonl", '{"text": "a"}\n{"text": 1}\n', r"a\.jsonl:2"),
        ("a.jsonl", '{"text": "a", "spans": [{"start": 0, "end": 2}]}\n', "past the text"),
        ("a.jsonl", '{"text": "ab", "spans": [{"start": 2, "end": 1}]}\n', r"a\.jsonl:1"),
        ("a.tsv", "system\tdoc\n", "no column"),
        ("a.tsv", MQM_HEAD + "s\td\n", r"a\.tsv:2"),
        ("a.json", "{}", "no DEMETR"),
        ("a.json", '[{"id": 1}]', "pert_sent|mt_sent"),
        ("a.txt", "x", "not one of the formats"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(ValueError, match=message):
        read_records(tmp_path / name)


@pytest.mark.parametrize(
    ("tags", "message"),
    [("OK\nOK\n", "2 lines for 1"), ("OK OK\n", "2 tags for 1"), ("FINE\n", "neither OK nor BAD")],
)
def test_tags_that_do_not_fit_are_refused(tmp_path: Path, tags: str, message: str) -> None:
    (tmp_path / "a.mt").write_text("One\n", "utf-8")
    (tmp_path / "a.tags").write_text(tags, "utf-8")
    with pytest.raises(ValueError, match=message):
        read_records(tmp_path / "a.mt")
