"""`mtcheck names`: look a name up, check a desk's own table, add to it."""

from pathlib import Path
from typing import Annotated

import typer

from mtcheck.lexicon.names import load_names
from mtcheck.lexicon.own_names import add_own_name, read_all, read_own_names
from mtcheck.lexicon.transliteration import transliterated

app = typer.Typer(no_args_is_help=True, help="Look names up; keep a desk's own table of them.")
WRONG_USE = 2


@app.command()
def lookup(
    name: Annotated[list[str], typer.Argument(help="A name, in quotes if it has several words.")],
    names: Annotated[list[Path] | None, typer.Option(help="A desk's own table as well.")] = None,
) -> None:
    """Say what mtcheck knows of a spelling. Exit status 1 if it knows nothing of one of them."""
    try:
        dictionary = load_names().with_rows(read_all(names or ()))
    except ValueError as error:
        _refuse(error)
    unknown = False
    for one in name:
        entry = dictionary.lookup(one)
        ruled = transliterated(one) if entry is None else None
        if entry is not None and entry.relation == "valid":
            print(f"{one}: right as it is ({entry.source})")
        elif entry is not None:
            about = " ".join(p for p in (entry.kind, entry.relation, entry.language) if p)
            print(f"{one}: {entry.preferred} ({about}; {entry.source})")
        elif ruled is not None:
            print(f"{one}: {ruled.english} (by rule: a spelling of {ruled.language})")
        else:
            print(f"{one}: unknown")
            unknown = True
    raise typer.Exit(1 if unknown else 0)


@app.command()
def check(files: Annotated[list[Path], typer.Argument(help="A desk's own tables.")]) -> None:
    """Check tables of names: two columns, no variant twice, no chains."""
    for file in files:
        try:
            print(f"{file}: {len(read_own_names(file))} rows, all right")
        except ValueError as error:
            _refuse(error)


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="The table; made if it is new.")],
    variant: Annotated[str, typer.Argument(help="The form to flag.")],
    preferred: Annotated[str, typer.Argument(help="The form to write; the same form again allows it.")],
) -> None:
    """Add a row to a table of names."""
    try:
        add_own_name(file, variant, preferred)
    except (ValueError, OSError) as error:
        _refuse(error)
    print(f"{file}: {variant} → {preferred}")


def _refuse(error: Exception) -> None:
    typer.echo(f"mtcheck: error: {error}", err=True)
    raise typer.Exit(WRONG_USE) from None
