"""`mtcheck train`: corpus shards in, model folder out."""

from dataclasses import fields, replace
from pathlib import Path
from typing import Annotated, Any

import typer


def train(
    shards: Annotated[list[Path], typer.Argument(help="JSON Lines of clean English, plain or .zst.")],
    work: Annotated[
        Path, typer.Option(help="Folder for packed data and checkpoints; a run goes on from it.")
    ],
    out: Annotated[Path, typer.Option(help="The model folder to write.")],
    marked: Annotated[
        list[Path] | None, typer.Option(help="JSON Lines of machine translation with marked spans.")
    ] = None,
    vocabulary: Annotated[int, typer.Option(help="Tokens of the tokenizer.", min=100)] = 16384,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="A number of the recipe, as steps=60000. Repeatable.")
    ] = None,
) -> None:
    """Train a masked language model with an artefact head; on a GPU where there is one."""
    try:
        from mtcheck.training.pipeline import make_model
        from mtcheck.training.train import Recipe

        recipe = replace(Recipe(), **_numbers(set_ or [], Recipe()))
        make_model(shards, work, out, recipe, vocabulary=vocabulary, marked=marked)
    except (OSError, ValueError, ImportError) as error:
        typer.echo(f"mtcheck: error: {error}", err=True)
        raise typer.Exit(2) from None
    print(f"{out} written; mtcheck calibrate {out} sets its thresholds.")


def _numbers(given: list[str], recipe: Any) -> dict[str, Any]:
    """`steps=10` -> {"steps": 10}, in the type of the recipe's own. Raises ValueError with one line."""
    types = {f.name: type(getattr(recipe, f.name)) for f in fields(recipe)}
    found = {}
    for one in given:
        name, _, value = one.partition("=")
        if name not in types:
            raise ValueError(f"--set {one}: the recipe has {', '.join(types)}")
        try:
            found[name] = types[name](value)
        except ValueError:
            raise ValueError(f"--set {one}: {value!r} is no {types[name].__name__}") from None
    return found
