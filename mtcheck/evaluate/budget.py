"""A guard: the noise must stay below a number and shares of labels above others.

A budget file is TOML, read beside the options of the command:

    max-noise = 0.5
    [min-recall]
    punctuation = 0.9
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Budget:
    """`max_noise` in findings per 1,000 clean words; `min_recall` is category of label -> share touched."""

    max_noise: float | None = None
    min_recall: Mapping[str, float] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for."""
        return self.max_noise is None and not self.min_recall


def parse_recall(options: Sequence[str]) -> dict[str, float]:
    """Category -> share from "category:share"; the category may hold colons itself.

    >>> parse_recall(["punctuation:0.9"])
    {'punctuation': 0.9}
    """
    wanted = {}
    for option in options:
        category, _, share = option.rpartition(":")
        try:
            value = float(share)
        except ValueError:
            value = -1.0
        if not category or not 0.0 <= value <= 1.0:
            raise ValueError(f"--min-recall {option}: not CATEGORY:SHARE with a share from 0 to 1")
        wanted[category] = value
    return wanted


def load_budget(path: Path) -> Budget:
    """Read a budget file. Raises OSError, or ValueError naming the file and what is wrong."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        unknown = set(table) - {"max-noise", "min-recall"}
        if unknown:
            raise ValueError(f"unknown key {sorted(unknown)[0]}")
        recall = table.get("min-recall", {})
        if not isinstance(recall, dict):
            raise ValueError("min-recall is no table")
        options = [f"{k}:{v}" for k, v in recall.items()]
        noise = table.get("max-noise")
        return Budget(None if noise is None else float(noise), parse_recall(options))
    except (TypeError, ValueError) as error:
        raise ValueError(f"{path}: {error}") from error


def joined(first: Budget, second: Budget) -> Budget:
    """Both budgets; the second speaks where both do."""
    noise = first.max_noise if second.max_noise is None else second.max_noise
    return Budget(noise, {**first.min_recall, **second.min_recall})


def broken(budget: Budget, results: Mapping[str, Any]) -> Iterator[str]:
    """One line for each promise that is not kept. What could not be measured is broken, too."""
    if budget.max_noise is not None:
        noise = results["noise"] and results["noise"]["per_1000"]
        if noise is None:
            yield "noise: no clean copy was given, so the budget can't be kept"
        elif noise > budget.max_noise:
            yield f"noise: {noise:.3f} findings per 1,000 clean words, at most {budget.max_noise:g} allowed"
    for category, least in budget.min_recall.items():
        labels, touched = 0, 0.0
        for told in results["datasets"].values():
            row = told.get("label_categories", {}).get(category)
            if row is not None:
                labels += row["labels"]
                touched += row["labels"] * row["hit_rate"]
        if not labels:
            yield f"recall of {category}: no label of this category"
        elif touched / labels < least:
            yield f"recall of {category}: {touched / labels:.3f} of {labels} labels, at least {least:g} asked"
