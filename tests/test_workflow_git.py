"""--diff in real git repositories: which files are scanned and which findings count."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from mtcheck.cli.app import app
from mtcheck.text import Span
from mtcheck.workflow.changed_lines import GitError, changed_since

OLD = "The mayor said the the bridge was closed.\n"
NEW = "Talks began in the the town hall on Monday.\n"


def git(*arguments: str, at: Path | None = None) -> None:
    subprocess.run(["git", *arguments], cwd=at, check=True, capture_output=True)


def commit(at: Path | None = None) -> None:
    git("add", "-A", at=at)
    git("commit", "-q", "--allow-empty", "-m", "x", at=at)


@pytest.fixture(autouse=True)
def repository(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    for name in [n for n in os.environ if n.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "T")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "t@x.example")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    top = tmp_path / "top"
    top.mkdir()
    monkeypatch.chdir(top)
    git("init", "-q", "-b", "main")
    return top


def put(name: str, content: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(content.encode())


def found(base: str = "main") -> list[tuple[str, int]]:
    arguments = ["scan", ".", "--diff", base, "--model", "none", "--format", "json"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code in (0, 1), result.stderr
    files: list[dict[str, Any]] = json.loads(result.stdout)["files"]
    return [(f["file"], finding["line"]) for f in files for finding in f["findings"]]


def branch() -> None:
    commit()
    git("checkout", "-q", "-b", "work")


def test_only_findings_on_added_lines_count() -> None:
    put("a.txt", OLD)
    put("same.txt", OLD)
    branch()
    put("a.txt", OLD + NEW)
    assert found() == [("a.txt", 2)]
    commit()
    assert found() == [("a.txt", 2)]


def test_what_the_base_did_meanwhile_is_not_ours() -> None:
    put("a.txt", "All is well.\n")
    branch()
    git("checkout", "-q", "main")
    put("a.txt", "All is well.\n" + NEW)
    commit()
    git("checkout", "-q", "work")
    assert found() == []


@pytest.mark.parametrize("name", ["näme.txt", 'qu"ote.txt', "two words.txt", "tab\there.txt", "日本.txt"])
def test_odd_names(name: str) -> None:
    put(name, OLD)
    branch()
    put(name, OLD + NEW)
    assert found() == [(name, 2)]


def test_renamed_file_shows_only_its_added_lines() -> None:
    put("old.txt", OLD * 5)
    branch()
    git("mv", "old.txt", "moved.txt")
    assert found() == []
    put("moved.txt", OLD * 5 + NEW)
    assert found() == [("moved.txt", 6)]


def test_deletions_leave_nothing_to_scan() -> None:
    put("gone.txt", OLD)
    put("cut.txt", OLD + "All is well.\n")
    branch()
    Path("gone.txt").unlink()
    put("cut.txt", OLD)
    assert found() == []


def test_untracked_file_is_new_and_ignored_one_is_not_ours() -> None:
    put(".gitignore", "ignored.txt\n")
    branch()
    put("new.txt", NEW)
    put("ignored.txt", NEW)
    assert [name for name, _ in found()][:1] == ["new.txt"]
    assert "ignored.txt" not in [name for name, _ in found()]


def test_crlf_lines_are_counted_once() -> None:
    put("a.txt", OLD.replace("\n", "\r\n") * 2)
    branch()
    put("a.txt", (OLD * 2 + NEW).replace("\n", "\r\n"))
    assert found() == [("a.txt", 3)]


def test_lines_that_look_like_headers_are_lines() -> None:
    put("a.txt", "First.\n")
    put("b.txt", "First.\n")
    branch()
    put("a.txt", "First.\n++ b/b.txt\n-- a/b.txt\n@@ -1 +1 @@\n" + NEW)
    assert found() == [("a.txt", 5)]


def test_binary_to_git_is_new_as_a_whole() -> None:
    put(".gitattributes", "*.txt -diff\n")
    put("a.txt", OLD)
    branch()
    put("a.txt", OLD + "All is well.\n")
    assert found() == [("a.txt", 1)]


def test_folder_below_the_top(monkeypatch: pytest.MonkeyPatch) -> None:
    put("news/a.txt", OLD)
    branch()
    put("news/a.txt", OLD + NEW)
    monkeypatch.chdir("news")
    assert found() == [("a.txt", 2)]


def test_submodule_is_not_ours(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    git("init", "-q", at=inner)
    (inner / "a.txt").write_text(OLD)
    commit(inner)
    git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner), "sub")
    branch()
    put("sub/a.txt", OLD + NEW)
    assert found() == []


def test_span_over_two_lines_touches_either() -> None:
    put("a.txt", "One\n")
    branch()
    put("a.txt", "One\ntwo\nthree\n")
    changed = changed_since("main", Path.cwd())
    text = "One\ntwo\nthree\n"
    assert not changed.touch(Path("a.txt"), text, Span(0, 4)), "the line feed ends the old line"
    assert changed.touch(Path("a.txt"), text, Span(2, 6))


class TestErrors:
    """Each is one line that says the way out."""

    def refusal(self, base: str = "main") -> str:
        result = CliRunner().invoke(app, ["scan", ".", "--diff", base, "--model", "none"])
        assert result.exit_code == 2
        assert result.stderr.count("\n") == 1
        return result.stderr

    @pytest.mark.parametrize("base", ["nowhere", "--output=x", "", "a\tb"])
    def test_unknown_revision(self, base: str) -> None:
        commit()
        assert f"git knows no revision “{base}”" in self.refusal(base)

    def test_no_repository(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.chdir(tmp_path)
        assert "not in a git repository" in self.refusal()

    def test_no_git(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")
        assert "git, which is not installed" in self.refusal()

    def test_unrelated_histories(self) -> None:
        commit()
        git("checkout", "-q", "--orphan", "alone")
        git("commit", "-q", "--allow-empty", "-m", "y")
        assert "no commit in common" in self.refusal()

    def test_shallow_clone(self, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        put("a.txt", OLD)
        branch()
        put("a.txt", OLD + NEW)
        commit()
        git("clone", "-q", "--depth=1", f"file://{repository}", str(tmp_path / "shallow"))
        monkeypatch.chdir(tmp_path / "shallow")
        with pytest.raises(GitError, match="this clone is shallow"):
            changed_since("origin/main", Path.cwd())
