"""The configuration file: `mtcheck.toml`, or `[tool.mtcheck]` in `pyproject.toml`.

The nearest one upward from the working directory counts; its patterns and
paths are relative to the folder it lies in. An unknown key is an error.
"""

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mtcheck.findings import Profile
from mtcheck.workflow.patterns import matches

OWN_NAME, SHARED_NAME = "mtcheck.toml", "pyproject.toml"
_KEYS = (
    "only",
    "skip",
    "model",
    "min_probability",
    "profile",
    "exclude",
    "baseline",
    "fail_on",
    "names",
    "precision",
    "style",
    "paths",
)
_PATH_KEYS = ("match", "only", "skip", "min_probability", "profile")

STARTER = """\
# Settings of mtcheck. Options of the command line beat this file.

# Run these detectors alone, or leave some out; "mtcheck detectors" lists them.
# only = ["exonym"]
# skip = ["letter-case"]

# A model folder, "hub:NAME", or "none" for the rules alone.
# model = "none"

# Report only what a reader would agree with so often.
# min_probability = 0.5

# How much noise is borne: ci (at most 0.5 findings per 1,000 clean words), default (2), thorough (10).
# profile = "ci"

# Files that are not read, as patterns.
# exclude = ["drafts", "**/*.html"]

# Findings that are known; "mtcheck scan --update-baseline" writes the file.
# baseline = "mtcheck-baseline.json"

# Exit with 1 only for these detectors or categories, perhaps from a probability on.
# fail_on = ["untranslated", "mistranslation:0.8"]

# The desk's own names: tables of variant and preferred form, with a tab between.
# names = ["house-names.tsv"]

# How often each detector is right for this desk; "mtcheck decisions" writes the file.
# precision = "desk-precision.json"

# The forms of names that a house prints: ap, bbc, guardian or reuters.
# style = "ap"

# [[paths]]
# match = "sport/**"
# skip = ["exonym"]
"""


class ConfigurationError(ValueError):
    """A file that can't be used, in one line that names it."""


@dataclass(frozen=True)
class PathSection:
    """Settings for the files that match one pattern."""

    match: str
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    min_probability: float | None = None
    profile: Profile | None = None


@dataclass(frozen=True)
class Configuration:
    """What a file says; `folder` is where its patterns start, and empty fields are those it leaves out."""

    name: str = ""
    folder: Path | None = None
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    model: str | None = None
    min_probability: float | None = None
    profile: Profile | None = None
    exclude: tuple[str, ...] = ()
    baseline: Path | None = None
    fail_on: tuple[str, ...] = ()
    names: tuple[Path, ...] = ()
    precision: Path | None = None
    style: str | None = None
    paths: tuple[PathSection, ...] = ()

    def is_excluded(self, path: Path) -> bool:
        """Whether a pattern of `exclude` matches."""
        relative = self._relative(path)
        return relative is not None and any(matches(p, relative) for p in self.exclude)

    def section_for(self, path: Path) -> PathSection | None:
        """The last section that matches, so that special ones stand below general ones."""
        relative = self._relative(path)
        if relative is None:
            return None
        return next((s for s in reversed(self.paths) if matches(s.match, relative)), None)

    def _relative(self, path: Path) -> str | None:
        if self.folder is None:
            return None
        try:
            return Path(os.path.abspath(path)).relative_to(self.folder).as_posix()
        except ValueError:
            return None


def find(start: Path) -> Path | None:
    """The nearest configuration file upward from `start`. Raises ConfigurationError."""
    for folder in (start, *start.parents):
        if (folder / OWN_NAME).is_file():
            return folder / OWN_NAME
        shared = folder / SHARED_NAME
        if shared.is_file() and "mtcheck" in _tool(_parsed(shared), shared):
            return shared
    return None


def load(file: Path) -> Configuration:
    """Read and check a configuration file. Raises ConfigurationError."""
    data = _parsed(file)
    if file.name == SHARED_NAME:
        data = _tool(data, file).get("mtcheck", {})
    table = _Table(file, data, _KEYS, "")
    sections = []
    raw = data.get("paths", [])
    if not isinstance(raw, list):
        raise ConfigurationError(f"{file}: “paths” is written as [[paths]] sections")
    for number, item in enumerate(raw, 1):
        part = _Table(file, item, _PATH_KEYS, f"paths {number}: ")
        match = part.text("match")
        if not match:
            raise ConfigurationError(f"{file}: paths {number}: “match” is missing")
        only, skip = part.names("only"), part.names("skip")
        sections.append(PathSection(match, only, skip, part.probability(), part.profile()))
    folder = Path(os.path.abspath(file)).parent
    baseline, model = table.text("baseline"), table.text("model")
    precision = table.text("precision")
    if model and (folder / model).is_dir():
        model = str(folder / model)
    return Configuration(
        name=str(file),
        folder=folder,
        only=table.names("only"),
        skip=table.names("skip"),
        model=model,
        min_probability=table.probability(),
        profile=table.profile(),
        exclude=table.names("exclude"),
        baseline=folder / baseline if baseline else None,
        fail_on=table.names("fail_on"),
        style=table.text("style"),
        precision=folder / precision if precision else None,
        names=tuple(folder / n for n in table.names("names")),
        paths=tuple(sections),
    )


@dataclass(frozen=True)
class _Table:
    file: Path
    data: Mapping[str, Any]
    keys: tuple[str, ...]
    where: str

    def __post_init__(self) -> None:
        if not isinstance(self.data, dict):
            raise self._wrong("must be a table")
        for key in self.data:
            if key not in self.keys:
                near = difflib.get_close_matches(key, self.keys, n=1, cutoff=0.0)
                raise self._wrong(f"no key “{key}”; did you mean {near[0]}?")

    def text(self, key: str) -> str | None:
        value = self.data.get(key)
        if value is not None and (not isinstance(value, str) or "\0" in value):
            raise self._wrong(f"“{key}” must be a string")
        return value

    def names(self, key: str) -> tuple[str, ...]:
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
            raise self._wrong(f"“{key}” must be a list of strings")
        return tuple(value)

    def probability(self) -> float | None:
        value = self.data.get("min_probability")
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self._wrong("“min_probability” must be a number from 0 to 1")
        return float(value)

    def profile(self) -> Profile | None:
        value = self.text("profile")
        if value is None:
            return None
        try:
            return Profile(value)
        except ValueError:
            raise self._wrong(f"“profile” must be {', '.join(Profile)}") from None

    def _wrong(self, why: str) -> ConfigurationError:
        return ConfigurationError(f"{self.file}: {self.where}{why}")


def _parsed(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise ConfigurationError(f"{file}: no such file") from None
    except OSError as error:
        raise ConfigurationError(f"{file}: can't be read ({error.strerror})") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        reason = "nested too deep" if isinstance(error, RecursionError) else error
        raise ConfigurationError(f"{file}: not TOML ({reason})") from None


def _tool(data: Mapping[str, Any], file: Path) -> dict[str, Any]:
    tool = data.get("tool", {})
    if not isinstance(tool, dict):
        raise ConfigurationError(f"{file}: “tool” must be a table")
    return tool
