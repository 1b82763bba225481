"""One spelling of a name over all files of a run: `scan --across`."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from mtcheck.cli.app import app
from mtcheck.lexicon import name_forms
from mtcheck.lexicon.name_forms import FormCounts
from mtcheck.lexicon.names import load_names
from mtcheck.text import Document


def _scan(folder: Path, files: dict[str, str], *options: str) -> str:
    for name, text in files.items():
        (folder / name).write_text(text + "\n", "utf-8")
    arguments = ["scan", "--model", "none", "--no-config", "-f", "concise", *options, str(folder)]
    return CliRunner().invoke(app, arguments).output


# Given name shared, names known to the dictionary, and the two that English had until lately.
SAME = [
    ("Volodymyr Zelensky spoke.", "Volodymyr Zelenskiy spoke."),
    ("The trams of Kraków ran.", "The trams of Krakow ran."),
    ("The mayor of Kyiv spoke.", "The mayor of Kiev spoke."),
    ("Pyotr Verkhovensky won.", "Pyotr Verhovensky won."),
]
# Two people, or one spelling that may well be right in its own file.
DIFFERENT = [
    ("José García won.", "Jose Garcia lost."),
    ("María Ramos sang.", "Maria Ramos danced."),
    ("Mr Anderson spoke.", "Mr Andersen spoke."),
    ("John Philips sang.", "Steven Phillips sang."),
    ("The polish was new.", "The Polish were new."),
]


@pytest.mark.parametrize(("common", "rare"), SAME)
def test_the_rarer_spelling_is_reported_where_it_stands(tmp_path: Path, common: str, rare: str) -> None:
    files = {"a.txt": common, "b.txt": common, "c.txt": rare}
    said = _scan(tmp_path, files, "--across")
    assert "c.txt" in said
    assert "name-consistency" in said
    assert "a.txt" not in said
    assert "name-consistency" not in _scan(tmp_path, files), "off by default"


@pytest.mark.parametrize(("common", "rare"), DIFFERENT)
def test_different_people_are_left_alone(tmp_path: Path, common: str, rare: str) -> None:
    files = {"a.txt": common, "b.txt": common, "c.txt": rare}
    assert "name-consistency" not in _scan(tmp_path, files, "--across")


def test_an_article_is_held_to_the_spelling_of_the_run(tmp_path: Path) -> None:
    files = {
        "a.txt": "In Kyiv.",
        "b.txt": "In Kyiv.",
        "c.txt": "In Kyiv.",
        "d.txt": "Kiev is Kiev. Kyiv is not.",
    }
    lines = [line for line in _scan(tmp_path, files, "--across").splitlines() if "name-consistency" in line]
    assert len(lines) == 2
    assert all("“Kyiv”" in line for line in lines)


def test_a_tie_says_nothing() -> None:
    forms = FormCounts()
    for text in ("Volodymyr Zelensky spoke.", "Volodymyr Zelenskiy spoke."):
        forms.add(Document(text), load_names())
    assert forms.commoner(load_names()) == {}


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name_forms, "MOST_FORMS", 10)
    forms = FormCounts()
    letters = "abcdefghijklmnopqrstuvwxyz"
    for first in letters:
        forms.add(Document(f"Zorban spoke to Qvorx{first}lumbo."), load_names())
    assert len(forms.mentions) <= 11
    assert forms.mentions["Zorban"] == len(letters)
    assert forms.mentions.keys() == forms.files.keys() == forms.given.keys()


def test_an_unreadable_file_does_not_stop_the_count(tmp_path: Path) -> None:
    (tmp_path / "z.json").write_text("{", "utf-8")
    said = _scan(tmp_path, {"a.txt": "In Kyiv.", "b.txt": "In Kyiv.", "c.txt": "In Kiev."}, "--across")
    assert "“Kyiv”" in said
