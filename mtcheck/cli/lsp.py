"""`mtcheck lsp`: the language server, on standard input and output."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from mtcheck.cli.choices import load_wanted_scorer
from mtcheck.cli.scan import WRONG_USE
from mtcheck.cli.settings import Settings, settings
from mtcheck.findings import Profile

_NEEDED = "the language server needs pygls; pip install 'mtcheck[lsp]'"


def lsp(
    model: Annotated[
        str | None, typer.Option(help="As in scan; none starts fastest and finds by rule alone.")
    ] = None,
    min_probability: Annotated[float | None, typer.Option(min=0, max=1, help="As in scan.")] = None,
    profile: Annotated[Profile | None, typer.Option(help="As in scan.")] = None,
    config: Annotated[
        Path | None, typer.Option(help="One configuration file for all documents, not the nearest of each.")
    ] = None,
) -> None:
    """Run the language server for an editor, which starts it itself."""
    try:
        from mtcheck.editor.server import serve
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in {"pygls", "lsprotocol"}:
            raise
        print(f"mtcheck: error: {_NEEDED}", file=sys.stderr)
        raise typer.Exit(WRONG_USE) from None

    def configure(folder: Path | None) -> Settings:
        return settings(
            only=[],
            skip=[],
            model=model,
            min_probability=min_probability,
            diff=None,
            baseline_file=None,
            update_baseline=False,
            fail_on=[],
            config=config if folder is not None else None,
            no_config=folder is None,
            folder=folder,
            profile=profile,
        )

    serve(configure, lambda chosen: load_wanted_scorer(chosen.model, chosen.wanted()))
