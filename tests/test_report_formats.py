"""The formats that other programs read: form, escapes, and places in the unit of each."""

import io
import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import HOSTILE, ID, NAME, found, written
from report_schemas import SCHEMAS

from mtcheck.findings import Finding, Report
from mtcheck.reports import WRITERS, Output
from mtcheck.text import Document, Run, Span

ALL = sorted(WRITERS)
# "BAD" stands behind a character of two UTF-16 units and one of two bytes, in the fourth line
# for whoever knows all three line endings.
PLACED = "One.\r\nTwo.\rThree.\n\U0001f600 \u00e9 BAD end.\nLast."


# A byte that is no UTF-8 has JSON escape all that is not ASCII; without one, only what must be.
@pytest.mark.parametrize("name", [NAME, NAME.replace("\udcff", "")])
@pytest.mark.parametrize("form", ALL)
def test_nothing_that_a_terminal_obeys_is_sent(form: str, name: str) -> None:
    report = found(HOSTILE + "BAD", "BAD", name=name, message=HOSTILE, suggestions=(HOSTILE,))
    out = written(form, report, errors=((name, HOSTILE),))
    assert not set(out) & {*map(chr, range(32)), *map(chr, range(127, 160)), *"\u202e\u2028\udcff"} - {"\n"}


@pytest.mark.parametrize("form", ["json", *SCHEMAS])
def test_json_reads_back_as_it_was(form: str) -> None:
    out = json.dumps(json.loads(written(form, found("BAD", "BAD", name=NAME, message=HOSTILE))))
    name = "uri" if form == "sarif" else json.dumps(NAME)
    wanted = HOSTILE.replace("[x]", "\\[x]").replace("{0}", "{{0}}") if form == "sarif" else HOSTILE
    assert json.dumps(wanted) in out
    assert name in out


@pytest.mark.parametrize("form", SCHEMAS)
@pytest.mark.parametrize("number", [0, 1, 2])
def test_json_fits_its_schema(form: str, number: int) -> None:
    hostile = found(HOSTILE + "BAD x WORSE", "BAD", "WORSE", name=NAME, suggestions=("", "good"), score=0.9)
    reports = [found("fine"), hostile][:number]
    out = json.loads(written(form, *reports, errors=((NAME, HOSTILE),) * number))
    jsonschema.Draft7Validator.check_schema(SCHEMAS[form])
    jsonschema.validate(out, SCHEMAS[form])


def test_json_lines_stand_alone_and_come_at_once() -> None:
    stream = io.StringIO()
    writer = WRITERS["jsonl"](Output(stream))
    writer.report(found("x BAD\u2028y", "BAD\u2028y", name=NAME))
    [first] = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert (first["file"], first["match"], first["line"], first["column"]) == (NAME, "BAD\u2028y", 1, 3)
    writer.error("b.txt", "no such file")
    assert json.loads(stream.getvalue().splitlines()[1]) == {"file": "b.txt", "error": "no such file"}


def test_concise_is_one_line_each() -> None:
    out = written("concise", found(PLACED, "BAD", message="two\nlines"), errors=(("b\n.txt", "gone"),))
    assert out == f"a.txt:4:5: {ID} two␊lines\nb␊.txt: error: gone\n"


def region(where: dict[str, Any]) -> str:
    lines: list[str] = re.split("\r\n|\r|\n", PLACED)
    assert where["startLine"] == where["endLine"]
    assert PLACED[where["charOffset"] :][: where["charLength"]] == "BAD"
    return str(lines[where["startLine"] - 1][where["startColumn"] - 1 : where["endColumn"] - 1])


