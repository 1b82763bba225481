"""What every writer of reports is given and has to do."""

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Protocol, TextIO

from mtcheck.findings import Report


@dataclass(frozen=True)
class Output:
    """Where a report goes; `width` is that of the terminal in cells."""

    stream: TextIO
    color: bool = False
    width: int = 100


@dataclass(frozen=True)
class Summary:
    """The counts of a whole scan. `files` were read; `errors` are what could not be."""

    files: int = 0
    files_with_findings: int = 0
    findings: int = 0
    errors: int = 0


class Writer(Protocol):
    """Writes a scan out, file by file."""

    def report(self, report: Report) -> None:
        """Write the findings of one file."""
        ...

    def error(self, file: str, message: str) -> None:
        """Take note of a file that could not be checked; the command line has told the user."""
        ...

    def end(self, summary: Summary) -> None:
        """Write what comes last."""
        ...


def installed_version() -> str:
    """The version of mtcheck that is installed, "0" if it runs uninstalled."""
    try:
        return version("mtcheck")
    except PackageNotFoundError:
        return "0"
