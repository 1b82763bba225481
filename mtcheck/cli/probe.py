"""`mtcheck probe`: how good a model is at English."""

from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from mtcheck.models import ModelError, find_model, load_scorer

# Of each document: books would outweigh articles.
CHARACTERS = 2000


def probe(
    model: Annotated[
        str | None, typer.Option(help="A model folder or hub:NAME. By default the shipped one.")
    ] = None,
    pairs: Annotated[Path | None, typer.Option(help="Minimal pairs, tab-separated.")] = None,
    heldout: Annotated[Path | None, typer.Option(help="JSON Lines of clean English.")] = None,
    documents: Annotated[
        int, typer.Option(help="Documents of the clean English to read, the beginning of each.", min=1)
    ] = 100,
) -> None:
    """Measure a language model: minimal pairs and pseudo-perplexity, every word hidden in turn."""
    from mtcheck.evaluate.corpora import read_texts
    from mtcheck.evaluate.language_model import judged_right, pseudo_perplexity, read_pairs

    try:
        if pairs is None and heldout is None:
            raise ValueError("nothing to measure: give --pairs, --heldout or both")
        scorer = load_scorer(find_model(model), exact=True)
        if pairs is not None:
            table = judged_right(scorer, read_pairs(pairs))
            for phenomenon, (right, asked) in sorted(table.items()):
                print(f"{phenomenon:40} {right:4} of {asked}")
            right, asked = (sum(t[i] for t in table.values()) for i in (0, 1))
            print(f"{'all':40} {right:4} of {asked} = {right / max(1, asked):.3f}")
        if heldout is not None:
            found = pseudo_perplexity(
                scorer, (t[:CHARACTERS] for t in islice(read_texts(heldout), documents))
            )
            print(f"pseudo-perplexity a word: {'none' if found is None else f'{found:.1f}'}")
    except (ModelError, OSError, ValueError) as error:
        typer.echo(f"mtcheck: error: {error}", err=True)
        raise typer.Exit(2) from None
