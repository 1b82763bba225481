"""The command line: whole runs with a fake detector, and every kind of bad input."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from mtcheck.cli import choices
from mtcheck.cli import scan as scanning
from mtcheck.cli.app import app, main
from mtcheck.detectors import DETECTORS
from mtcheck.findings import Category, Detector, Finding, Report
from mtcheck.models import ModelError
from mtcheck.text import Document, Span

ID = DETECTORS[0].id
SCORED = Detector("scored", Category.IDIOM, lambda _: iter(()), needs_scores=True)
RULE = Detector("rule", Category.IDIOM, lambda _: iter(()))


def fake_check(doc: Document, **options: Any) -> Report:
    """Report every BAD; break on BREAK."""
    if "BREAK" in doc.text:
        raise RuntimeError("two\nlines")
    spans = [Span(*m.span()) for m in re.finditer("BAD", doc.text)]
    return Report(doc, tuple(Finding(s, ID, "odd") for s in spans), (ID,), {}, "s")


@pytest.fixture(autouse=True)
def _fakes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(scanning, "check", fake_check)
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "MTCHECK_TRACEBACK"):
        monkeypatch.delenv(name, raising=False)


def run(*arguments: str, stdin: str | bytes | None = None, model: str = "none") -> Any:
    extra = ["--model", model] if arguments[0] == "scan" else []
    result = CliRunner().invoke(app, [*arguments, *extra], input=stdin)
    assert "Traceback" not in result.output
    return result


def put(name: str, content: str | bytes) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_exit_status_is_0_for_none_1_for_findings_2_for_errors() -> None:
    put("good.txt", "All is well.")
    put("bad.txt", "All is BAD.")
    assert run("scan", "good.txt").exit_code == 0
    assert run("scan", "good.txt", "bad.txt").exit_code == 1
    assert run("scan", "bad.txt", "--exit-zero").exit_code == 0
    assert run("scan", "bad.txt", "missing.txt").exit_code == 2
    assert run("scan", "missing.txt", "--exit-zero").exit_code == 2


def test_files_come_in_the_order_given_and_summary_last() -> None:
    put("b.txt", "BAD")
    put("a.txt", "BAD BAD")
    lines = run("scan", "b.txt", "a.txt").stdout.splitlines()
    assert [line.split(":")[0] for line in lines if ID in line] == ["b.txt", "a.txt", "a.txt"]
    assert lines[-1] == "3 findings in 2 of 2 files."


def _bad_inputs() -> dict[str, tuple[bytes, str]]:
    return {
        "binary.txt": (bytes(range(256)) * 8, "not text"),
        "image.txt": (b"\x89PNG\r\n\x1a\n" + bytes(64), "an image"),
        "report.docx": (b"PK\x03\x04" + bytes(64), "broken one"),
        "data.json": (b"{}", "not read"),
        "feed.xml": (b"<rss>", "not XML at line 1"),
        "old.yaml": (b"a: b", "are not read"),
    }


@pytest.mark.parametrize("name", _bad_inputs())
def test_bad_file_is_one_line_and_the_others_are_scanned(name: str) -> None:
    content, reason = _bad_inputs()[name]
    put(name, content)
    put("z.txt", "BAD")
    result = run("scan", name, "z.txt")
    assert result.exit_code == 2
    assert "z.txt:1:1" in result.stdout
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith(f"mtcheck: error: {name}: ")
    assert reason in result.stderr


@pytest.mark.parametrize(
    ("argument", "reason"),
    [
        ("missing.txt", "no such file or folder"),
        ("empty-folder", "no articles in this folder (looked for "),
        ("pictures", "no articles in this folder (looked for "),
        ("*.nothing", "no article matches this pattern"),
        ("[", "no article matches this pattern"),
        ("", "an empty name"),
        ("/dev/null/x", "can't be read"),
        ("x" * 5000, "can't be read"),
        ("nul\0byte", "can't be read"),
        ("\x1b]0;red.txt", "no such file or folder"),
    ],
)
def test_bad_argument_is_one_line_and_the_others_are_scanned(argument: str, reason: str) -> None:
    Path("empty-folder").mkdir()
    put("pictures/a.png", b"x")
    put("z.txt", "BAD")
    result = run("scan", argument, "z.txt")
    assert result.exit_code == 2
    assert "z.txt:1:1" in result.stdout
    assert result.stderr.count("\n") == 1
    assert reason in result.stderr
    assert "\x1b" not in result.stderr


@pytest.mark.parametrize(
    ("content", "findings"),
    [
        (b"", 0),
        (b"\n\n  \n", 0),
        (b"\xef\xbb\xbfBAD", 1),
        ("BAD ’".encode("utf-16"), 1),
        ("BAD café".encode("cp1252"), 1),
        ("BAD\r\ncafé BAD".encode(), 2),
        (b"\xff" + "BAD café – “x”".encode(), 1),
        (b"word " * 400_000 + b"BAD", 1),
    ],
    ids=["empty", "blank", "utf-8 mark", "utf-16", "cp1252", "crlf", "broken utf-8", "2 MB line"],
)
def test_odd_but_sane_input_is_read(content: bytes, findings: int) -> None:
    put("odd.txt", content)
    result = run("scan", "odd.txt", "--format", "json")
    assert result.exit_code == (1 if findings else 0)
    assert json.loads(result.stdout)["summary"]["findings"] == findings


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "One.\r\nA BAD caf\u00e9 BAD \U0001f600 BAD"),
        ("a.html", "<!doctype html>\n<p>Tom &amp; <b>B</b>AD caf&eacute; BAD</p>\r\n<p>BA&#68;</p>"),
        ("a.md", "---\ntitle: x\n---\n# A *BAD* day\n\nTom &amp; [BAD](http://x.example/BAD) \\* B**AD**\n"),
    ],
)
def test_match_is_the_file_from_start_to_end_in_every_format(name: str, content: str) -> None:
    put(name, content)
    for f in json.loads(run("scan", name, "-f", "json").stdout)["files"][0]["findings"]:
        assert content[f["start"] : f["end"]] == f["match"]
        assert f.get("text", f["match"]) == "BAD"
        assert f["line"] == content.count("\n", 0, f["start"]) + 1
    assert run("scan", name).exit_code == 1


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read all")
def test_unreadable_file_is_one_line() -> None:
    put("secret.txt", "BAD").chmod(0)
    result = run("scan", "secret.txt")
    assert result.exit_code == 2
    assert "permissions" in result.stderr


def test_bug_in_one_file_names_it_and_spares_the_others() -> None:
    put("a.txt", "BREAK")
    put("z.txt", "BAD")
    result = run("scan", "a.txt", "z.txt", "--format", "json")
    out = json.loads(result.stdout)
    assert result.exit_code == 2
    assert out["errors"][0]["file"] == "a.txt"
    assert "this is a bug in mtcheck" in out["errors"][0]["message"]
    assert out["errors"][0]["message"].endswith("(RuntimeError: two lines)")
    assert [f["file"] for f in out["files"]] == ["z.txt"]
    assert result.stderr.count("\n") == 1


def test_standard_input_has_a_name_and_a_format() -> None:
    assert "<stdin>:1:3:" in run("scan", "-", stdin="A BAD day").stdout
    named = run("scan", "-", "--stdin-filename", "post.md", stdin="A `BAD` and BAD day")
    assert "post.md:1:" in named.stdout
    refused = run("scan", "-", "--stdin-filename", "data.json", stdin="{}")
    assert refused.exit_code == 2
    assert refused.stderr.count("data.json: ") == 1
    assert run("scan", "-", "-", stdin="").exit_code == 0
    assert run("scan", "-", stdin=b"\0\1\2\3" * 50).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--only", ID[:-1]], f"did you mean {ID}"),
        (["--skip", "zzz"], "no detector “zzz”; there are "),
        (["--only", ID, "--skip", ID], "leave no detector"),
        (["--min-probability", "1.5"], "1.5 is not between 0 and 1"),
        (["--min-probability", "nan"], "nan is not between 0 and 1"),
        (["--min-probability", "high"], "valid number"),
        (["--format", "jsn"], "did you mean json or jsonl"),
        (["--colour"], "--colour"),
    ],
)
def test_wrong_use_is_2_and_says_the_way_out(arguments: list[str], reason: str) -> None:
    put("a.txt", "BAD")
    result = run("scan", "a.txt", *arguments)
    assert result.exit_code == 2
    assert reason in result.stderr
    assert not result.stdout


def test_options_reach_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}

    def spy(doc: Document, **options: Any) -> Report:
        seen.update(options)
        return fake_check(doc)

    monkeypatch.setattr(scanning, "check", spy)
    put("a.txt", "x")
    run("scan", "a.txt", "--only", f"{ID}, {DETECTORS[1].id}", "--skip", ID, "--min-probability", "0.5")
    assert [d.id for d in seen["detectors"]] == [DETECTORS[1].id]
    assert seen["min_probability"] == 0.5
    assert seen["scorer"] is None


class TestModel:
    """--model: none, a name, or what ships."""

    def test_none_ships_so_a_note_says_what_did_not_run(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(choices, "find_model", _no_model)
        assert choices.load_wanted_scorer(None, [SCORED, RULE]) is None
        assert (
            capsys.readouterr().err
            == "mtcheck: note: no model ships with this copy, so scored will not run\n"
        )

    def test_rules_alone_load_no_model(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(choices, "find_model", _no_model)
        assert choices.load_wanted_scorer("anything", [RULE]) is None
        assert choices.load_wanted_scorer("none", [SCORED]) is None

    def test_asked_for_and_missing_is_wrong_use(self, monkeypatch: pytest.MonkeyPatch) -> None:
        put("a.txt", "BAD")
        monkeypatch.setattr(choices, "DETECTORS", (SCORED,))
        result = run("scan", "a.txt", model="no/such/model")
        assert result.exit_code == 2
        assert result.stderr.startswith("mtcheck: error: no/such/model: ")
        assert result.stderr.count("\n") == 1

    def test_torch_that_is_missing_is_one_line(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "mtcheck.scoring.masked_lm", None)
        monkeypatch.setattr(choices, "find_model", lambda _: "m")
        with pytest.raises(ValueError, match="install torch"):
            choices.load_wanted_scorer("m", [SCORED], cached=False)


def _no_model(_: str | None) -> str:
    raise ModelError("none here")


def test_colour_follows_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    put("a.txt", "BAD")
    assert "\x1b[" not in run("scan", "a.txt").stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    result = CliRunner().invoke(app, ["scan", "a.txt", "--model", "none"], color=True)
    assert "\x1b[" in result.stdout
    monkeypatch.setenv("NO_COLOR", "1")
    result = CliRunner().invoke(app, ["scan", "a.txt", "--model", "none"], color=True)
    assert "\x1b[" not in result.stdout


def test_interrupt_is_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(scanning, "check", interrupted)
    put("a.txt", "x")
    result = run("scan", "a.txt")
    assert result.exit_code == 130
    assert not result.stdout


def test_bug_outside_the_files_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(scanning, "choose", broken)
    monkeypatch.setattr(sys, "argv", ["mtcheck", "scan", "a.txt", "--model", "none"])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2
    err = capsys.readouterr().err
    assert err.startswith("mtcheck: error: this is a bug in mtcheck")
    assert err.count("\n") == 1


def test_detectors_and_explain() -> None:
    listed = run("detectors").stdout
    assert [line.split()[0] for line in listed.splitlines()] == [d.id for d in DETECTORS]
    explained = run("explain", ID)
    assert explained.exit_code == 0
    assert "\nWhy: " in explained.stdout
    near = run("explain", ID[:-1])
    assert near.exit_code == 2
    assert f"did you mean {ID}" in near.stderr


def _python(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    root = Path(scanning.__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, env=environment, check=False, **options
    )


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], ["detectors"], ["scan", "a.txt", "--model", "none"]],
    ids=" ".join,
)
def test_no_torch_without_a_model(arguments: list[str]) -> None:
    put("a.txt", "All is well.")
    code = (
        f"import sys; sys.argv = ['mtcheck', *{arguments!r}]\n"
        "from mtcheck.cli import main\n"
        "try: main()\n"
        "finally: print(sorted({'torch', 'transformers', 'sacrebleu'} & sys.modules.keys()), file=sys.stderr)"
    )
    done = _python("-c", code)
    assert done.stderr.splitlines()[-1] == "[]"
    assert done.returncode == 0


@pytest.mark.parametrize("form", ["text", "json"])
def test_closed_pipe_is_quiet(form: str) -> None:
    put("a.txt", "BAD\n" * 3000)
    code = (
        "import os, sys; r, w = os.pipe(); os.close(r); os.dup2(w, 1)\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        f"sys.argv = ['mtcheck', 'scan', 'a.txt', '--model', 'none', '-f', {form!r}]\n"
        "import test_cli; test_cli.scanning.check = test_cli.fake_check; test_cli.main()"
    )
    done = _python("-c", code)
    assert done.stderr == ""
    assert done.returncode == 141
