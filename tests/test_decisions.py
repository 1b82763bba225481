"""A desk's own precision: from what editors decided to the probability of a finding."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from mtcheck.check import measured_precision
from mtcheck.cli.app import app
from mtcheck.workflow.decisions import PRIOR, count, estimates, load_precision


def run(*arguments: str | Path) -> Any:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    assert "Traceback" not in result.output
    return result


def decided(tmp_path: Path, *rows: tuple[str, bool]) -> Path:
    file = tmp_path / "decisions.jsonl"
    file.write_text("".join(json.dumps({"detector": d, "accepted": a}) + "\n" for d, a in rows), "utf-8")
    return file


@pytest.mark.parametrize(
    ("right", "wrong", "before", "after", "why"),
    [
        (0, 3, 0.9, (18 + 0) / 23, "three false alarms lower a good detector a little"),
        (0, 180, 0.9, 18 / 200, "two hundred silence it"),
        (30, 0, 0.5, 40 / 50, "praise raises it"),
        (20, 20, None, 30 / 60, "one that nobody measured starts in the middle"),
    ],
)
def test_decisions_move_the_shipped_figure_by_their_number(
    right: int, wrong: int, before: float | None, after: float, why: str
) -> None:
    shipped = {} if before is None else {"exonym": before}
    (found,) = estimates({("exonym", True): right, ("exonym", False): wrong}, shipped)
    assert found.after == pytest.approx(after, abs=0.001), why
    assert PRIOR == 20


def test_a_desk_that_rejects_a_detector_no_longer_sees_it_among_the_sure_ones(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("The mayor said the the bridge was closed.", "utf-8")
    file = decided(tmp_path, *[("repeated-word", False)] * 60, ("unknown-detector", True))
    out = tmp_path / "precision.json"
    told = run("decisions", file, "--out", out)
    assert told.exit_code == 0
    assert "repeated-word: 0 of 60 right" in told.output
    assert "unknown-detector" not in told.output
    assert load_precision(out)["repeated-word"] < 0.3 < measured_precision()["repeated-word"]
    plain: list[str | Path] = ["scan", article, "--model", "none", "--no-config", "--min-probability", "0.5"]
    assert run(*plain).exit_code == 1
    assert run(*plain, "--precision", out).exit_code == 0
    (tmp_path / "mtcheck.toml").write_text('precision = "precision.json"\nmodel = "none"\n', "utf-8")
    quiet = run("scan", article, "--config", tmp_path / "mtcheck.toml", "--format", "json")
    (finding,) = json.loads(quiet.stdout)["files"][0]["findings"]
    assert finding["score"] == load_precision(out)["repeated-word"]
    assert "+precision:" in json.loads(quiet.stdout)["signature"]


@pytest.mark.parametrize(
    "line", ["{", "[]", "3", '{"detector": "exonym"}', '{"detector": 1, "accepted": true}', "[" * 99_999]
)
def test_a_line_that_is_no_decision_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "d.jsonl"
    file.write_text('{"detector": "exonym", "accepted": true}\n\n' + line + "\n", "utf-8")
    result = run("decisions", file)
    assert result.exit_code == 2
    assert f"{file}:3: no decision" in result.output.replace("\n", "")
    assert count([decided(tmp_path, ("exonym", True))], ["exonym"]) == {("exonym", True): 1}


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"precision": 3}', '{"precision": {"exonym": 2}}', None]
)
def test_a_file_that_is_no_table_of_precision_is_one_line(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "p.json"
    if content is not None:
        file.write_text(content, "utf-8")
    result = run("scan", "-", "--model", "none", "--no-config", "--precision", file)
    assert result.exit_code == 2
    assert "p.json" in result.output.replace("\n", "")


def test_what_can_t_be_written_is_one_line(tmp_path: Path) -> None:
    result = run("decisions", decided(tmp_path, ("exonym", True)), "--out", tmp_path)
    assert result.exit_code == 2
    assert "error" in result.output
