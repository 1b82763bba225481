"""What an archive run has found, on disk so that a kill loses nothing and doubles nothing.

`articles.jsonl` has one row an article, in the order of the archive; each row is
appended in one write. After a kill the last row may be torn: it is cut off, and
the run goes on behind the last whole one. `run.json` holds what the rows depend on.
"""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

ROWS, ABOUT = "articles.jsonl", "run.json"


class JournalError(Exception):
    """One line: why the folder can't be used, and the way out."""


class Journal:
    """Opens `folder` for a run that depends on `about`. Raises JournalError.

    `done` is how many articles the rows on disk stand for.
    """

    def __init__(self, folder: Path, about: dict[str, Any], *, resume: bool) -> None:
        self._rows = folder / ROWS
        file = folder / ABOUT
        try:
            folder.mkdir(parents=True, exist_ok=True)
            begun = self._rows.exists() or file.exists()
            if begun and not resume:
                raise JournalError(
                    f"{folder}: holds a run already; --resume goes on with it, or name another"
                )
            if begun:
                self._check(file, about)
            else:
                _replace(file, json.dumps(about, indent=1) + "\n")
            self.done = self._whole_rows()
            self._out = self._rows.open("ab", buffering=0)
        except OSError as error:
            raise JournalError(f"{folder}: can't be written ({error.strerror})") from None

    def last(self) -> str | None:
        """The id of the last article on disk."""
        found = None
        for row in rows(self._rows):
            found = str(row["id"])
        return found

    def add(self, row: dict[str, Any]) -> None:
        """Append one row. Raises JournalError when the disk is full."""
        line = json.dumps(row, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace") + b"\n"
        try:
            written = self._out.write(line)
            if written != len(line):
                raise OSError(28, "No space left on device")
        except OSError as error:
            raise JournalError(
                f"{self._rows}: can't be written ({error.strerror}); --resume goes on"
            ) from None
        self.done += 1

    def close(self) -> None:
        """Leave the file to the disk."""
        # Not every file can be asked to; the rows are written by now.
        with suppress(OSError):
            os.fsync(self._out.fileno())
        self._out.close()

    def _check(self, file: Path, about: dict[str, Any]) -> None:
        try:
            held = json.loads(file.read_text("utf-8"))
        except (OSError, ValueError):
            raise JournalError(f"{file}: can't be read; name another folder") from None
        for key, value in about.items():
            if not isinstance(held, dict) or held.get(key) != value:
                raise JournalError(f"{file}: begun with another {key}; name another folder")

    def _whole_rows(self) -> int:
        """Cut a torn row off; return how many whole ones there are."""
        if not self._rows.exists():
            return 0
        count = end = 0
        with self._rows.open("r+b") as file:
            while line := file.readline():
                if not line.endswith(b"\n"):
                    file.truncate(end)
                    break
                end += len(line)
                count += 1
        return count


def rows(file: Path) -> Iterator[dict[str, Any]]:
    """The rows on disk."""
    with file.open("rb") as lines:
        for line in lines:
            yield json.loads(line)


def _replace(file: Path, text: str) -> None:
    """Write a file whole or not at all."""
    part = file.with_name(f".{file.name}.part")
    part.write_text(text, "utf-8")
    part.replace(file)
