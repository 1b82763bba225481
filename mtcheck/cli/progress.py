"""A bar on standard error while many files, or a model, keep the user waiting."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from rich import progress
from rich.console import Console


class Progress:
    """Counts files on a terminal; does nothing where standard error is none, or is not `wanted`."""

    def __init__(self, *, total: int, wanted: bool) -> None:
        self._bar: progress.Progress | None = None
        if wanted and sys.stderr.isatty():
            self._bar = progress.Progress(
                progress.SpinnerColumn(),
                progress.BarColumn(),
                progress.MofNCompleteColumn(),
                progress.TimeElapsedColumn(),
                progress.TextColumn("{task.description}", markup=False),
                console=Console(stderr=True, highlight=False, markup=False),
                transient=True,
                refresh_per_second=4,
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self._task = self._bar.add_task("", total=total)
        self._done = 0

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def at(self, name: str) -> None:
        """Show which file is being read."""
        if self._bar is not None:
            self._bar.update(self._task, description=name, completed=self._done)
        self._done += 1

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Take the bar away while results are written to the same terminal."""
        if self._bar is not None:
            self._bar.stop()
        yield
        if self._bar is not None:
            self._bar.start()
