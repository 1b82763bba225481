"""Finding a model on disk and loading it; torch is imported only when one is loaded."""

import os
from importlib.resources import files
from pathlib import Path

from mtcheck.scoring.cache import CachedScorer, ScoreCache
from mtcheck.scoring.calibration import load_calibration
from mtcheck.scoring.model_folder import signature
from mtcheck.scoring.surprisal import Scorer

HUB = "hub:"


class ModelError(Exception):
    """One line: what is wrong with the model, and the way out."""


def _shelves() -> list[Path]:
    """Folders that may hold models: the user's, the wheel's, the checkout's."""
    shelves = [Path(p) for p in [os.environ.get("MTCHECK_MODELS", "")] if p]
    package = Path(str(files("mtcheck")))
    return [*shelves, package / "shipped_models", package.parent / "models"]


def _is_model(folder: Path) -> bool:
    return (folder / "config.json").is_file() and (folder / "tokenizer.json").is_file()


def find_model(name: str | None) -> str:
    """Return the folder (or, behind `hub:`, the hub name) of a model.

    None asks for the newest model that ships with mtcheck: their names begin
    with a date. Raises ModelError if there is none.
    """
    if name is not None and name.startswith(HUB):
        return name
    if name is not None:
        for folder in [Path(name), *(s / name for s in _shelves())]:
            if _is_model(folder):
                return str(folder)
        raise ModelError(
            f"{name}: no model there (config.json and tokenizer.json wanted); "
            "give a model folder, hub:NAME, or --model none"
        )
    for shelf in _shelves():
        found = sorted(f for f in shelf.glob("*") if _is_model(f)) if shelf.is_dir() else []
        if found:
            return str(found[-1])
    raise ModelError("no model ships with this copy of mtcheck; give --model PATH or --model none")


def load_scorer(model: str, *, exact: bool = False) -> Scorer:
    """Load what `find_model` found; `exact` hides every word in turn, suspicious or not.

    Raises ModelError if it is no masked language model.
    """
    try:
        from safetensors import SafetensorError

        from mtcheck.scoring.masked_lm import MaskedLM
    except ImportError as error:
        raise ModelError(f"{model}: {error}; install torch and transformers, or give --model none") from error
    try:
        return MaskedLM(model, exact=exact)
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ModelError(f"{model}: not a masked language model that can be read ({reason})") from error


def cached_scorer(model: str) -> Scorer:
    """A scorer for what `find_model` found that loads the model only for text it has not seen.

    Scores are kept in the user's cache folder, or in $MTCHECK_CACHE. What comes
    from a hub is loaded at once. Raises ModelError, now or when text is scored.
    """
    if model.startswith(HUB):
        return load_scorer(model)
    folder = Path(model)
    try:
        about, thresholds = signature(folder), load_calibration(folder).thresholds
    except (OSError, ValueError) as error:
        raise ModelError(f"{model}: not a masked language model that can be read ({error})") from error
    return CachedScorer(lambda: load_scorer(model), about, thresholds, ScoreCache(cache_file()))


def cache_file() -> Path:
    """Where scores are kept between scans."""
    import platformdirs

    folder = os.environ.get("MTCHECK_CACHE") or platformdirs.user_cache_dir("mtcheck", appauthor=False)
    return Path(folder) / "scores.sqlite"
