"""A desk's own names: the table, the command, and what a scan makes of it."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from mtcheck.check import check
from mtcheck.cli.app import app
from mtcheck.lexicon.names import load_names
from mtcheck.lexicon.own_names import add_own_name, read_all, read_own_names, style_file, styles
from mtcheck.text import Document


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


def table(folder: Path, *rows: str) -> Path:
    file = folder / "names.tsv"
    file.write_text("".join(f"{r}\n" for r in rows), "utf-8")
    return file


def test_a_desk_chooses_its_own_form_and_allows_another(tmp_path: Path) -> None:
    rows = read_own_names(
        table(tmp_path, "# ours", "variant\tpreferred", "Zelensky\tZelenskyy", "Moscou\tMoscou")
    )
    text = "Mr Zelensky's plane left Moscou for London."
    plain = check(Document(text))
    own = check(Document(text), names=load_names().with_rows(rows))
    assert [plain.doc[f.span] for f in plain.findings] == ["Moscou"]
    assert [(own.doc[f.span], f.suggestions) for f in own.findings] == [("Zelensky", ("Zelenskyy",))]
    assert plain.signature != own.signature
    assert load_names().with_rows(()).own_signature == ""


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (["Lvov"], ":1: not two columns"),
        (["Lvov\t"], ":1: not two columns"),
        (["Lvov\tLviv\tplace"], ":1: not two columns"),
        (["Lvov\tLviv", "Lvov\tLemberg"], ":2: “Lvov” stands in line 1"),
        (["Lemberg\tLvov", "Lvov\tLviv"], ":1: “Lvov” is itself replaced"),
        (["lvov\tLviv"], ":1: “lvov” begins with no capital"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, rows: list[str], reason: str) -> None:
    file = table(tmp_path, *rows)
    with pytest.raises(ValueError, match=r"names\.tsv") as error:
        read_own_names(file)
    assert reason in str(error.value)
    checked = run("names", "check", str(file))
    assert checked.exit_code == 2
    assert reason in checked.stderr
    scanned = run("scan", str(file), "--names", str(file), "--model", "none")
    assert scanned.exit_code == 2
    assert reason in scanned.stderr


def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "latin.tsv").write_bytes(b"K\xf6ln\tCologne\n")
    for name in ("absent.tsv", "latin.tsv"):
        result = run("names", "check", str(tmp_path / name))
        assert result.exit_code == 2
        assert name in result.stderr
        assert result.stderr.count("\n") == 1


def test_rows_are_added_and_a_wrong_one_leaves_the_file(tmp_path: Path) -> None:
    file = tmp_path / "new.tsv"
    assert run("names", "add", str(file), "Lvov", "Lviv").exit_code == 0
    assert run("names", "add", str(file), "Kharkov", "Kharkiv").exit_code == 0
    before = file.read_bytes()
    refused = run("names", "add", str(file), "Lvov", "Lemberg")
    assert refused.exit_code == 2
    assert str(file) in refused.stderr
    assert file.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["new.tsv"]
    assert [(e.variant, e.preferred) for e in read_own_names(file)] == [
        ("Lvov", "Lviv"),
        ("Kharkov", "Kharkiv"),
    ]
    with pytest.raises(ValueError, match="no tab"):
        add_own_name(file, "a\tb", "c")


def test_lookup_says_where_it_knows_a_name_from(tmp_path: Path) -> None:
    file = table(tmp_path, "Zelensky\tZelenskyy")
    result = run("names", "lookup", "Moscou", "Zelensky", "Zavgorodnitchenko", "--names", str(file))
    assert result.exit_code == 0
    moscow, ours, ruled = result.stdout.splitlines()
    assert moscow.startswith("Moscou: Moscow (place exonym fr")
    assert "Zelenskyy" in ours
    assert str(file) in ours
    assert "by rule" in ruled
    nobody = run("names", "lookup", "Qwxz")
    assert nobody.exit_code == 1
    assert nobody.stdout == "Qwxz: unknown\n"


def test_the_configuration_names_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    table(tmp_path, "Zelensky\tZelenskyy")
    Path("mtcheck.toml").write_text('names = ["names.tsv"]\nmodel = "none"\n', "utf-8")
    Path("a.txt").write_text("Mr Zelensky left.", "utf-8")
    found = json.loads(run("scan", "a.txt", "--format", "json").stdout)["files"][0]["findings"]
    assert [(f["match"], f["suggestions"]) for f in found] == [("Zelensky", ["Zelenskyy"])]


@pytest.mark.parametrize(("style", "wanted"), [("ap", "Zelenskyy"), ("bbc", None), ("reuters", "Zelenskiy")])
def test_a_house_prints_its_own_form(tmp_path: Path, style: str, wanted: str | None) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Mr Zelensky left.", "utf-8")
    result = run("scan", str(file), "--style", style, "--format", "json", "--model", "none")
    found = [f["suggestions"] for f in json.loads(result.stdout)["files"][0]["findings"]]
    assert found == ([[wanted]] if wanted else [])


def test_every_style_is_a_sound_table_and_another_is_refused() -> None:
    assert styles() == ["ap", "bbc", "guardian", "reuters"]
    for style in styles():
        assert len(read_own_names(style_file(style))) >= 15
    refused = run("scan", "-", "--style", "times")
    assert refused.exit_code == 2
    assert "ap, bbc, guardian, reuters" in refused.stderr


def test_the_desk_beats_the_house(tmp_path: Path) -> None:
    own = read_all([style_file("ap"), table(tmp_path, "Zelensky\tZelensky")])
    report = check(Document("Mr Zelensky left, Mr Qaddafi stayed."), names=load_names().with_rows(own))
    assert [report.doc[f.span] for f in report.findings] == ["Qaddafi"]
