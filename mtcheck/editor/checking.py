"""Checks a version of a document with the settings of its workspace, first by rule, then with the model."""

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Protocol

from mtcheck.check import check
from mtcheck.detectors import DETECTORS
from mtcheck.editor.checked import Checked, Version
from mtcheck.editor.languages import name_of, path_of
from mtcheck.findings import Detector, Profile, Report
from mtcheck.lexicon.names import NameDictionary
from mtcheck.readers import read_text
from mtcheck.scoring.surprisal import Scorer
from mtcheck.workflow import configuration, suppression
from mtcheck.workflow.baseline import Baseline
from mtcheck.workflow.configuration import Configuration


class Settings(Protocol):
    """What a configuration file and the command line say together."""

    @property
    def model(self) -> str | None:
        """The model's name, None for the one that ships."""
        ...

    @property
    def names(self) -> NameDictionary | None:
        """The desk's own names, if it has any."""
        ...

    @property
    def precision(self) -> Mapping[str, float] | None:
        """How often detectors are right for the desk, if it counted."""
        ...

    @property
    def baseline(self) -> Baseline | None:
        """The findings that are known."""
        ...

    @property
    def configuration(self) -> Configuration:
        """What the file says."""
        ...

    def for_path(self, path: Path | None) -> tuple[tuple[Detector, ...], float | None, Profile]:
        """The detectors and the least probability for one file."""
        ...

    def wanted(self) -> Sequence[Detector]:
        """All detectors that may run."""
        ...


# The settings that hold in a folder, or without any file for None. Raises ValueError with one line.
Configure = Callable[[Path | None], Settings]


class Workspace:
    """The settings of each folder, read again when their file changes."""

    def __init__(self, configure: Configure) -> None:
        self._configure = configure
        self._known: dict[Path, tuple[object, Settings]] = {}

        self._lock = Lock()

    def settings(self, path: Path | None) -> tuple[Settings, str]:
        """The settings for a file, and "" or what is wrong with them.

        While a configuration file can't be used, the last one that could holds.
        """
        folder = Path(os.path.abspath(path)).parent if path is not None else Path.cwd()
        with self._lock:
            known = self._known.get(folder)
            try:
                stamp = _stamp(folder)
                if known is None or known[0] != stamp:
                    known = self._known[folder] = (stamp, self._configure(folder))
            except (ValueError, OSError) as error:
                return (known[1] if known is not None else self._configure(None)), str(error)
            return known[1], ""

    def forget(self) -> None:
        """Read everything anew: tables of names carry no stamp."""
        with self._lock:
            self._known = {folder: (_STALE, settings) for folder, (_, settings) in self._known.items()}


_STALE = object()


def _stamp(folder: Path) -> object:
    file = configuration.find(folder)
    return None if file is None else (file, file.stat().st_mtime_ns, file.stat().st_size)


def checked(version: Version, settings: Settings, scorer: Scorer | None) -> Checked:
    """Check one version. Raises Unreadable, or ModelError where the model can't be loaded."""
    path = path_of(version.uri)
    name = name_of(version.uri, version.suffix)
    doc = suppression.without_comments(read_text(version.text, name, version.suffix))
    if path is not None and settings.configuration.is_excluded(path):
        return Checked(version, Report(doc, (), (), {}, ""))
    detectors, least, profile = settings.for_path(path)
    report = check(
        doc,
        detectors=detectors,
        scorer=scorer,
        min_probability=least,
        names=settings.names,
        profile=profile,
        precision=settings.precision,
    )
    said = suppression.read(doc, [d.id for d in DETECTORS], date.today())
    report, _notes = said.applied(report)
    if settings.baseline is not None and path is not None:
        report = settings.baseline.without_known(report)
    return Checked(version, report, said.errors)
