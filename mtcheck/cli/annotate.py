"""`mtcheck annotate`: a copy of a Word document with the findings as review comments."""

import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from mtcheck.cli.choices import load_wanted_scorer
from mtcheck.cli.scan import CLEAN, WRONG_USE, Scan, bug
from mtcheck.cli.settings import settings
from mtcheck.files import Chosen
from mtcheck.findings import Profile
from mtcheck.models import ModelError
from mtcheck.readers import Unreadable, bytes_of, read_bytes
from mtcheck.reports import WRITERS, Output
from mtcheck.reports.docx import NotAnnotated, annotated
from mtcheck.reports.excerpt import safe
from mtcheck.workflow.rewrite import NotWritten, rewrite

_NEEDED = "comments need python-docx; pip install 'mtcheck[docx]'"


def annotate(
    path: Annotated[Path, typer.Argument(metavar="ARTICLE.docx", help="A Word document.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUT.docx", help="Where the copy goes.")],
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    only: Annotated[list[str] | None, typer.Option(help="As in scan.")] = None,
    skip: Annotated[list[str] | None, typer.Option(help="As in scan.")] = None,
    model: Annotated[str | None, typer.Option(help="As in scan.")] = None,
    min_probability: Annotated[float | None, typer.Option(min=0, max=1, help="As in scan.")] = None,
    profile: Annotated[Profile | None, typer.Option(help="As in scan.")] = None,
    config: Annotated[Path | None, typer.Option(help="As in scan.")] = None,
    no_config: Annotated[bool, typer.Option("--no-config", help="As in scan.")] = False,
) -> None:
    """Write a copy of a Word document with each finding as a comment on its words.

    Exit status: 0 the copy is written, 2 it is not.
    """
    try:
        if path.suffix.lower() != ".docx":
            raise ValueError(f"{path}: not a .docx file; mtcheck scan --format html marks any article")
        if output.exists() and (not force or output.samefile(path)):
            way_out = "give another name" if output.samefile(path) else "--force writes over it"
            raise ValueError(f"{output} is there already; {way_out}")
        chosen = settings(
            only=only or [],
            skip=skip or [],
            model=model,
            min_probability=min_probability,
            diff=None,
            baseline_file=None,
            update_baseline=False,
            fail_on=[],
            config=config,
            no_config=no_config,
            profile=profile,
        )
        scorer = load_wanted_scorer(chosen.model, chosen.wanted())
        scan = Scan(WRITERS["text"](Output(sys.stdout)), chosen, scorer)
        data = bytes_of(path)
        report = scan.report_on(read_bytes(data, str(path), ".docx"), Chosen(str(path), path))
        copy = annotated(data, report)
        _write(output, copy, force=force)
    except ImportError as error:
        _refuse(_NEEDED if error.name == "docx" else bug(error))
    except NotAnnotated as error:
        _refuse(f"{path}: {error}")
    except (NotWritten, OSError) as error:
        _refuse(f"{output}: {error if isinstance(error, NotWritten) else error.strerror or error}")
    except (Unreadable, ModelError, ValueError) as error:
        _refuse(str(error))
    number = len(report.findings)
    print(f"{safe(str(output))}: {number} {'comment' if number == 1 else 'comments'}")
    raise typer.Exit(WRONG_USE if scan.wrong_comments else CLEAN)


def _write(output: Path, copy: bytes, *, force: bool) -> None:
    if force and output.exists():
        rewrite(output, output.read_bytes(), copy)
        return
    try:
        # "x": a file that came meanwhile is somebody's.
        with output.open("xb") as file:
            file.write(copy)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise NotWritten("is there already; --force writes over it") from None


def _refuse(line: str) -> NoReturn:
    print(f"mtcheck: error: {' '.join(line.split())}", file=sys.stderr)
    raise typer.Exit(WRONG_USE)
