"""Known findings: what an entry survives and what it does not."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from mtcheck.cli.app import app
from mtcheck.workflow.baseline import BaselineError, load

BAD = "The mayor said the the bridge was closed."
OTHER = "A long day of talks ended in the town hall without an agreement, and the two sides will meet again."
KNOWN = Path("known.json")


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def scan(*arguments: str) -> Any:
    options = ["--model", "none", "--only", "repeated-word", "--no-config", "--baseline", str(KNOWN)]
    return CliRunner().invoke(app, ["scan", *arguments, *options])


def remember(text: str, name: str = "a.txt") -> None:
    Path(name).write_text(text, "utf-8")
    assert scan(".", "--update-baseline").exit_code == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{BAD}\n\n{OTHER}\n", f"{BAD}\n\n{OTHER.replace(', ', ',' + chr(10))}\n"),
        (f"{BAD}\n\n{OTHER}\n", f"{OTHER}\n\n{BAD}\n"),
        (f"{BAD}\n", f"{BAD} {OTHER}\n"),
        (f"{BAD}\n", f"\r\n\r\n{BAD}\r\n"),
    ],
    ids=["others reflowed", "moved", "a sentence after it", "line endings"],
)
def test_entry_survives(before: str, after: str) -> None:
    remember(before)
    Path("a.txt").write_text(after, "utf-8", newline="")
    result = scan(".")
    assert result.exit_code == 0, result.stdout
    assert not result.stderr


def test_second_copy_of_a_known_sentence_is_new() -> None:
    remember(f"{BAD}\n")
    Path("a.txt").write_text(f"{BAD}\n\n{OTHER}\n\n{BAD}\n")
    result = scan(".")
    assert result.exit_code == 1
    assert "1 finding in" in result.stdout


def test_changed_sentence_is_new_and_the_old_entry_stale() -> None:
    remember(f"{BAD}\n")
    Path("a.txt").write_text("He said the the bridge was open.\n")
    result = scan(".")
    assert result.exit_code == 1
    assert "1 findings of the baseline are gone" in result.stderr


def test_renamed_file_keeps_its_entries_but_a_copy_has_none() -> None:
    remember(f"{BAD}\n")
    Path("a.txt").rename("b.txt")
    result = scan(".")
    assert result.exit_code == 0
    assert not result.stderr
    Path("a.txt").write_text(f"{BAD}\n")
    assert scan(".").exit_code == 1


def test_files_that_were_not_scanned_keep_their_entries() -> None:
    remember(f"{BAD}\n")
    remember(f"{BAD}\n", "b.txt")
    assert not scan("a.txt").stderr
    Path("b.txt").write_text(OTHER)
    scan("b.txt", "--update-baseline")
    assert [e["file"] for e in json.loads(KNOWN.read_text("utf-8"))["findings"]] == ["a.txt"]


def test_writing_twice_changes_nothing() -> None:
    remember(f"{BAD}\n\n{BAD}\n")
    first = KNOWN.read_bytes()
    remember(f"{BAD}\n\n{BAD}\n")
    assert KNOWN.read_bytes() == first
    assert json.loads(first)["version"] == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b'{"version": 2}',
        b'{"version": 1, "findings": 3}',
        b'{"version": 1, "findings": [{}]}',
        b"[" * 100_000,
    ],
)
def test_broken_baseline_is_one_line(content: bytes) -> None:
    KNOWN.write_bytes(content)
    with pytest.raises(BaselineError, match=r"known\.json"):
        load(KNOWN)
    Path("a.txt").write_text(BAD)
    result = scan(".")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1


def test_missing_baseline_says_how_to_write_it() -> None:
    Path("a.txt").write_text(BAD)
    result = scan(".")
    assert result.exit_code == 2
    assert "--update-baseline writes it" in result.stderr
