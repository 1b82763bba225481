"""`mtcheck eval`: what the findings are worth, on labelled sets and on clean copy."""

import json
from pathlib import Path
from typing import Annotated

import typer

from mtcheck.cli.choices import load_wanted_scorer, unknown
from mtcheck.detectors import DETECTORS
from mtcheck.findings import Profile

BROKEN, WRONG_USE = 1, 2
_FORMATS = ("markdown", "json", "html")


def evaluate(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH", help="Corpora folders, JSON Lines, MQM .tsv, .mt (and .tags), DEMETR .json."
        ),
    ],
    model: Annotated[
        str | None, typer.Option(help="A model folder, hub:NAME, or none. By default none: rules alone.")
    ] = "none",
    profile: Annotated[Profile, typer.Option(help="As in scan.")] = Profile.DEFAULT,
    split: Annotated[
        str | None, typer.Option(help="Only this half of a corpora folder: dev or test.")
    ] = None,
    write_precision: Annotated[
        Path | None, typer.Option(help="Write each detector's precision to this file, as mtcheck reads it.")
    ] = None,
    format_: Annotated[
        str, typer.Option("--format", "-f", help=f"One of: {', '.join(_FORMATS)}.")
    ] = "markdown",
    against: Annotated[
        Path | None, typer.Option(help="An earlier --format json: differences, with a paired bootstrap.")
    ] = None,
    thresholds_from: Annotated[
        list[Path] | None,
        typer.Option(help="Clean copy that finds the operating points; by default half of what is measured."),
    ] = None,
    references: Annotated[bool, typer.Option(help="BLEU, chrF and TER where a set has references.")] = True,
    max_noise: Annotated[
        float | None, typer.Option(help="Exit with 1 above so many findings per 1,000 clean words.", min=0.0)
    ] = None,
    min_recall: Annotated[
        list[str] | None,
        typer.Option(metavar="CATEGORY:SHARE", help="Exit with 1 if fewer labels of a category are touched."),
    ] = None,
    budget: Annotated[Path | None, typer.Option(help="A TOML file with max-noise and [min-recall].")] = None,
    resamples: Annotated[int, typer.Option(help="Resamples of the bootstrap.", min=100)] = 1000,
    seed: Annotated[int, typer.Option(help="Seed of the bootstrap.", min=0)] = 20261123,
) -> None:
    """Measure: noise on clean copy, labels touched, precision, ranking, calibration.

    Exit status: 0, or 1 where a budget is broken, 2 wrong use.
    """
    from mtcheck.evaluate.against import as_rows, as_table, differences, load_earlier
    from mtcheck.evaluate.budget import Budget, broken, joined, load_budget, parse_recall
    from mtcheck.evaluate.datasets import read_records
    from mtcheck.evaluate.markdown import as_markdown
    from mtcheck.evaluate.measure import precision_table, tally
    from mtcheck.evaluate.outcomes import Checker
    from mtcheck.evaluate.page import as_page
    from mtcheck.evaluate.results import measured

    try:
        if format_ not in _FORMATS:
            raise ValueError(unknown("format", format_, _FORMATS))
        asked = joined(
            load_budget(budget) if budget else Budget(), Budget(max_noise, parse_recall(min_recall or []))
        )
        earlier = load_earlier(against) if against else None
        scorer = load_wanted_scorer(model, DETECTORS, cached=False)
        records = [r for p in paths for r in read_records(Path(p), split=split)]
        elsewhere = [r for p in thresholds_from or [] for r in read_records(p)]
        if thresholds_from and not any(r.clean for r in elsewhere):
            raise ValueError("--thresholds-from holds no clean copy")
        checker = Checker(scorer=scorer, profile=profile)
        results = measured(
            records,
            checker,
            thresholds_from=elsewhere,
            references=references,
            resamples=resamples,
            seed=seed,
        )
        changes = differences(earlier, results) if earlier is not None else None
        if write_precision is not None:
            counts = tally(checker.checked(r) for r in records)
            write_precision.write_text(precision_table(counts), "utf-8")
    except (ValueError, OSError) as error:
        typer.echo(f"mtcheck: error: {error}", err=True)
        raise typer.Exit(WRONG_USE) from None
    failures = list(broken(asked, results))
    if format_ == "json":
        extra = {"differences": as_rows(changes)} if changes is not None else {}
        print(json.dumps({**results, **extra}, ensure_ascii=False, allow_nan=False))
    elif format_ == "html":
        print(as_page(results, changes))
    else:
        print(as_markdown(results) + (f"\n{as_table(changes)}" if changes is not None else ""))
    for line in failures:
        typer.echo(f"mtcheck: budget broken: {line}", err=True)
    if failures:
        raise typer.Exit(BROKEN)