def test_sarif_points_in_code_points_and_its_fix_replaces_the_match() -> None:
    report = found(PLACED, "BAD", name="my folder/100%.txt", suggestions=("good", "", "BAD"), score=0.875)
    run = json.loads(written("sarif", report))["runs"][0]
    [result] = run["results"]
    where = result["locations"][0]["physicalLocation"]
    assert region(where["region"]) == "BAD"
    assert run["columnKind"] == "unicodeCodePoints"
    assert where["artifactLocation"]["uri"] == "my%20folder/100%25.txt"
    changes = [f["artifactChanges"][0]["replacements"][0] for f in result["fixes"]]
    assert [region(c["deletedRegion"]) for c in changes] == ["BAD", "BAD"]
    assert changes[0]["insertedContent"]["text"] == "good"
    assert "insertedContent" not in changes[1], "a deletion inserts nothing"
    assert result["rank"] == 87.5
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == ID


def test_sarif_has_no_rank_and_no_warning_for_what_nobody_measured() -> None:
    result = json.loads(written("sarif", found("BAD", "BAD")))["runs"][0]["results"][0]
    assert "rank" not in result
    assert "fixes" not in result
    assert result["level"] == "note"


def test_sarif_tells_errors_and_what_did_not_run() -> None:
    report = Report(Document("x"), (), (), {ID: "no model"}, "s")
    out = json.loads(written("sarif", report, report, errors=(("b c.txt", "gone {0}"),)))
    invocation = out["runs"][0]["invocations"][0]
    assert invocation["executionSuccessful"] is False
    error, skipped = invocation["toolExecutionNotifications"]
    assert (error["level"], error["message"]["text"]) == ("error", "gone {{0}}")
    assert error["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "b%20c.txt"
    assert (skipped["level"], skipped["associatedRule"]["id"]) == ("note", ID)
    assert json.loads(written("sarif"))["runs"][0]["invocations"][0]["executionSuccessful"] is True


def test_an_absolute_name_is_a_file_uri_and_bytes_survive() -> None:
    out = json.loads(written("sarif", found("BAD", "BAD", name="/x/\udcff:.txt")))
    where = out["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert where == "file:///x/%FF%3A.txt"


def sarif_marks(report: Report) -> list[str]:
    results = json.loads(written("sarif", report))["runs"][0]["results"]
    return [r["partialFingerprints"]["mtcheckContext/v1"] for r in results]


def gitlab_marks(*reports: Report) -> list[str]:
    return [issue["fingerprint"] for issue in json.loads(written("gitlab", *reports))]


@pytest.mark.parametrize("marks", [sarif_marks, gitlab_marks])
@pytest.mark.parametrize(
    ("text", "same", "why"),
    [
        ("New first paragraph.\n\nOne BAD thing.", True, "the paragraph moved down"),
        ("One  BAD\tthing.", True, "only white space changed"),
        ("One BAD thing.\n\nNew last paragraph.", True, "text was added behind it"),
        ("One BAD day.", False, "another sentence is another finding"),
    ],
)
def test_fingerprints_hold_while_the_sentence_does(
    marks: Callable[[Report], list[str]], text: str, *, same: bool, why: str
) -> None:
    assert (marks(found("One BAD thing.", "BAD")) == marks(found(text, "BAD"))) is same, why


def test_fingerprints_tell_equals_apart() -> None:
    text = "One BAD thing.\n\nOne BAD thing."
    spans = [Span(m.start(), m.end()) for m in re.finditer("BAD", text)]
    twice = Report(Document(text), tuple(Finding(s, ID, "odd") for s in spans), (ID,), {}, "s")
    assert len(set(sarif_marks(twice))) == 2
    same, other = found("One BAD thing.", "BAD"), found("One BAD thing.", "BAD", name="b.txt")
    assert sarif_marks(same) == sarif_marks(other), "a file that moves keeps its findings"
    # Standard input may bear the name of a file that is scanned too.
    assert len(set(gitlab_marks(same, other, same, twice))) == 5


def test_gitlab_points_at_lines_and_tells_errors() -> None:
    issue, error = json.loads(written("gitlab", found(PLACED, "BAD"), errors=(("b.txt", "gone"),)))
    assert issue["location"] == {"path": "a.txt", "lines": {"begin": 4, "end": 4}}
    assert (error["severity"], error["description"], error["location"]["path"]) == ("major", "gone", "b.txt")


def test_rdjson_counts_bytes_and_suggests_in_the_same_range() -> None:
    out = json.loads(written("rdjson", found(PLACED, "BAD", suggestions=("good",)), errors=(("b", "gone"),)))
    finding, error = out["diagnostics"]
    where = finding["location"]["range"]
    line = PLACED.encode().splitlines()[where["start"]["line"] - 1]
    assert line[where["start"]["column"] - 1 : where["end"]["column"] - 1] == b"BAD"
    assert finding["suggestions"] == [{"range": where, "text": "good"}]
    assert error == {"message": "gone", "location": {"path": "b"}, "severity": "ERROR"}


def test_rdjson_span_over_lines_ends_in_the_last() -> None:
    report = found("\u00e9 BAD\n\u00e9\u00e9 x", "BAD\n\u00e9\u00e9")
    where = json.loads(written("rdjson", report))["diagnostics"][0]["location"]["range"]
    assert where == {"start": {"line": 1, "column": 4}, "end": {"line": 2, "column": 5}}


@pytest.mark.parametrize("form", ["sarif", "rdjson"])
@pytest.mark.parametrize(
    ("source", "runs", "suggestion", "kept", "why"),
    [
        ("<p>a&nbsp;b</p>", (Run(0, Span(3, 4), 1), Run(1, Span(4, 10), 1), Run(2, Span(10, 11), 1)), "ab", 0,
         "the match holds an entity that the prose does not"),
        ("<p>a b</p>", (Run(0, Span(3, 6), 3),), "a & b", 0, "an ampersand would have to be an entity"),
        ("<p>a b</p>", (Run(0, Span(3, 6), 3),), "ab", 1, "plain letters may be written over plain letters"),
    ],
)  # fmt: skip
def test_a_fix_never_tears_markup(
    form: str, source: str, runs: tuple[Run, ...], suggestion: str, kept: int, why: str
) -> None:
    text = "a\u00a0b" if len(runs) > 1 else "a b"
    doc = Document(text, "a.html", source=source, runs=runs)
    report = Report(doc, (Finding(Span(0, 3), ID, "odd", (suggestion,)),), (ID,), {}, "s")
    out = json.loads(written(form, report))
    result = out["runs"][0]["results"][0] if form == "sarif" else out["diagnostics"][0]
    held = result.get("fixes" if form == "sarif" else "suggestions", [])
    assert len(held) == kept, why


COMMAND = re.compile(r"::(?P<name>\w+) (?P<about>[^\n]*?)::(?P<message>[^\n]*)\n")


def commands(out: str) -> list[tuple[str, dict[str, str], str]]:
    """Read as the runner does: a command starts a line and ends with it."""
    read = []
    for line in out.splitlines(keepends=True):
        m = COMMAND.fullmatch(line)
        assert m is not None
        about = dict(part.split("=", 1) for part in m["about"].split(","))
        read.append((m["name"], {k: unquote(v, errors="strict") for k, v in about.items()}, m["message"]))
    return read


def test_github_points_in_code_points_and_nothing_escapes_a_command() -> None:
    name = "a:b,c%0A\n::error::x.txt"
    [first, second] = commands(
        written("github", found(PLACED, "BAD", name=name, message=HOSTILE), errors=((name, HOSTILE),))
    )
    wanted = {"file": name, "line": "4", "endLine": "4", "col": "5", "endColumn": "8"}
    assert first[:2] == ("warning", {**wanted, "title": f"mtcheck {ID}"})
    assert "100%25" in first[2]
    assert "%0D%0A::warning::" in first[2], "line breaks are escaped, so the rest is text"
    assert second[0] == "error"
    assert second[1]["file"] == name


def test_github_gives_no_columns_where_the_span_leaves_its_line() -> None:
    [(_, about, _)] = commands(written("github", found("a BAD\nBAD b", "BAD\nBAD")))
    assert {k: about[k] for k in about if k != "title"} == {"file": "a.txt", "line": "1", "endLine": "2"}


def test_junit_is_a_suite_a_file_and_counts_add_up() -> None:
    out = written(
        "junit",
        found("fine", name="clean.txt"),
        found(f"BAD {HOSTILE} WORSE", "BAD", "WORSE", name=NAME, message=HOSTILE, suggestions=("",)),
        errors=(("b.txt", "gone"),),
    )
    root = ET.fromstring(out.encode())
    assert [root.get(k) for k in ("tests", "failures", "errors")] == ["4", "2", "1"]
    for suite in root:
        assert suite.tag == "testsuite"
        cases = suite.findall("testcase")
        assert suite.get("tests") == str(len(cases))
        assert suite.get("failures") == str(len(suite.findall("testcase/failure")))
        assert suite.get("errors") == str(len(suite.findall("testcase/error")))
        assert len({c.get("name") for c in cases}) == len(cases)
    failure = root[1][0][0]
    assert "]]>{0}" in str(failure.get("message"))
    assert "text: BAD" in str(failure.text)
    assert "help: (nothing)" in str(failure.text)
    assert str(root[1].get("name")).endswith("\U0001f600<U+DCFF>.txt")
    assert root[2][0][0].get("message") == "gone"


def test_checkstyle_points_in_code_points() -> None:
    out = written("checkstyle", found(PLACED, "BAD", message=HOSTILE, score=0.9), errors=(("b.txt", "gone"),))
    root = ET.fromstring(out.encode())
    [finding], [error] = root
    assert root.tag == "checkstyle"
    about = {"line": "4", "column": "5", "severity": "warning", "source": f"mtcheck.{ID}"}
    assert {k: finding.get(k) for k in about} == about
    assert "<b>&]]>" in str(finding.get("message"))
    assert [error.get(k) for k in ("line", "severity", "message")] == ["0", "error", "gone"]


@pytest.mark.parametrize("form", ["checkstyle", "html", "junit"])
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_markup_says_utf8_and_is(form: str, encoding: str) -> None:
    out = written(form, found("é 東京 BAD", "BAD", message="é 東京"), encoding=encoding)
    assert out.isascii()
    assert "é 東京" in unescape(out)


@pytest.mark.parametrize("form", ["gitlab", "jsonl", "rdjson", "sarif"])
def test_json_is_json_in_any_encoding(form: str) -> None:
    out = written(form, found("BAD", "BAD", message="東京"), encoding="latin-1")
    assert "東京" in json.dumps(json.loads(out), ensure_ascii=False)


@pytest.mark.parametrize("form", sorted({*WRITERS} - {"html", "diff"}))
@settings(max_examples=25, deadline=None)
@given(text=st.text(min_size=1, max_size=40), cut=st.integers(0, 40), name=st.text(min_size=1, max_size=8))
def test_any_text_and_name_can_be_written_and_read(form: str, text: str, cut: int, name: str) -> None:
    span = Span(min(cut, len(text) - 1), len(text))
    finding = Finding(span, ID, text, (text,), {text: text})
    name = name.replace("\0", "0").replace("/", "-")
    out = written(form, Report(Document(text, name), (finding,), (ID,), {}, "s"), errors=((name, text),))
    if form in {"checkstyle", "junit"}:
        ET.fromstring(out.encode())
    elif form == "jsonl":
        assert len([json.loads(line) for line in out.splitlines()]) == 2
    elif form in {"json", *SCHEMAS}:
        jsonschema.validate(json.loads(out), SCHEMAS.get(form, True))
    else:
        assert len(out.splitlines()) >= 2
