"""Reports: what a reader of the text or the JSON can rely on."""

import io
import json
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from mtcheck.detectors import DETECTORS
from mtcheck.explain import HEADS, detector_table, explain
from mtcheck.findings import Category, Detector, Finding, Report
from mtcheck.reports import WRITERS, Output, Summary
from mtcheck.reports.excerpt import excerpt, safe
from mtcheck.text import Document, Run, Span

ID = DETECTORS[0].id


def found(text: str, *words: str, **about: Any) -> Report:
    doc = Document(text, about.pop("name", "a.txt"))
    spans = [Span(text.index(w), text.index(w) + len(w)) for w in words]
    return Report(doc, tuple(Finding(s, ID, "odd", **about) for s in spans), (ID,), {}, "s1")


def written(report: Report, form: str = "text", **output: Any) -> str:
    stream = io.StringIO()
    writer = WRITERS[form](Output(stream, **output))
    writer.report(report)
    writer.error("b.txt", "no such file or folder")
    writer.end(Summary(1, 1, len(report.findings), 1))
    return stream.getvalue()


def schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(
        (files("mtcheck") / "reports" / "report.schema.json").read_text("utf-8")
    )
    return loaded


def test_text_shows_place_line_carets_and_help() -> None:
    report = found("One.\nThe offer of Putin ' s came.", "Putin ' s", score=0.97, suggestions=("Putin’s",))
    assert written(report).splitlines() == [
        f"a.txt:2:14: {ID}  odd (p 0.97)",
        "  |",
        "2 | The offer of Putin ' s came.",
        "  |              ^^^^^^^^^",
        "  = help: Putin’s",
        "",
        "1 finding in 1 of 1 file. 1 error.",
    ]


def test_carets_line_up_under_wide_and_combining_letters() -> None:
    lines = written(found("東京 cafe\u0301 was BAD\tthen", "BAD")).splitlines()
    assert cell_len(lines[2].split("BAD")[0]) == lines[3].index("^")
    assert lines[3].count("^") == 3


def test_long_line_is_a_window_round_the_span() -> None:
    text = "before " * 200_000 + "BAD " + "after " * 200_000
    lines = written(found(text, "BAD"), width=80).splitlines()
    assert cell_len(lines[2]) <= 80
    assert lines[2].startswith("1 | …")
    assert lines[2].endswith("…")
    assert lines[2][lines[3].index("^") :].startswith("BAD")


def test_span_over_lines_shows_its_first_and_last_line() -> None:
    report = found("One BAD\r\nmiddle\r\nBAD two", "BAD\r\nmiddle\r\nBAD")
    assert written(report).splitlines()[2:7] == [
        "1 | One BAD",
        "  |     ^^^",
        "  ⋮",
        "3 | BAD two",
        "  | ^^^",
    ]


def test_markup_and_escapes_of_the_article_are_harmless() -> None:
    report = found("[bold]x[/bold] BAD \x1b[31m \u202e :smile:", "BAD", name="a\x1b[2J\n.txt")
    text = written(report)
    assert "[bold]x[/bold] BAD ␛[31m <U+202E> :smile:" in text
    assert text.startswith("a␛[2J␊.txt:1:16:")
    assert "\x1b" not in text


def test_colour_only_when_asked() -> None:
    assert "\x1b[" in written(found("BAD", "BAD"), color=True)
    assert "\x1b[" not in written(found("BAD", "BAD"))


def test_no_suggestion_no_help_and_a_deletion_is_said() -> None:
    assert "help" not in written(found("BAD", "BAD"))
    assert "help: (nothing)" in written(found("BAD", "BAD", suggestions=("",)))


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60), st.integers(10, 50))
def test_excerpt_fits_and_marks_for_any_text(text: str, a: int, b: int, width: int) -> None:
    text = text.replace("\r", " ").replace("\n", " ")
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    piece = excerpt(text, start, end, width)
    assert piece.length >= 1
    assert piece.before <= cell_len(piece.line)
    # One sign (<U+10FFFF>) may stand over the edge.
    assert cell_len(piece.line) <= width + 10
    assert all(c.isprintable() or c == "\u200d" or not c.isascii() for c in piece.line)
    assert safe(text[start:end]).startswith(piece.line.rstrip("…")[len(piece.line) :])


def test_json_fits_its_schema_and_match_is_the_file_from_start_to_end() -> None:
    report = found("One.\r\nA BAD é 東京 day", "BAD", "東京", because={"language": "French", "gain": 2.5})
    out = json.loads(written(report, "json"))
    jsonschema.validate(out, schema())
    for f in out["files"][0]["findings"]:
        assert report.doc.file_text[f["start"] : f["end"]] == f["match"]
    first = out["files"][0]["findings"][0]
    assert (first["match"], first["line"], first["column"], first["end_column"]) == ("BAD", 2, 3, 6)
    assert out["errors"] == [{"file": "b.txt", "message": "no such file or folder"}]
    assert out["signature"] == "s1"
    assert "text" not in first


def test_json_offsets_are_into_the_file_and_text_is_the_prose() -> None:
    source = "<p>Putin&rsquo;s BAD</p>"
    runs = (Run(0, Span(3, 8), 5), Run(5, Span(8, 15), 1), Run(6, Span(15, 20), 5))
    doc = Document("Putin’s BAD", "a.html", source=source, runs=runs)
    report = Report(doc, (Finding(Span(0, 7), ID, "odd"),), (ID,), {}, "s")
    f = json.loads(written(report, "json"))["files"][0]["findings"][0]
    assert source[f["start"] : f["end"]] == f["match"] == "Putin&rsquo;s"
    assert f["text"] == "Putin’s"


def test_json_is_valid_on_a_terminal_of_another_encoding() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    writer = WRITERS["json"](Output(stream))
    writer.report(found("Putin’s 東京", "東京"))
    writer.end(Summary(1, 1, 1, 0))
    stream.flush()
    assert json.loads(raw.getvalue())["files"][0]["findings"][0]["match"] == "東京"


def test_json_holds_no_number_that_is_none() -> None:
    out = written(found("BAD", "BAD", because={"excess": float("inf")}), "json")
    assert json.loads(out)["files"][0]["findings"][0]["because"] == {"excess": None}


def test_json_without_a_file_fits_the_schema() -> None:
    stream = io.StringIO()
    WRITERS["json"](Output(stream)).end(Summary())
    jsonschema.validate(json.loads(stream.getvalue()), schema())


def test_schema_is_a_schema_and_names_every_category() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    named = schema()["$defs"]["finding"]["properties"]["category"]["enum"]
    assert named == [c.value for c in Category]


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda d: d.id)
def test_every_detector_is_explained(detector: Detector) -> None:
    explanation = explain(detector)
    assert explanation.pattern
    assert tuple(explanation.heads) == HEADS
    assert all(explanation.heads.values())
    assert f"| `{detector.id}` | " in detector_table()
