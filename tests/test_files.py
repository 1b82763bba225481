"""Which files are read, in which order."""

import os
from pathlib import Path

import pytest

from mtcheck.files import Chosen, Refused, choose

SUFFIXES = {".txt", ".md"}


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def put(name: str, content: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return path


class TestChoose:
    """Which files are read."""

    def names(self, *arguments: str) -> list[str]:
        return [c.name for c in choose(arguments, SUFFIXES) if isinstance(c, Chosen)]

    def test_folder_is_sorted_and_passes_by_what_is_hidden(self) -> None:
        for name in (
            "d/b.txt",
            "d/a.MD",
            "d/x.png",
            "d/.git/c.txt",
            "d/node_modules/c.txt",
            "d/e/c.txt",
            "d/.f.txt",
        ):
            put(name, "x")
        assert self.names("d") == ["d/a.MD", "d/b.txt", "d/e/c.txt"]

    def test_hidden_folder_that_is_named_is_read(self) -> None:
        put(".drafts/a.txt", "x")
        assert self.names(".drafts") == [".drafts/a.txt"]

    def test_each_file_once_whatever_its_name(self) -> None:
        put("a.txt", "x")
        Path("link.txt").symlink_to("a.txt")
        assert self.names("a.txt", "./a.txt", "link.txt", ".", "*.txt") == ["a.txt"]

    def test_loop_of_links_ends(self) -> None:
        put("d/a.txt", "x")
        Path("d/again").symlink_to(Path("d").resolve())
        Path("d/self.txt").symlink_to("self.txt")
        assert self.names("d") == ["d/a.txt"]
        assert self.names("d/**/*.txt") == ["d/a.txt"]

    def test_patterns(self) -> None:
        for name in ("a.txt", "b.log", "d/c.txt", "d/.git/e.txt", "d/f.png", "[1].txt"):
            put(name, "x")
        assert self.names("**/*") == ["[1].txt", "a.txt", "d/c.txt"]
        assert self.names("*.log") == ["b.log"]
        assert self.names("[1].txt") == ["[1].txt"]
        assert self.names(str(Path.cwd() / "d" / "*.txt")) == [str(Path.cwd() / "d" / "c.txt")]

    def test_pipe_in_a_folder_is_not_waited_for(self) -> None:
        Path("d").mkdir()
        os.mkfifo("d/pipe.txt")
        assert [type(c) for c in choose(["d"], SUFFIXES)] == [Refused]

    def test_named_file_is_taken_whatever_its_suffix(self) -> None:
        put("notes.rst", "x")
        assert self.names("notes.rst") == ["notes.rst"]
