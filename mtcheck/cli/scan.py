"""The work of `mtcheck scan`: each file read, checked and written; no file's trouble stops the others."""

import os
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import PurePath

from mtcheck.check import check
from mtcheck.cli.progress import Progress
from mtcheck.files import Chosen, Refused, choose
from mtcheck.findings import Detector, Report
from mtcheck.readers import READERS, Unreadable, read_file, read_text
from mtcheck.readers.decode import decode
from mtcheck.reports import Summary, Writer
from mtcheck.reports.excerpt import safe
from mtcheck.scoring.surprisal import Scorer
from mtcheck.text import Document

CLEAN, FOUND, WRONG_USE = 0, 1, 2
# 128 and the number of the signal, as shells have it.
INTERRUPTED, PIPE_CLOSED = 130, 141
BUG = "this is a bug in mtcheck; please report it (MTCHECK_TRACEBACK=1 shows where)"


@dataclass(frozen=True)
class Scan:
    """One run over many files."""

    writer: Writer
    detectors: Sequence[Detector]
    scorer: Scorer | None = None
    min_probability: float | None = None
    stdin_filename: str | None = None

    def run(self, paths: Sequence[str]) -> int:
        """Check all that `paths` name; return the exit status."""
        chosen = list(choose(paths, {s for s in READERS if s}))
        summary = Summary()
        with Progress(total=len(chosen), wanted=len(chosen) > 1 or self.scorer is not None) as progress:
            for item in chosen:
                progress.at(safe(item.name))
                outcome = self._checked(item)
                quiet = isinstance(outcome, Report) and not outcome.findings
                with nullcontext() if quiet else progress.paused():
                    summary = self._written(outcome, item, summary)
        self.writer.end(summary)
        if summary.errors:
            return WRONG_USE
        return FOUND if summary.findings else CLEAN

    def _checked(self, item: Chosen | Refused) -> Report | str:
        """The report, or one line that says why there is none."""
        if isinstance(item, Refused):
            return item.message
        try:
            return check(
                self._read(item),
                detectors=self.detectors,
                scorer=self.scorer,
                min_probability=self.min_probability,
            )
        except Unreadable as error:
            return str(error).removeprefix(f"{self._name(item)}: ")
        except MemoryError:
            return "too large for the memory of this machine"
        except Exception as error:
            return _bug(error)

    def _written(self, outcome: Report | str, item: Chosen | Refused, summary: Summary) -> Summary:
        if isinstance(outcome, Report):
            try:
                self.writer.report(outcome)
            except OSError:
                raise
            except Exception as error:
                outcome = _bug(error)
            else:
                found = len(outcome.findings)
                return replace(
                    summary,
                    files=summary.files + 1,
                    files_with_findings=summary.files_with_findings + bool(found),
                    findings=summary.findings + found,
                )
        name, message = self._name(item), " ".join(outcome.split())
        print(f"mtcheck: error: {safe(name)}: {safe(message)}", file=sys.stderr)
        self.writer.error(name, message)
        return replace(summary, errors=summary.errors + 1)

    def _read(self, item: Chosen) -> Document:
        if item.path is not None:
            return read_file(item.path)
        name = self._name(item)
        return read_text(decode(sys.stdin.buffer.read(), name), name, PurePath(name).suffix)

    def _name(self, item: Chosen | Refused) -> str:
        is_stdin = isinstance(item, Chosen) and item.path is None
        return self.stdin_filename or item.name if is_stdin else item.name


def _bug(error: Exception) -> str:
    if os.environ.get("MTCHECK_TRACEBACK"):
        raise error
    return f"{BUG} ({type(error).__name__}: {error})"
