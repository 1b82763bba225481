"""What the user chose: detectors by id, the model by name."""

import difflib
import sys
from collections.abc import Iterable, Sequence

from mtcheck.detectors import DETECTORS
from mtcheck.findings import Detector
from mtcheck.models import ModelError, cached_scorer, find_model, load_scorer
from mtcheck.scoring.surprisal import Scorer

NO_MODEL = "none"


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """One line that says a name is unknown, with those that are near.

    >>> unknown("format", "jsn", ["text", "json"])
    'no format “jsn”; did you mean json?'
    """
    names = list(known)
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(names)}"
    return f"no {what} “{name}”; {hint}"


def chosen_detectors(only: Sequence[str], skip: Sequence[str]) -> tuple[Detector, ...]:
    """The detectors to run, in the order of the registry. Raises ValueError with one line."""
    ids = [d.id for d in DETECTORS]
    wanted, unwanted = _split(only), _split(skip)
    for name in [*wanted, *unwanted]:
        if name not in ids:
            raise ValueError(unknown("detector", name, ids))
    chosen = tuple(d for d in DETECTORS if (d.id in wanted or not wanted) and d.id not in unwanted)
    if ids and not chosen:
        raise ValueError("--only and --skip leave no detector")
    return chosen


def load_wanted_scorer(
    model: str | None, detectors: Sequence[Detector], *, cached: bool = True
) -> Scorer | None:
    """The scorer for `--model`, or None for rules only. Raises ValueError with one line.

    A `cached` one loads the model when it meets text that it has not seen.
    Where no model ships with mtcheck and none was asked for, a note says what
    did not run.
    """
    if model == NO_MODEL or not any(d.needs_scores for d in detectors):
        return None
    try:
        found = find_model(model)
    except ModelError as error:
        if model is not None:
            raise ValueError(str(error)) from None
        left_out = " and ".join(d.id for d in detectors if d.needs_scores)
        print(f"mtcheck: note: no model ships with this copy, so {left_out} will not run", file=sys.stderr)
        return None
    try:
        return cached_scorer(found) if cached else load_scorer(found)
    except ModelError as error:
        raise ValueError(str(error)) from None


def _split(names: Sequence[str]) -> list[str]:
    return [part.strip() for name in names for part in name.split(",") if part.strip()]
