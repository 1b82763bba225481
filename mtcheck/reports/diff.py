"""The safe fixes of a scan as a unified diff, which `git apply` and `patch -p1` take.

Lines end as in the file. A byte-order mark is not in the report, so a diff of a
file's first line may not apply where it has one; `mtcheck fix` knows the file.
"""

import difflib
import os

from mtcheck.findings import Report
from mtcheck.reports.edits import edited, safe_edits
from mtcheck.reports.excerpt import safe
from mtcheck.reports.writer import Output, Summary

_NO_NEWLINE = "\\ No newline at end of file\n"


class DiffWriter:
    """Writes each file's diff as it comes; a file without safe fixes writes nothing."""

    def __init__(self, output: Output) -> None:
        self._stream = output.stream

    def report(self, report: Report) -> None:
        """Write one file's safe fixes."""
        before = report.doc.file_text
        diff = unified(report.doc.name, before, edited(before, safe_edits(report)))
        self._stream.write(printable(diff) if self._stream.isatty() else diff)

    def error(self, file: str, message: str) -> None:
        """Nothing: errors are for standard error, a diff is for a program."""

    def end(self, summary: Summary) -> None:
        """Nothing: the hunks are all."""


def unified(name: str, before: str, after: str) -> str:
    r"""The change as a unified diff with git's prefixes, "" when there is none.

    >>> print(unified("x.txt", "the the end", "the end"), end="")
    --- a/x.txt
    +++ b/x.txt
    @@ -1 +1 @@
    -the the end
    \ No newline at end of file
    +the end
    \ No newline at end of file
    """
    old, new = (_header(f"{side}/{name.lstrip('/')}") for side in "ab")
    lines = difflib.unified_diff(_lines(before), _lines(after), old, new)
    return "".join(line if line.endswith("\n") else f"{line}\n{_NO_NEWLINE}" for line in lines)


def printable(diff: str) -> str:
    """The diff as a terminal may be sent it; it may no longer apply."""
    return "".join(f"{safe(line)}\n" for line in diff.split("\n")[:-1])


def _lines(text: str) -> list[str]:
    """Lines as git counts them: the line feed alone ends one."""
    parts = text.split("\n")
    return [f"{p}\n" for p in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _header(name: str) -> str:
    r"""The name as git writes it: in quotes where a sign could be misread.

    >>> print(_header("a/new\nline.txt"))
    "a/new\012line.txt"
    """
    if any(ord(c) < 0x20 or c in '"\\\x7f' or 0x7F < ord(c) < 0xA0 or not c.isprintable() for c in name):
        signs = (chr(b) if 0x20 <= b < 0x7F and b not in b'"\\' else f"\\{b:03o}" for b in os.fsencode(name))
        return f'"{"".join(signs)}"'
    # A tab ends a name that holds a space.
    return f"{name}\t" if " " in name else name
