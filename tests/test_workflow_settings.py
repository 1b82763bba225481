"""Configuration, comments in the file, --fail-on and mtcheck init."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from mtcheck.check import check
from mtcheck.cli.app import app
from mtcheck.detectors import DETECTORS
from mtcheck.findings import Profile
from mtcheck.readers import read_text
from mtcheck.workflow import suppression
from mtcheck.workflow.configuration import ConfigurationError, find, load
from mtcheck.workflow.patterns import matches

BAD = "The mayor said the the bridge was closed."
TODAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")


def put(name: str, content: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return path


def scan(*arguments: str) -> Any:
    result = CliRunner().invoke(app, ["scan", *arguments])
    assert "Traceback" not in result.output
    return result


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("skp = []", "no key “skp”; did you mean skip?"),
        ("[[paths]]\nmatch = 'a'\nmodel = 'x'", "paths 1: no key “model”"),
        ("[[paths]]\nskip = []", "paths 1: “match” is missing"),
        ("paths = 3", "[[paths]]"),
        ("paths = [3]", "paths 1: must be a table"),
        ("only = 'exonym'", "“only” must be a list of strings"),
        ("only = ['exonim']", "did you mean exonym"),
        ("[[paths]]\nmatch = 'a'\nskip = ['zzz']", "no detector “zzz”"),
        ("min_probability = 2", "number from 0 to 1"),
        ("min_probability = nan", "number from 0 to 1"),
        ("min_probability = true", "number from 0 to 1"),
        ("profile = 'strict'", "“profile” must be ci, default, thorough"),
        ("[[paths]]\nmatch = 'a'\nprofile = 3", "“profile” must be a string"),
        ("fail_on = ['entity:high']", "“high” is not a probability"),
        ("model = 3", "“model” must be a string"),
        ("baseline = 'no.json'", "no such baseline"),
        ("= 3", "not TOML"),
        ("only = " + "[" * 100_000, "not TOML"),
    ],
)
def test_hostile_configuration_is_one_line_that_names_the_file(content: str, reason: str) -> None:
    put("mtcheck.toml", content)
    put("a.txt", BAD)
    result = scan("a.txt")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert reason in result.stderr
    assert ".toml" in result.stderr or "no.json" in result.stderr
    assert scan("a.txt", "--no-config", "--model", "none").exit_code == 1


def test_nearest_file_upward_counts_and_another_tools_pyproject_does_not() -> None:
    put("mtcheck.toml", "")
    put("in/pyproject.toml", "[tool.ruff]\n")
    put("in/in/pyproject.toml", "[tool.mtcheck]\nskip = ['exonym']\n")
    here = Path.cwd()
    assert find(here / "in") == here / "mtcheck.toml"
    assert find(here / "in" / "in") == here / "in" / "in" / "pyproject.toml"
    assert load(here / "in" / "in" / "pyproject.toml").skip == ("exonym",)


def test_model_folder_and_baseline_are_relative_to_the_file() -> None:
    file = put("in/mtcheck.toml", "model = 'small'\nbaseline = 'known.json'\n").absolute()
    assert load(file).model == "small", "no such folder, so it may be a name"
    (file.parent / "small").mkdir()
    assert load(file).model == str(file.parent / "small")
    assert load(file).baseline == file.parent / "known.json"


def test_tool_that_is_no_table_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="must be a table"):
        find(put("pyproject.toml", "tool = 3").absolute().parent)


def test_command_line_beats_file_and_section_beats_both_defaults() -> None:
    put(
        "mtcheck.toml",
        "model = 'none'\nskip = ['repeated-word']\nexclude = ['drafts']\n"
        "[[paths]]\nmatch = 'sport/**'\nonly = ['stray-punctuation']\n",
    )
    for name in ("a.txt", "drafts/b.txt", "sport/c.txt"):
        put(name, f"{BAD} He left. . She stayed.")
    found = scan(".").stdout
    assert "repeated-word" not in found
    assert "drafts" not in found
    assert "sport/c.txt:1" in found
    assert "repeated-word" in scan("a.txt", "--only", "repeated-word").stdout, "asked for, so not skipped"
    put("b.txt", BAD)
    assert scan("b.txt").exit_code == 0
    assert "repeated-word" in scan("b.txt", "--skip", "exonym").stdout
    assert "repeated-word" in scan("sport", "--only", "repeated-word", "--skip", "exonym").stdout


@pytest.mark.parametrize(
    ("pattern", "path", "wanted"),
    [
        ("*.md", "a/b.md", True),
        ("/*.md", "a/b.md", False),
        ("a/**/c.md", "a/c.md", True),
        ("a/**", "a/b/c.md", True),
        ("a", "ab/c.md", False),
        ("[x].md", "[x].md", True),
        ("**", "a/b", True),
    ],
)
def test_patterns(pattern: str, path: str, wanted: bool) -> None:  # noqa: FBT001
    assert matches(pattern, path) is wanted


def allowed(name: str, text: str) -> tuple[list[int], list[str], list[str]]:
    """Lines of the findings left, notes, errors."""
    doc = suppression.without_comments(read_text(text, name, Path(name).suffix))
    wanted = [d for d in DETECTORS if d.id == "repeated-word"]
    said = suppression.read(doc, [d.id for d in DETECTORS], TODAY)
    report, notes = said.applied(check(doc, detectors=wanted))
    lines = [doc.line_col(doc.to_source(f.span).start)[0] for f in report.findings]
    return lines, [n for _, n in notes], [e for _, e in said.errors]


IGNORE = "<!-- mtcheck-ignore: repeated-word -- quoted -->"


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        ("a.md", f"{BAD} {IGNORE}\n\n{BAD}\n", [3]),
        ("a.md", f"{IGNORE}\n\n{BAD}\n\n{BAD}\n", [5]),
        ("a.md", f"{IGNORE}\nA day\nlater. {BAD}\n\n{BAD}\n", [5]),
        ("a.html", f"<p>{BAD}</p>\n{IGNORE}\n<p>{BAD}</p>\n<p>{BAD}</p>\n", [1, 4]),
        ("a.md", f"{BAD}\n\n<!-- mtcheck-off -->\n{BAD}\n\n<!-- mtcheck-on -->\n\n{BAD}\n", [1, 8]),
        ("a.md", f"{BAD}\n\n<!-- mtcheck-ignore-file: exonym,repeated-word -->\n", []),
        ("a.md", f"---\ntitle: A day\nmtcheck: {{ignore: [repeated-word]}}\n---\n{BAD}\n", []),
        ("a.txt", f"# mtcheck-ignore: repeated-word -- the the\n{BAD}\n{BAD}\n", [3]),
        ("a.mdx", f"{{/* mtcheck-ignore: repeated-word */}}\n\n{BAD}\n", []),
        ("a.rst", f".. mtcheck-ignore: repeated-word\n\n{BAD}\n\n{BAD}\n", [5]),
        ("a.adoc", f"// mtcheck-ignore: repeated-word\n{BAD}\n\n{BAD}\n", [4]),
        ("a.adoc", f"//// mtcheck-ignore: repeated-word\n////\n{BAD}\n", [3]),
    ],
)
def test_comment_allows_its_place_only(name: str, text: str, lines: list[int]) -> None:
    found, notes, errors = allowed(name, text)
    assert found == lines
    assert not errors
    assert not notes


@pytest.mark.parametrize(
    ("comment", "note", "error"),
    [
        ("<!-- mtcheck-ignore: repeated-word until 2026-05-31 -->", "ended on 2026-05-31", ""),
        ("<!-- mtcheck-ignore: repeated-word until tomorrow -->", "", "is not a date"),
        ("<!-- mtcheck-ignore: no-such -->", "", "no detector “no-such”"),
        ("<!-- mtcheck-ignore repeated-word -->", "", "after a colon"),
        ("<!-- mtcheck-on -->", "without an mtcheck-off", ""),
        ("`<!-- mtcheck-off -->`", "", ""),
        ("```html\n<!-- mtcheck-off -->\n```", "", ""),
    ],
)
def test_comment_that_does_not_hold_allows_nothing(comment: str, note: str, error: str) -> None:
    found, notes, errors = allowed("a.md", f"{comment}\n\n{BAD}\n")
    assert found == [comment.count("\n") + 3]
    assert [note in n for n in notes] == ([True] if note else [])
    assert [error in e for e in errors] == ([True] if error else [])


def test_comment_on_its_last_day_holds_and_an_idle_one_is_noted() -> None:
    last = "<!-- mtcheck-ignore: repeated-word until 2026-06-01 -->"
    assert allowed("a.md", f"{last}\n\n{BAD}\n")[0] == []
    assert allowed("a.md", f"{IGNORE}\n\nAll is well.\n")[1] == [
        "this mtcheck comment allows nothing; take it out"
    ]
    for_another = IGNORE.replace("repeated-word", "exonym")
    assert allowed("a.md", f"{for_another}\n\nAll is well.\n")[1] == [], "that detector did not run"


@pytest.mark.parametrize("said", ["[zzz]", "zzz", "[zzz, repeated-word]"])
def test_front_matter_that_names_no_detector_is_an_error(said: str) -> None:
    found, _, errors = allowed("a.md", f"---\nmtcheck:\n  ignore: {said}\n---\n{BAD}\n")
    assert found == [5]
    assert errors == ["no detector “zzz”"]


def test_wrong_comment_is_an_error_and_findings_are_still_shown() -> None:
    put("a.md", f"<!-- mtcheck-ignore: no-such -->\n\n{BAD}\n")
    result = scan("a.md", "--model", "none")
    assert result.exit_code == 2
    assert "a.md:1: no detector “no-such”" in result.stderr
    assert "repeated-word" in result.stdout


@pytest.mark.parametrize(
    ("fail_on", "status"),
    [
        ("repeated-word", 1),
        ("duplication", 1),
        ("exonym", 0),
        ("exonym,duplication", 1),
        ("repeated-word:0", 1),
        ("repeated-wrod", 2),
        ("repeated-word:2", 2),
        ("repeated-word:", 2),
    ],
)
def test_fail_on(fail_on: str, status: int) -> None:
    put("a.txt", BAD)
    result = scan("a.txt", "--model", "none", "--fail-on", fail_on)
    assert result.exit_code == status
    assert ("repeated-word" in result.stdout) == (status != 2)


def test_statistics_in_text_only() -> None:
    put("a.txt", BAD)
    assert scan("a.txt", "--model", "none", "--statistics").stdout.endswith("\n1  repeated-word\n")
    assert scan("a.txt", "--model", "none", "--statistics", "-f", "json").stdout.endswith("}\n")


def test_init_writes_a_file_that_loads_once() -> None:
    assert CliRunner().invoke(app, ["init"]).exit_code == 0
    written = Path("mtcheck.toml").read_text("utf-8")
    examples = "\n".join(
        line[2:] for line in written.splitlines() if line.startswith("# ") and ("=" in line or "[[" in line)
    )
    put("examples/mtcheck.toml", examples)
    assert load(Path("mtcheck.toml")).only == ()
    assert load(Path("examples/mtcheck.toml")).paths[0].skip == ("exonym",)
    assert CliRunner().invoke(app, ["init"]).exit_code == 2


# 13.5 bits: too few for the default profile without a model, enough for a reader of every line.
DOUBTFUL = "The film festival lacked of daring this year, and nobody in the town was surprised by it."


@pytest.mark.parametrize(
    ("text", "found_by"), [(DOUBTFUL, {"thorough"}), (BAD, {"ci", "default", "thorough"})]
)
def test_a_profile_bears_as_much_noise_as_its_name_says(text: str, found_by: set[str]) -> None:
    put("a.txt", text)
    for profile in ("ci", "default", "thorough"):
        result = scan("a.txt", "--model", "none", "--profile", profile)
        assert result.exit_code == (1 if profile in found_by else 0), profile
    assert scan("a.txt", "--model", "none").exit_code == (1 if "default" in found_by else 0)


def test_the_file_names_a_profile_its_sections_another_and_the_command_line_beats_both() -> None:
    put("mtcheck.toml", "profile = 'thorough'\nmodel = 'none'\n[[paths]]\nmatch = 'wire/**'\nprofile = 'ci'")
    put("a.txt", DOUBTFUL)
    put("wire/a.txt", DOUBTFUL)
    assert scan("a.txt").exit_code == 1
    assert scan("wire/a.txt").exit_code == 0
    assert scan("a.txt", "--profile", "default").exit_code == 0
    assert scan("wire/a.txt", "--profile", "thorough").exit_code == 1


def test_findings_of_another_profile_have_another_signature() -> None:
    doc = read_text(DOUBTFUL, "a.txt", ".txt")
    reports = {p: check(doc, profile=p) for p in Profile}
    assert len({r.signature for r in reports.values()}) == len(Profile)
    assert [len(reports[p].findings) for p in Profile] == [0, 0, 1]
