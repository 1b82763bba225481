"""The work of `mtcheck scan`: each file read, checked and written; no file's trouble stops the others."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import PurePath

from mtcheck.check import category_of, check
from mtcheck.cli.choices import load_wanted_scorer
from mtcheck.cli.progress import Progress
from mtcheck.cli.settings import Settings
from mtcheck.detectors import DETECTORS
from mtcheck.files import Chosen, Refused, choose
from mtcheck.findings import Report
from mtcheck.lexicon.name_forms import FormCounts
from mtcheck.lexicon.names import load_names
from mtcheck.models import ModelError
from mtcheck.readers import FOLDER_SUFFIXES, Unreadable, read_bytes, read_file
from mtcheck.readers.decode import MOST_BYTES
from mtcheck.reports import Summary, Writer
from mtcheck.reports.excerpt import safe
from mtcheck.scoring.surprisal import Scorer
from mtcheck.text import Document
from mtcheck.workflow import suppression

CLEAN, FOUND, WRONG_USE = 0, 1, 2
# 128 and the number of the signal, as shells have it.
INTERRUPTED, PIPE_CLOSED = 130, 141
BUG = "this is a bug in mtcheck; please report it (MTCHECK_TRACEBACK=1 shows where)"


@dataclass(frozen=True)
class Examined:
    """One file as it was checked: its report, or the reason why there is none.

    `wrong` and `notes` are line and message of what is wrong with, or to be known of, its
    comments. `fatal` is true where no other file could be checked either.
    """

    report: Report | None = None
    reason: str = ""
    wrong: tuple[tuple[int, str], ...] = ()
    notes: tuple[tuple[int, str], ...] = ()
    fatal: bool = False


@dataclass(frozen=True)
class Scan:
    """One run over many files. With `jobs` above 1 as many processes check, each with a scorer of its own."""

    writer: Writer
    settings: Settings
    scorer: Scorer | None = None
    stdin_filename: str | None = None
    jobs: int = 1
    cached: bool = True
    counts: Counter[str] = field(default_factory=Counter)
    failing: Counter[str] = field(default_factory=Counter)
    wrong_comments: list[str] = field(default_factory=list)
    across: dict[str, str] = field(default_factory=dict)

    def run(self, paths: Sequence[str]) -> int:
        """Check all that `paths` name; return the exit status."""
        chosen = [c for c in choose(paths, FOLDER_SUFFIXES) if self.is_wanted(c)]
        if self.settings.across:
            self._look_across(chosen)
        summary = Summary()
        with Progress(total=len(chosen), wanted=len(chosen) > 1 or self.scorer is not None) as progress:
            for item, examined in zip(chosen, self._examined(chosen, progress), strict=True):
                outcome = self._told(examined, item)
                quiet = isinstance(outcome, Report) and not outcome.findings
                with nullcontext() if quiet else progress.paused():
                    summary = self._written(outcome, item, summary)
        summary = replace(summary, errors=summary.errors + len(self.wrong_comments))
        self.writer.end(summary)
        if summary.errors:
            return WRONG_USE
        return FOUND if self.failing.total() else CLEAN

    def _look_across(self, chosen: Sequence[Chosen | Refused]) -> None:
        """Count the spellings of names in all files before the first is reported on.

        Standard input can be read once only, and is not counted. What can't be read is told later.
        """
        names, forms = self.settings.names or load_names(), FormCounts()
        for item in chosen:
            if isinstance(item, Chosen) and item.path is not None:
                with suppress(Unreadable, MemoryError):
                    forms.add(suppression.without_comments(read_file(item.path)), names)
        self.across.update(forms.commoner(names))

    def is_wanted(self, item: Chosen | Refused) -> bool:
        """Whether the configuration and the changed lines leave the file in."""
        if isinstance(item, Refused) or item.path is None:
            return True
        changed = self.settings.changed
        if changed is not None and not changed.has(item.path):
            return False
        return not self.settings.configuration.is_excluded(item.path)

    def _examined(self, chosen: Sequence[Chosen | Refused], progress: Progress) -> Iterator[Examined]:
        if self.jobs == 1:
            for item in chosen:
                progress.at(safe(item.name))
                yield self.examine(item)
            return
        from mtcheck.engines.pool import Failed, in_order

        make = partial(_worker, self.settings, dict(self.across), cached=self.cached)
        with closing(in_order(make, chosen, jobs=max(1, min(self.jobs, len(chosen))))) as answers:
            for item, answer in zip(chosen, answers, strict=True):
                progress.at(safe(item.name))
                yield Examined(reason=answer.reason) if isinstance(answer, Failed) else answer

    def examine(self, item: Chosen | Refused) -> Examined:
        """Read and check one file; nothing is said or written."""
        if isinstance(item, Refused):
            return Examined(reason=item.message)
        try:
            return self._checked(self._read(item), item)
        except Unreadable as error:
            return Examined(reason=str(error).removeprefix(f"{self.name_of(item)}: "))
        except ModelError as error:
            return Examined(reason=str(error), fatal=True)
        except MemoryError:
            return Examined(reason="too large for the memory of this machine")
        except Exception as error:
            return Examined(reason=bug(error))

    def _told(self, examined: Examined, item: Chosen | Refused) -> Report | str:
        """The report that counts, or why there is none; what is to be said of comments is said."""
        if examined.fatal:
            raise ModelError(examined.reason)
        if examined.report is None or isinstance(item, Refused):
            return examined.reason
        for line, message in examined.wrong:
            self._refuse(f"{examined.report.doc.name}:{line}", message)
            self.wrong_comments.append(message)
        for line, note in examined.notes:
            name = safe(examined.report.doc.name)
            print(f"mtcheck: note: {name}:{line}: {note}", file=sys.stderr)
        return self._new_in(examined.report, item)

    def report_on(self, doc: Document, item: Chosen, *, tells: bool = True) -> Report:
        """The report without what comments allow, what is known and what did not change.

        With `tells`, what is wrong with the comments is said on standard error.
        """
        examined = self._checked(doc, item)
        assert examined.report is not None
        if not tells:
            return self._new_in(examined.report, item)
        told = self._told(examined, item)
        assert isinstance(told, Report)
        return told

    def _checked(self, doc: Document, item: Chosen) -> Examined:
        doc = suppression.without_comments(doc)
        detectors, least, profile = self.settings.for_path(item.path)
        report = check(
            doc,
            detectors=detectors,
            scorer=self.scorer,
            min_probability=least,
            names=self.settings.names,
            across=self.across,
            profile=profile,
            precision=self.settings.precision,
        )
        said = suppression.read(report.doc, [d.id for d in DETECTORS], date.today())
        report, notes = said.applied(report)
        return Examined(report, wrong=tuple(said.errors), notes=tuple(notes))

    def _new_in(self, report: Report, item: Chosen) -> Report:
        if item.path is None:
            return report
        if self.settings.baseline is not None:
            report = self.settings.baseline.without_known(report)
            if self.settings.update_baseline:
                return replace(report, findings=())
        changed = self.settings.changed
        if changed is not None:
            doc, path = report.doc, item.path
            new = (f for f in report.findings if changed.touch(path, doc.file_text, doc.to_source(f.span)))
            report = replace(report, findings=tuple(new))
        return report

    def _written(self, outcome: Report | str, item: Chosen | Refused, summary: Summary) -> Summary:
        if isinstance(outcome, Report):
            try:
                self.writer.report(outcome)
            except OSError:
                raise
            except Exception as error:
                outcome = bug(error)
            else:
                found = len(outcome.findings)
                self._count(outcome)
                return replace(
                    summary,
                    files=summary.files + 1,
                    files_with_findings=summary.files_with_findings + bool(found),
                    findings=summary.findings + found,
                )
        name, message = self.name_of(item), " ".join(outcome.split())
        self._refuse(name, message)
        return replace(summary, errors=summary.errors + 1)

    def _refuse(self, name: str, message: str) -> None:
        print(f"mtcheck: error: {safe(name)}: {safe(message)}", file=sys.stderr)
        self.writer.error(name, message)

    def _count(self, report: Report) -> None:
        fail_on = self.settings.fail_on
        for f in report.findings:
            self.counts[f.detector] += 1
            if not fail_on or any(x.counts(f, category_of(f.detector)) for x in fail_on):
                self.failing[f.detector] += 1

    def _read(self, item: Chosen) -> Document:
        if item.path is not None:
            return read_file(item.path)
        name = self.name_of(item)
        return read_bytes(sys.stdin.buffer.read(MOST_BYTES + 1), name, PurePath(name).suffix)

    def name_of(self, item: Chosen | Refused) -> str:
        """The name to report: that of standard input may be given."""
        is_stdin = isinstance(item, Chosen) and item.path is None
        return self.stdin_filename or item.name if is_stdin else item.name


@dataclass(frozen=True)
class _Quiet:
    """Stands for the writer in a process that writes nothing."""

    def report(self, report: Report) -> None: ...

    def error(self, file: str, message: str) -> None: ...

    def end(self, summary: Summary) -> None: ...


def _worker(
    settings: Settings, across: dict[str, str], *, cached: bool
) -> Callable[[Chosen | Refused], Examined]:
    """What a process of `--jobs` does with each file."""
    scorer = load_wanted_scorer(settings.model, settings.wanted(), cached=cached)
    scan = Scan(_Quiet(), settings, scorer, across=across)

    def examine(item: Chosen | Refused) -> Examined:
        examined = scan.examine(item)
        report = examined.report
        # A copy without what was worked out on the way: less to send.
        return (
            examined if report is None else replace(examined, report=replace(report, doc=replace(report.doc)))
        )

    return examine


def bug(error: Exception) -> str:
    """The line for an exception that nobody foresaw; raises it where the user wants to see it."""
    if os.environ.get("MTCHECK_TRACEBACK"):
        raise error
    return f"{BUG} ({type(error).__name__}: {error})"
