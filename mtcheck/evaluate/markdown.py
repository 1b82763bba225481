"""The measurement as Markdown: noise first, floor and ceiling beside every share."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_SHOWN = (
    ("hit_rate", "labels touched"),
    ("precision", "precision"),
    ("char_precision", "char P"),
    ("char_recall", "char R"),
    ("char_f1", "char F1"),
    ("credit_f1", "credit F1"),
    ("mcc", "word MCC"),
)
# Interval bounds in tables with many rows would hide the row's own numbers.
_MOST_ROWS = 40


def number(value: float | None, digits: int = 3) -> str:
    """A number for a table; a dash where nothing is known.

    >>> number(0.12345), number(None)
    ('0.123', '–')
    """
    return "–" if value is None else f"{value:.{digits}f}"


def with_interval(cell: Mapping[str, Any], key: str = "value", digits: int = 3) -> str:
    """A number with its 95 % interval in square brackets.

    >>> with_interval({"value": 0.5, "interval": (0.25, 0.75)}, digits=2)
    '0.50 [0.25, 0.75]'
    """
    sure = cell.get("interval")
    shown = number(cell.get(key), digits)
    return shown if sure is None else f"{shown} [{sure[0]:.{digits}f}, {sure[1]:.{digits}f}]"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Lines of a Markdown table; the first column left, the others right."""
    marks = ["---", *["---:"] * (len(head) - 1)]
    lines = [head, marks, *rows]
    return [f"| {' | '.join(str(c).replace('|', chr(92) + '|') for c in line)} |" for line in lines] + [""]


def as_markdown(results: Mapping[str, Any]) -> str:
    """The whole measurement."""
    lines = [
        "# What mtcheck finds",
        "",
        f"{results['signature']}; 95 % intervals from {results['resamples']} resamples of documents, "
        f"seed {results['seed']}.",
        "",
        *_noise(results),
        *_points(results["operating_points"]),
    ]
    for name, told in results["datasets"].items():
        lines += _dataset(name, told)
    return "\n".join(lines).rstrip() + "\n"


def _noise(results: Mapping[str, Any]) -> list[str]:
    told = results["noise"]
    if told is None:
        return ["No clean copy was given, so the noise is unknown.", ""]
    lines = [
        "## Noise",
        "",
        f"{with_interval(told, 'per_1000')} findings per 1,000 words of clean copy "
        f"({told['findings']} on {told['words']:,} words of {told['documents']} documents); "
        f"95th percentile of documents {number(told['p95'])}.",
        "",
    ]
    for head in ("detectors", "categories"):
        rows = [
            (name, str(r["findings"]), number(r["per_1000"]))
            for name, r in sorted(told[head].items(), key=lambda x: -x[1]["findings"])
        ]
        if rows:
            lines += table((head, "findings on clean copy", "per 1,000 words"), rows)
    return lines


def _points(points: Sequence[Mapping[str, Any]]) -> list[str]:
    if not points:
        return []
    rows = [
        (
            number(p["target"], 1),
            "none is sure enough" if p["threshold"] is None else number(p["threshold"]),
            f"{p['found_on_words']:,}",
            with_interval(p, "per_1000"),
            number(p.get("p95")),
        )
        for p in points
    ]
    head = (
        "findings per 1,000 clean words",
        "probability from",
        "found on words",
        "measured on other copy",
        "95th percentile",
    )
    return ["## Operating points", "", *table(head, rows)]


def _dataset(name: str, told: Mapping[str, Any]) -> list[str]:
    rate = 1000 * told["findings"] / told["words"] if told["words"] else None
    lines = [
        f"## {name}",
        "",
        f"{told['texts']:,} texts of {told['documents']:,} documents, {told['words']:,} words; "
        f"{told['findings']:,} findings, {number(rate)} per 1,000 words.",
        "",
    ]
    if "readings" in told:
        lines += _labelled(told)
    if "auroc" in told:
        lines += _auroc(told["auroc"])
    if "pairs" in told:
        rows = [
            (group, str(r["pairs"]), str(r["ties"]), with_interval(r, "won"))
            for group, r in told["pairs"].items()
        ]
        head = ("pair test (floor 0.500)", "pairs", "ties", "translation looks worse")
        lines += table(head, rows)
    if "references" in told:
        lines += _references(told["references"])
    return lines


def _labelled(told: Mapping[str, Any]) -> list[str]:
    alone = [] if len(told["readings"]) > 2 else ["One rater a text: no human ceiling is known here.", ""]
    lines = alone + table(
        ("", "spans", "labels", *(title for _, title in _SHOWN)),
        [(name, f"{r['found']:,}", f"{r['labels']:,}", *_ratios(r)) for name, r in told["readings"].items()],
    )
    if told["at_points"]:
        lines += table(
            ("at noise of", "findings", *(title for _, title in _SHOWN)),
            [(number(p["target"], 1), str(p["found"]), *_ratios(p)) for p in told["at_points"]],
        )
    for field, groups in told["groups"].items():
        lines += table(
            (field, "findings", "labels", *(title for _, title in _SHOWN)),
            [(n or "–", f"{g['found']:,}", f"{g['labels']:,}", *_ratios(g)) for n, g in groups.items()],
        )
    common = sorted(told["label_categories"].items(), key=lambda x: -x[1]["labels"])[:_MOST_ROWS]
    lines += table(
        ("category of label", "labels", "touched"),
        [(n or "–", str(r["labels"]), with_interval(r, "hit_rate")) for n, r in common],
    )
    for key, head in (("detectors", "detector"), ("finding_categories", "category of finding")):
        lines += table(
            (head, "findings", "hits", "precision", "labels touched"),
            [
                (n, str(r["findings"]), str(r["hits"]), with_interval(r, "precision"), number(r["hit_rate"]))
                for n, r in told[key].items()
            ],
        )
    lines += [f"Expected calibration error: {number(told['calibration_error'])}.", ""]
    if told["reliability"]:
        lines += table(
            ("probability", "findings", "said", "observed"),
            [
                (
                    f"{b['low']:.1f}–{b['high']:.1f}",
                    str(b["findings"]),
                    number(b["mean"]),
                    number(b["observed"]),
                )
                for b in told["reliability"]
            ],
        )
    return lines


def _ratios(row: Mapping[str, Any]) -> list[str]:
    return [with_interval(row["ratios"][key]) for key, _ in _SHOWN]


def _auroc(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    levels = ("sentence", "chunk", "article")
    shown = [
        (
            _who(r),
            *(with_interval(r["levels"][level]) if level in r["levels"] else "–" for level in levels),
        )
        for r in rows
    ]
    head = ("AUROC (floor 0.500)", "sentences", "ten sentences", "articles")
    return table(head, shown)


def _who(row: Mapping[str, Any]) -> str:
    return " ".join(x for x in (row["language"], row["system"], row["year"]) if x) or "all"


def _references(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    names = list(rows[0]["scores"])
    lines = table(
        ("against the reference", "texts", *names),
        [(_who(r), f"{r['texts']:,}", *(number(r["scores"][n]["score"], 1) for n in names)) for r in rows],
    )
    signatures = (f"{n}: `{rows[0]['scores'][n]['signature']}`" for n in names)
    return [*lines, f"Signatures: {', '.join(signatures)}.", ""]
