"""`mtcheck calibrate`: a model's thresholds from measured copy, one's own included."""

from pathlib import Path
from typing import Annotated

import typer

from mtcheck.models import ModelError, find_model


def calibrate(
    model: Annotated[str, typer.Argument(help="The model folder; its calibration.json is written.")],
    clean: Annotated[
        list[Path],
        typer.Option(
            help="Clean copy: JSON Lines of id or doc and text, or a labelled set (folder). Repeatable."
        ),
    ],
    marked: Annotated[
        list[Path] | None,
        typer.Option(help="Machine translation with marked spans: JSON Lines, or a labelled set (folder)."),
    ] = None,
    pairs: Annotated[
        list[Path] | None, typer.Option(help="JSON Lines of passages by machine and by people.")
    ] = None,
    max_per_1k: Annotated[
        float, typer.Option(help="Noise budget of suspect-wording per 1,000 clean words.", min=0.0)
    ] = 0.2,
) -> None:
    """Set a model's thresholds and probabilities from copy that people judged."""
    from mtcheck.training.calibrate import Material, calibrate

    def say(line: str) -> None:
        typer.echo(f"mtcheck: {line}", err=True)

    try:
        folder = Path(find_model(model))
        material = Material(tuple(marked or ()), tuple(pairs or ()), tuple(clean))
        made = calibrate(folder, material, max_per_1k=max_per_1k, say=say)
    except (ModelError, OSError, ValueError) as error:
        say(f"error: {error}")
        raise typer.Exit(2) from None
    for name, value in sorted(made.thresholds.items()):
        print(f"{name}: {value:g}")
