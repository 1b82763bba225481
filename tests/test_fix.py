"""mtcheck fix and the format diff: what is changed, what never is, and the bytes of the rest."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import ID, found, written
from typer.testing import CliRunner

from mtcheck.cli import scan as scanning
from mtcheck.cli.app import app
from mtcheck.findings import Finding, Report
from mtcheck.readers import read_text
from mtcheck.reports.diff import printable, unified
from mtcheck.reports.edits import SAFE, edited, safe_edits
from mtcheck.text import Document, Span
from mtcheck.workflow.rewrite import Coding, NotWritten, coding_of, rewrite

MARK = "\ufeff"


def reported(doc: Document, *about: tuple[str, float | None, tuple[str, ...]]) -> Report:
    findings = []
    for word, score, suggestions in about:
        span = Span(doc.text.index(word), doc.text.index(word) + len(word))
        findings.append(Finding(span, ID, "odd", suggestions, score=score))
    return Report(doc, tuple(findings), (ID,), {}, "s")


def fake_check(doc: Document, **_: Any) -> Report:
    """BAD should be good, DOUBT is unsure, PING and PONG are each other's fix, BREAK breaks."""
    if "BREAK" in doc.text:
        raise RuntimeError("boom")
    wanted = {"BAD": ("good", 0.995), "DOUBT": ("sure", 0.95), "PING": ("PONG", 1.0), "PONG": ("PING", 1.0)}
    spans = [(Span(*m.span()), *wanted[m[0]]) for m in re.finditer("|".join(wanted), doc.text)]
    kept = [(s, w, p) for s, w, p in spans if not doc.is_masked(s)]
    return Report(doc, tuple(Finding(s, ID, "odd", (w,), score=p) for s, w, p in kept), (ID,), {}, "s")


@pytest.fixture(autouse=True)
def _fakes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(scanning, "check", fake_check)
    monkeypatch.chdir(tmp_path)


def run(*arguments: str, stdin: bytes | None = None) -> Any:
    result = CliRunner().invoke(app, ["fix", *arguments], input=stdin)
    assert "Traceback" not in result.output
    return result


def put(name: str, content: str | bytes) -> Path:
    path = Path(name)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("text", "about", "wanted", "why"),
    [
        ("a BAD b", [("BAD", 0.99, ("good",))], "a good b", "sure, and one way to do it"),
        ("a BAD b", [("BAD", 0.98, ("good",))], "a BAD b", "not sure enough"),
        ("a BAD b", [("BAD", None, ("good",))], "a BAD b", "nobody measured it"),
        ("a BAD b", [("BAD", 1.0, ("good", "fine"))], "a BAD b", "two ways: an editor's choice"),
        ("a BAD b", [("BAD", 1.0, ())], "a BAD b", "no way"),
        ("a BAD b", [("BAD ", 1.0, ("",))], "a b", "a deletion"),
        ("a BAD b", [("BAD", 1.0, ("go\nod",))], "a BAD b", "a fix sets no line breaks"),
        ("see https://x.example/BAD", [("BAD", 1.0, ("good",))], "see https://x.example/BAD", "masked"),
        ("a BAD b", [("a BAD", 0.99, ("x",)), ("BAD", 1.0, ("y",))], "a y b", "overlap: the likelier"),
        ("a BAD b", [("a BAD", 1.0, ("x",)), ("BAD", 1.0, ("y",))], "a y b", "overlap: the smaller"),
        ("BADWORSE", [("BAD", 1.0, ("x",)), ("WORSE", 1.0, ("y",))], "xy", "neighbours don't overlap"),
    ],
)
def test_which_edits_are_safe(text: str, about: Any, wanted: str, why: str) -> None:
    report = reported(Document(text), *about)
    assert edited(text, safe_edits(report)) == wanted, why


@pytest.mark.parametrize(
    ("name", "source", "about", "wanted", "why"),
    [
        ("a.md", "A *BAD* [BAD](BAD.md) day.\n", [("BAD", 1.0, ("good",))], "A *good* [BAD](BAD.md) day.\n",
         "the first only; addresses stay"),
        ("a.md", "A BAD day.\n", [("BAD", 1.0, ("*good*",))], "A BAD day.\n", "would be read as emphasis"),
        ("a.md", "A day.\n\n1984 was BAD.\n", [("1984 was BAD", 1.0, ("1984. It was bad",))],
         "A day.\n\n1984 was BAD.\n", "would be read as a list"),
        ("a.html", "<p>B<b>A</b>D &amp; x</p>", [("BAD", 1.0, ("good",))], "<p>B<b>A</b>D &amp; x</p>",
         "holds markup"),
    ],
)  # fmt: skip
def test_markup_is_never_torn(name: str, source: str, about: Any, wanted: str, why: str) -> None:
    doc = read_text(source, name, Path(name).suffix)
    assert edited(source, safe_edits(reported(doc, *about))) == wanted, why


