"""`scan --jobs`: several processes, one output."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from mtcheck.cli.app import app

BAD = "Mr Poutine said the the bridge in Moscou was closed. ."
SOUND = "The mayor opened the bridge in the morning, and everybody went home."


def scan(*arguments: str | Path) -> Any:
    result = CliRunner().invoke(app, ["scan", *map(str, arguments)])
    assert "Traceback" not in result.output
    return result


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for i in range(9):
        Path(f"{i}.md").write_text(f"# Report {i}\n\n{BAD if i % 2 else SOUND}\n", "utf-8")
    Path("allowed.md").write_text(f"<!-- mtcheck-ignore: repeated-word, exonym -->\n\n{BAD}\n", "utf-8")
    Path("wrong.md").write_text(f"<!-- mtcheck-ignore: no-such-detector -->\n\n{SOUND}\n", "utf-8")
    Path("broken.docx").write_bytes(b"PK no")
    return tmp_path


@pytest.mark.parametrize("form", ["text", "json", "sarif", "jsonl"])
@pytest.mark.parametrize("jobs", ["2", "5"])
def test_the_output_is_that_of_one_process(articles: Path, form: str, jobs: str) -> None:
    options = [".", "--model", "none", "--no-config", "--format", form]
    one, many = scan(*options), scan(*options, "--jobs", jobs)
    assert many.stdout == one.stdout
    assert many.stderr == one.stderr
    assert many.exit_code == one.exit_code == 2
    assert "broken.docx" in one.stderr
    assert "no-such-detector" in one.stderr


def test_a_baseline_is_kept_and_used_by_many_as_by_one(articles: Path) -> None:
    Path("broken.docx").unlink()
    Path("wrong.md").unlink()
    options = [".", "--model", "none", "--no-config", "--baseline", "known.json", "--jobs", "3"]
    assert scan(*options, "--update-baseline").exit_code == 0
    assert scan(*options).exit_code == 0
    Path("1.md").write_text("Nothing is left of it.\n", "utf-8")
    gone = scan(*options)
    assert gone.exit_code == 0
    assert "are gone" in gone.stderr


def test_names_are_counted_over_all_files_first(articles: Path) -> None:
    for i in range(6):
        name = "Pyotr Verkhovensky" if i else "Pyotr Verhovensky"
        Path(f"{i}.md").write_text(f"The town elected {name}. He thanked the voters.\n", "utf-8")
    options = [".", "--model", "none", "--no-config", "--across"]
    one, many = scan(*options), scan(*options, "--jobs", "2")
    assert many.stdout == one.stdout
    assert "Verhovensky" in many.stdout


def test_a_model_that_can_t_be_read_is_one_error(articles: Path) -> None:
    (articles / "model").mkdir()
    for name in ("config.json", "tokenizer.json"):
        (articles / "model" / name).write_text("{", "utf-8")
    result = scan("1.md", "2.md", "--no-config", "--model", articles / "model", "--jobs", "2")
    assert result.exit_code == 2
    assert "model" in result.stderr
    assert result.stderr.count("error:") == 1


def test_standard_input_is_read_by_the_one_process_that_has_it(articles: Path) -> None:
    arguments = ["scan", "-", "1.md", "--model", "none", "--no-config", "--jobs", "2"]
    result = CliRunner().invoke(app, arguments, input=BAD)
    assert result.exit_code == 1
    assert result.stdout.count("Poutine") >= 2
