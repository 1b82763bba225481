"""mtcheck compare: formats, order, exit status."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from report_schemas import SCHEMAS
from typer.testing import CliRunner

from mtcheck.cli.app import app
from mtcheck.reports import WRITERS

ORIGINAL = "The tall mayor left Brno at noon. She took 40 goats along. Nobody asked about the reason.\n"
SUSPECT = "The tall mayor quit Brno at noon. She took 14 goats along.\n"


@pytest.fixture(autouse=True)
def _files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.txt").write_text(ORIGINAL)
    Path("out.md").write_text(SUSPECT)


def run(*arguments: str) -> Any:
    result = CliRunner().invoke(app, ["compare", *arguments])
    assert "Traceback" not in result.output
    return result


def test_exit_status_is_that_of_scan() -> None:
    assert run("in.txt", "out.md").exit_code == 1
    assert run("in.txt", "out.md", "--exit-zero").exit_code == 0
    assert run("in.txt", "in.txt").exit_code == 0
    assert run("in.txt", "missing.txt").exit_code == 2
    assert run("in.txt", "out.md", "--format", "jsn").exit_code == 2


def test_people_see_the_gravest_first_and_programs_the_order_of_the_text() -> None:
    lines = run("in.txt", "out.md", "-f", "concise").stdout.splitlines()
    assert [line.split()[1] for line in lines] == ["changed-number", "lost-sentence", "drifted-word"]
    [file] = json.loads(run("in.txt", "out.md", "-f", "json").stdout)["files"]
    assert [f["detector"] for f in file["findings"]] == ["drifted-word", "changed-number", "lost-sentence"]
    assert [f["because"]["priority"] for f in file["findings"]] == [8, 2, 5]
    for f in file["findings"]:
        assert SUSPECT[f["start"] : f["end"]] == f["match"]


@pytest.mark.parametrize("form", sorted({*WRITERS} - {"diff"}))
def test_every_format_holds_every_finding(form: str) -> None:
    out = run("in.txt", "out.md", "-f", form).stdout
    assert all(kind in out for kind in ("drifted-word", "changed-number", "lost-sentence"))
    if form in SCHEMAS:
        jsonschema.validate(json.loads(out), SCHEMAS[form])


def test_what_an_original_says_is_no_safe_fix() -> None:
    assert run("in.txt", "out.md", "-f", "diff").stdout == ""


def test_the_whole_is_told_with_its_signature() -> None:
    result = run("in.txt", "out.md")
    assert "2 pairs of sentences (0 moved), 1 lost, 0 added; chrF " in result.stderr
    assert "|v:2." in result.stderr
    assert run("missing.txt", "gone.txt").stderr.count("no such file") == 2