def test_a_text_that_the_encoding_has_no_signs_for_is_not_written() -> None:
    report = reported(Document("BAD"), ("BAD", 1.0, ("“東京”",)))
    assert safe_edits(report, encoding="cp1252") == ()
    assert len(safe_edits(report, encoding="utf-8")) == 1


@settings(max_examples=200, deadline=None)
@given(
    text=st.text(min_size=1, max_size=60),
    cuts=st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 9), st.text(max_size=5), st.floats(0.9, 1)), max_size=6
    ),
)
def test_nothing_outside_the_edits_changes(text: str, cuts: list[tuple[int, int, str, float]]) -> None:
    doc = Document(text)
    spans = [(Span(min(s, len(text)), min(s + n, len(text))), new, p) for s, n, new, p in cuts]
    report = Report(doc, tuple(Finding(s, ID, "odd", (n,), score=p) for s, n, p in spans), (ID,), {}, "s")
    edits = safe_edits(report, 0.9)
    after = edited(text, edits)
    old = new = 0
    for edit in edits:
        assert text[old : edit.place.start] == after[new : new + edit.place.start - old]
        new += edit.place.start - old
        assert after[new : new + len(edit.text)] == edit.text
        old, new = edit.place.end, new + len(edit.text)
    assert text[old:] == after[new:]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"A BAD day.\n", b"A good day.\n"),
        (b"A BAD day", b"A good day"),
        (b"A BAD\r\nday\rand BAD\n\r\n", b"A good\r\nday\rand good\n\r\n"),
        (b"\xef\xbb\xbfA BAD caf\xc3\xa9", b"\xef\xbb\xbfA good caf\xc3\xa9"),
        ("BAD ’\n".encode("utf-16"), "good ’\n".encode("utf-16")),
        ("BAD words\n".encode("utf-16-be"), "good words\n".encode("utf-16-be")),
        ("BAD café – “x”".encode("cp1252"), "good café – “x”".encode("cp1252")),
    ],
    ids=["lf", "no newline", "mixed endings", "utf-8 mark", "utf-16 mark", "utf-16 bare", "cp1252"],
)
def test_write_keeps_all_other_bytes_and_is_done_once(before: bytes, after: bytes) -> None:
    path = put("a.txt", before)
    path.chmod(0o640)
    assert run("a.txt", "--write").exit_code == 0
    assert path.read_bytes() == after
    assert path.stat().st_mode & 0o777 == 0o640
    again = run("a.txt", "--write")
    assert (again.exit_code, again.stderr, path.read_bytes()) == (0, "", after)
    assert os.listdir() == ["a.txt"]


def test_bytes_that_could_not_be_read_are_never_written() -> None:
    broken = b"\xff" + "BAD café – “x”".encode()
    path = put("a.txt", broken)
    result = run("a.txt", "--write")
    assert result.exit_code == 2
    assert "save it as UTF-8 first" in result.stderr
    assert path.read_bytes() == broken


def test_dry_run_shows_and_writes_nothing() -> None:
    path = put("a.txt", "A BAD day.\n")
    result = run("a.txt")
    assert result.exit_code == 1
    assert result.stdout == "--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-A BAD day.\n+A good day.\n"
    assert result.stderr == "mtcheck: note: 1 fix in 1 file; --write makes them\n"
    assert path.read_text() == "A BAD day.\n"
    put("b.txt", "A DOUBT.")
    assert (run("b.txt").exit_code, run("b.txt").output) == (0, "")


@pytest.mark.skipif(shutil.which("git") is None, reason="git reads the diffs")
@pytest.mark.parametrize("name", ["a.txt", "a b.txt", 'q"uo\\te é.txt', "new\nline.txt"])
@pytest.mark.parametrize(
    "before", ["A BAD day", "x\n" * 9 + "A BAD\r\nday.\n", f"{MARK}BAD\n", "caf\u00e9 BAD\n"]
)
def test_git_applies_the_diff(name: str, before: str) -> None:
    path = put(name, before)
    diff = run(name).stdout_bytes
    subprocess.run(["git", "apply", "--whitespace=nowarn", "-"], input=diff, check=True)
    assert path.read_bytes().decode() == before.replace("BAD", "good")


