"""The work of `mtcheck fix`: the safe fixes of each file, as a diff or written to it."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from mtcheck.cli.scan import CLEAN, FOUND, WRONG_USE, Scan, bug
from mtcheck.files import Chosen, Refused, choose
from mtcheck.readers import BINARY_READERS, FOLDER_SUFFIXES, READERS, Unreadable, bytes_of, read_text
from mtcheck.readers.decode import MOST_BYTES, decode
from mtcheck.reports.diff import printable, unified
from mtcheck.reports.edits import edited, safe_edits
from mtcheck.reports.excerpt import safe
from mtcheck.workflow.rewrite import Coding, NotWritten, coding_of, rewrite

# A fix may bare another one ("the the the"); more rounds than this mean that two undo each other.
_MOST_ROUNDS = 10

# A word put into JSON, CSV or XML would have to be escaped, and Word is no text.
PROSE = FOLDER_SUFFIXES - set(BINARY_READERS)


@dataclass(frozen=True)
class _Fixed:
    before: bytes
    after: bytes
    diff: bytes
    number: int


@dataclass(frozen=True)
class Fix:
    """One run over many files; `scan` says what is found and what is allowed."""

    scan: Scan
    least: float
    write: bool

    def run(self, paths: Sequence[str]) -> int:
        """Fix all that `paths` name; return the exit status."""
        files = fixes = errors = 0
        for item in choose(paths, PROSE):
            if isinstance(item, Chosen) and not self.scan.is_wanted(item):
                continue
            name = self.scan.name_of(item)
            try:
                if isinstance(item, Refused):
                    raise NotWritten(item.message)
                done = self._fixed(item, name)
                self._deliver(done, item)
            except BrokenPipeError:
                raise
            except Exception as error:
                expected = isinstance(error, Unreadable | NotWritten)
                message = str(error).removeprefix(f"{name}: ") if expected else " ".join(bug(error).split())
                print(f"mtcheck: error: {safe(name)}: {safe(message)}", file=sys.stderr)
                errors += 1
                continue
            files += bool(done.number)
            fixes += done.number
        from_stdin = list(paths) == ["-"]
        if fixes and not from_stdin:
            end = "" if self.write else "; --write makes them"
            counted = (
                f"{fixes} {'fix' if fixes == 1 else 'fixes'} in {files} {'file' if files == 1 else 'files'}"
            )
            print(f"mtcheck: note: {counted}{end}", file=sys.stderr)
        if errors or self.scan.wrong_comments:
            return WRONG_USE
        return FOUND if fixes and not self.write and not from_stdin else CLEAN

    def _fixed(self, item: Chosen, name: str) -> _Fixed:
        suffix = PurePath(name).suffix
        if suffix.lower() in {*READERS, *BINARY_READERS} - {"", *PROSE}:
            raise NotWritten(f"fixes are not written to {suffix.lower()} files; mtcheck scan shows them")
        data = sys.stdin.buffer.read(MOST_BYTES + 1) if item.path is None else bytes_of(item.path)
        first = doc = read_text(decode(data, name), name, suffix)
        coding: Coding | None = None
        number = 0
        for turn in range(_MOST_ROUNDS):
            report = self.scan.report_on(doc, item, tells=not turn)
            edits = safe_edits(report, self.least, coding.encoding if coding else "utf-8")
            if edits and coding is None:
                coding = coding_of(data, doc.file_text)
                edits = safe_edits(report, self.least, coding.encoding)
            if not edits or coding is None:
                break
            number += len(edits)
            doc = read_text(edited(doc.file_text, edits), name, suffix)
        else:
            raise NotWritten("its fixes undo each other; nothing was changed")
        if coding is None:
            return _Fixed(data, data, b"", 0)
        diff = unified(name, coding.mark + first.file_text, coding.mark + doc.file_text)
        if sys.stdout.isatty():
            diff = printable(diff)
        # A diff is a list of lines, which UTF-16 can't give.
        wide = coding.encoding.startswith(("utf-16", "utf-32"))
        encoded = diff.encode("utf-8" if wide else coding.encoding, "replace")
        return _Fixed(data, coding.encoded(doc.file_text), encoded, number)

    def _deliver(self, done: _Fixed, item: Chosen) -> None:
        if item.path is None:
            _send(done.after)
        elif not self.write:
            _send(done.diff)
        elif done.number:
            rewrite(item.path, done.before, done.after)


def _send(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
