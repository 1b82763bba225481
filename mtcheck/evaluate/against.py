"""Is this better than before? The same documents, drawn by the same dice, then and now."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mtcheck.evaluate.bootstrap import paired_difference
from mtcheck.evaluate.counts import Counts
from mtcheck.evaluate.markdown import number, table
from mtcheck.evaluate.noise import per_1000
from mtcheck.evaluate.pairs import win_rate
from mtcheck.evaluate.ratios import RATIOS
from mtcheck.evaluate.results import VERSION

_COMPARED = ("hit_rate", "precision", "char_f1", "credit_f1", "mcc")
# With dozens of comparisons one in twenty is "significant" by luck; say so rather than adjust in silence.
LEVEL = 0.05


@dataclass(frozen=True)
class Difference:
    """Later minus earlier on the documents that both measured; `p` is two-sided."""

    dataset: str
    ratio: str
    documents: int
    difference: float
    interval: tuple[float, float]
    p: float


def load_earlier(path: Path) -> dict[str, Any]:
    """Read what `mtcheck eval --format json` wrote. Raises OSError, or ValueError naming the file."""
    try:
        earlier = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise ValueError(f"{path}: no JSON ({error})") from error
    if not isinstance(earlier, dict) or earlier.get("version") != VERSION or "datasets" not in earlier:
        raise ValueError(f"{path}: not an earlier result of mtcheck eval --format json")
    return earlier


def differences(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> list[Difference]:
    """Every difference that can be tested: noise, ratios against all raters, pair tests."""
    resamples, seed = later["resamples"], later["seed"]
    found = []
    for dataset, fields, name, ratio, before, after in _tables(earlier, later):
        common = sorted(before.keys() & after.keys())
        told = paired_difference(
            [before[d] for d in common],
            [after[d] for d in common],
            fields,
            ratio,
            resamples=resamples,
            seed=seed,
        )
        if told is not None:
            found.append(Difference(dataset, name, len(common), *told))
    return found


def _tables(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    if earlier.get("noise") and later.get("noise"):
        tables = earlier["noise"]["by_document"], later["noise"]["by_document"]
        yield "clean copy", ("words", "findings"), "noise per 1,000 words", per_1000, *tables
    for dataset, after in later["datasets"].items():
        before = earlier["datasets"].get(dataset, {})
        if "by_document" in before and "by_document" in after:
            for name in _COMPARED:
                yield dataset, Counts._fields, name, RATIOS[name], before["by_document"], after["by_document"]
        if "pairs_by_document" in before and "pairs_by_document" in after:
            tables = before["pairs_by_document"], after["pairs_by_document"]
            yield dataset, ("pairs", "wins", "ties"), "pairs won", win_rate, *tables


def as_table(found: Sequence[Difference]) -> str:
    """The differences as Markdown."""
    rows = [
        (
            d.dataset,
            d.ratio,
            str(d.documents),
            f"{d.difference:+.3f} [{d.interval[0]:+.3f}, {d.interval[1]:+.3f}]",
            number(d.p),
            "yes" if d.p < LEVEL else "no",
        )
        for d in found
    ]
    head = ("set", "ratio", "common documents", "now minus then", "p", f"p < {LEVEL}")
    lines = [
        "## Against the earlier result",
        "",
        f"Paired bootstrap over documents; of {len(found)} comparisons about {LEVEL * len(found):.0f} "
        "would pass by luck alone.",
        "",
        *table(head, rows),
    ]
    return "\n".join(lines)


def as_rows(found: Sequence[Difference]) -> list[dict[str, Any]]:
    """The differences for JSON."""
    return [asdict(d) for d in found]
