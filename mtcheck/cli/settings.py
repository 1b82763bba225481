"""The settings of a scan: the configuration file, beaten by the command line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mtcheck.cli.choices import chosen_detectors
from mtcheck.detectors import DETECTORS
from mtcheck.findings import Detector, Profile
from mtcheck.lexicon.names import NameDictionary, load_names
from mtcheck.lexicon.own_names import read_all, style_file
from mtcheck.workflow import baseline, configuration, failing
from mtcheck.workflow.baseline import Baseline
from mtcheck.workflow.changed_lines import ChangedLines, changed_since
from mtcheck.workflow.configuration import Configuration
from mtcheck.workflow.decisions import load_precision


@dataclass(frozen=True)
class Settings:
    """What holds for every file of a scan, and what the file says of single ones."""

    detectors: tuple[Detector, ...]
    model: str | None = None
    min_probability: float | None = None
    profile: Profile = Profile.DEFAULT
    configuration: Configuration = Configuration()  # noqa: RUF009 (frozen)
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    probability_given: bool = False
    profile_given: bool = False
    baseline: Baseline | None = None
    update_baseline: bool = False
    changed: ChangedLines | None = None
    fail_on: tuple[failing.FailOn, ...] = ()
    names: NameDictionary | None = None
    across: bool = False
    precision: Mapping[str, float] | None = None

    def for_path(self, path: Path | None) -> tuple[tuple[Detector, ...], float | None, Profile]:
        """Detectors, least probability and profile for one file; the command line beats its section."""
        section = self.configuration.section_for(path) if path is not None else None
        if section is None:
            return self.detectors, self.min_probability, self.profile
        only = self.only or section.only or self.configuration.only
        skip = self.skip or (() if self.only else (*self.configuration.skip, *section.skip))
        detectors = tuple(d for d in DETECTORS if (not only or d.id in only) and d.id not in skip)
        least = self.min_probability
        if section.min_probability is not None and not self.probability_given:
            least = section.min_probability
        profile = self.profile if self.profile_given else section.profile or self.profile
        return detectors, least, profile

    def wanted(self) -> tuple[Detector, ...]:
        """All detectors that may run on some file."""
        more = {i for s in self.configuration.paths for i in s.only} if not self.only else set()
        return (*self.detectors, *(d for d in DETECTORS if d.id in more and d not in self.detectors))


def settings(
    *,
    only: Sequence[str],
    skip: Sequence[str],
    model: str | None,
    min_probability: float | None,
    diff: str | None,
    baseline_file: Path | None,
    update_baseline: bool,
    fail_on: Sequence[str],
    config: Path | None,
    no_config: bool,
    names: Sequence[Path] = (),
    style: str | None = None,
    across: bool = False,
    profile: Profile | None = None,
    precision: Path | None = None,
    folder: Path | None = None,
) -> Settings:
    """Join the command line and the file. Raises ValueError with one line.

    The file is looked for from `folder` upward, by default from the working directory.
    """
    said = _configured(config, no_config=no_config, folder=folder or Path.cwd())
    known_file = baseline_file or said.baseline
    if update_baseline and known_file is None:
        raise ValueError("--update-baseline needs --baseline FILE")
    if update_baseline and diff is not None:
        raise ValueError("--update-baseline needs a whole scan; leave out --diff")
    ids = [d.id for d in DETECTORS]
    return Settings(
        # What the command line asks for by name runs, even if the file skips it.
        detectors=chosen_detectors(only or said.only, skip or (() if only else said.skip)),
        model=model if model is not None else said.model,
        min_probability=min_probability if min_probability is not None else said.min_probability,
        profile=profile or said.profile or Profile.DEFAULT,
        configuration=said,
        only=_split(only),
        skip=_split(skip),
        probability_given=min_probability is not None,
        profile_given=profile is not None,
        baseline=_known(known_file, may_be_missing=update_baseline) if known_file is not None else None,
        update_baseline=update_baseline,
        changed=changed_since(diff, Path.cwd()) if diff is not None else None,
        fail_on=failing.parsed(fail_on or said.fail_on, ids),
        names=_own_names(style or said.style, [*said.names, *names]),
        across=across,
        precision=load_precision(shares) if (shares := precision or said.precision) else None,
    )


def _own_names(style: str | None, tables: Sequence[Path]) -> NameDictionary | None:
    """The names that ship, a house's forms on top of them, and the desk's own on top of those."""
    chosen = [*([style_file(style)] if style else []), *tables]
    return load_names().with_rows(read_all(chosen)) if chosen else None


def _configured(config: Path | None, *, no_config: bool, folder: Path) -> Configuration:
    if no_config:
        if config is not None:
            raise ValueError("--config and --no-config exclude each other")
        return Configuration()
    file = config or configuration.find(folder)
    if file is None:
        return Configuration()
    said = configuration.load(file)
    try:
        for only, skip in [(said.only, said.skip), *((s.only, s.skip) for s in said.paths)]:
            chosen_detectors(only, skip)
        failing.parsed(said.fail_on, [d.id for d in DETECTORS])
    except ValueError as error:
        raise ValueError(f"{file}: {error}") from None
    return said


def _known(file: Path, *, may_be_missing: bool) -> Baseline:
    try:
        return baseline.load(file)
    except FileNotFoundError:
        if may_be_missing:
            return Baseline(file)
        raise ValueError(f"{file}: no such baseline; --update-baseline writes it") from None


def _split(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(part.strip() for name in names for part in name.split(",") if part.strip())
