"""The lines that a change added, as git knows them.

The change is what stands in the working tree against the commit where it left
the base; a file that git does not know yet is new as a whole. Lines are
counted as git counts them, by line feeds alone.
"""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from mtcheck.text import Span

_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)")
_NAMED = {b"a": b"\a", b"b": b"\b", b"t": b"\t", b"n": b"\n", b"v": b"\v", b"f": b"\f", b"r": b"\r"}
_DIFF = ("diff", "--no-color", "--no-ext-diff", "--no-textconv", "--no-relative", "--find-renames")
_DIFF_ENDS = ("--ignore-submodules=all", "--diff-filter=d")
_FETCH = "fetch the whole history (git fetch --unshallow; fetch-depth: 0 in GitHub Actions)"


class GitError(ValueError):
    """Why the changed lines are not known, in one line."""


@dataclass(frozen=True)
class ChangedLines:
    """Real path of a file -> ranges of its added lines (from 1), or None where all of it is new."""

    files: Mapping[str, tuple[range, ...] | None]

    def has(self, path: Path) -> bool:
        """Whether the file changed so that it has new lines."""
        return os.path.realpath(path) in self.files

    def touch(self, path: Path, text: str, span: Span) -> bool:
        """Whether `span` of the file's `text` touches an added line."""
        lines = self.files.get(os.path.realpath(path), ())
        if lines is None:
            return True
        first = text.count("\n", 0, span.start) + 1
        last = first + text.count("\n", span.start, max(span.start, span.end - 1))
        return any(r.start <= last and first < r.stop for r in lines)


def changed_since(base: str, folder: Path) -> ChangedLines:
    """The lines added since the work in `folder`'s repository left `base`. Raises GitError."""
    top = Path(
        os.fsdecode(_git(folder, "rev-parse", "--show-toplevel", fails="not in a git repository")[:-1])
    )
    fork = _fork(base, top)
    files: dict[str, tuple[range, ...] | None] = {}
    numbers = _git(top, *_DIFF, "--numstat", "-z", *_DIFF_ENDS, fork, "--")
    for name, added in _counted(numbers):
        if added is None:
            files[_real(top, name)] = None
    patch = _git(top, *_DIFF, "--unified=0", "--src-prefix=a/", "--dst-prefix=b/", *_DIFF_ENDS, fork, "--")
    for name, lines in _added(patch):
        files[_real(top, name)] = lines
    for name in _git(top, "ls-files", "--others", "--exclude-standard", "-z").split(b"\0"):
        if name:
            files[_real(top, name)] = None
    return ChangedLines(files)


def _fork(base: str, top: Path) -> str:
    shallow = _git(top, "rev-parse", "--is-shallow-repository").strip() == b"true"
    hint = f"; this clone is shallow: {_FETCH}" if shallow else ""
    commit = _git(
        top,
        *("rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}"),
        fails=f"git knows no revision “{base}”{hint}",
    )
    fork = _git(
        top,
        *("merge-base", commit.decode("ascii").strip(), "HEAD"),
        fails=f"“{base}” and HEAD have no commit in common{hint}",
    )
    return fork.decode("ascii").strip()


def _git(folder: Path, *arguments: str, fails: str | None = None) -> bytes:
    # A file-system monitor is a program that the repository's own settings name.
    command = ["git", "-C", str(folder), "-c", "core.fsmonitor=false", *arguments]
    # What git says is read below, so it has to be in English.
    spoken = {**os.environ, "LC_ALL": "C"}
    try:
        done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL, env=spoken)
    except FileNotFoundError:
        raise GitError("--diff needs git, which is not installed") from None
    except (OSError, ValueError) as error:
        raise GitError(f"--diff: git can't be run ({error})") from None
    if done.returncode:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())
        unsafe = "dubious ownership" in said
        raise GitError(f"--diff: {fails if fails and not unsafe else f'git says: {said}'}")
    return done.stdout


def _counted(numbers: bytes) -> Iterator[tuple[bytes, int | None]]:
    """File name and number of added lines, None for what git takes as binary."""
    fields = iter(numbers.split(b"\0"))
    for field in fields:
        if not field:
            continue
        added, _, name = field.split(b"\t", 2)
        if not name:  # a rename: the old name and the new one follow
            next(fields)
            name = next(fields)
        yield name, None if added == b"-" else int(added)


def _added(patch: bytes) -> Iterator[tuple[bytes, tuple[range, ...]]]:
    name = b""
    found: list[range] = []
    body = 0
    for line in patch.split(b"\n"):
        # Lines of an article may look like headers, so those of a hunk are counted.
        if body and line[:1] in (b"+", b"-"):
            body -= 1
        elif line.startswith(b"+++ "):
            if found:
                yield name, tuple(found)
            name, found = _name(line[4:]), []
        elif (hunk := _HUNK.match(line)) is not None:
            old, start, new = (int(n) if n is not None else 1 for n in hunk.groups())
            body = old + new
            if new:
                found.append(range(start, start + new))
    if found:
        yield name, tuple(found)


def _name(header: bytes) -> bytes:
    # git ends a name that holds a blank with a tab, and quotes one that holds odd bytes.
    name = header.removesuffix(b"\t")
    if name.startswith(b'"'):
        name = _ESCAPE.sub(_unescaped, name[1:-1])
    return name.removeprefix(b"b/")


def _unescaped(m: re.Match[bytes]) -> bytes:
    code = m[1]
    return bytes([int(code, 8)]) if len(code) == 3 else _NAMED.get(code, code)


def _real(top: Path, name: bytes) -> str:
    return os.path.realpath(top / os.fsdecode(name))