def test_what_a_comment_allows_is_not_fixed() -> None:
    put("a.md", f"BAD one. <!-- mtcheck-ignore: {ID} -->\n\nBAD two.\n")
    assert run("a.md", "--write").exit_code == 0
    assert Path("a.md").read_text() == f"BAD one. <!-- mtcheck-ignore: {ID} -->\n\ngood two.\n"


def test_fixes_that_undo_each_other_are_not_made() -> None:
    put("a.txt", "PING")
    put("b.txt", "BAD")
    put("c.txt", "BREAK")
    result = run("a.txt", "c.txt", "b.txt", "--write")
    assert result.exit_code == 2
    assert "undo each other" in result.stderr
    assert "this is a bug in mtcheck" in result.stderr
    assert [Path(n).read_text() for n in ("a.txt", "b.txt")] == ["PING", "good"]


@pytest.mark.parametrize(
    ("content", "name"), [(b"A BAD day\r\n", "x.txt"), (b"Nothing.", "x.md"), (b"`BAD` \xc3\xa9\n", "x.md")]
)
def test_standard_input_comes_out_fixed(content: bytes, name: str) -> None:
    result = run("-", "--stdin-filename", name, stdin=content)
    wanted = content if b"`" in content else content.replace(b"BAD", b"good")
    assert (result.exit_code, result.stdout_bytes, result.stderr) == (0, wanted, "")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["a.txt", "--min-probability", "0.5"], "--unsafe"),
        (["a.txt", "-"], "stands alone"),
        (["missing.txt"], "no such file"),
    ],
)
def test_wrong_use_is_2(arguments: list[str], reason: str) -> None:
    put("a.txt", "fine")
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert reason in result.stderr


def test_the_least_probability_can_be_lowered() -> None:
    put("a.txt", "A DOUBT.")
    assert run("a.txt", "--min-probability", "0.95", "--write").exit_code == 0
    assert Path("a.txt").read_text() == "A sure."


def test_a_file_that_changed_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    path = put("a.txt", "newer")
    with pytest.raises(NotWritten, match="changed while"):
        rewrite(path, b"older", b"fixed")
    assert (path.read_text(), os.listdir()) == ("newer", ["a.txt"])

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(NotWritten, match="No space left"):
        rewrite(path, b"newer", b"fixed")
    assert (path.read_text(), os.listdir()) == ("newer", ["a.txt"])


def test_a_link_stays_a_link() -> None:
    put("real.txt", "BAD")
    Path("link.txt").symlink_to("real.txt")
    assert run("link.txt", "--write").exit_code == 0
    assert Path("link.txt").is_symlink()
    assert Path("real.txt").read_text() == "good"


@given(st.text(max_size=30), st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"]), st.booleans())
def test_a_coding_gives_the_bytes_back(text: str, encoding: str, marked: bool) -> None:  # noqa: FBT001
    text = text.lstrip(MARK)
    data = Coding(encoding, MARK if marked else "").encoded(text)
    assert coding_of(data, text).encoded(text) == data


def test_format_diff_holds_the_safe_fixes_alone() -> None:
    assert written("diff", found("a BAD b", "BAD", suggestions=("good",), score=0.5)) == ""
    out = written("diff", found("a BAD b", "BAD", suggestions=("good",), score=SAFE))
    assert out == unified("a.txt", "a BAD b", "a good b")
    assert out.count("\\ No newline at end of file\n") == 2


def test_a_terminal_is_sent_no_escapes() -> None:
    diff = unified("a.txt", "\x1b[31mBAD\n", "\x1b[31mgood\n")
    assert "\x1b" in diff
    assert "\x1b" not in printable(diff)
    assert printable(diff).count("\n") == diff.count("\n")


@pytest.mark.parametrize("name", ["a.json", "a.csv", "a.XML", "a.docx"])
def test_no_fix_is_written_where_it_would_have_to_be_escaped(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(b'{"text": "He left.. She stayed."}')
    result = CliRunner().invoke(app, ["fix", str(file), "--write"])
    assert result.exit_code == 2
    assert "fixes are not written to" in result.stderr
    assert file.read_bytes() == b'{"text": "He left.. She stayed."}'
