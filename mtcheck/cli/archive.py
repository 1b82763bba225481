"""`mtcheck archive`: an archive of any size, which may be stopped and gone on with."""

import os
import signal
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from mtcheck.cli.choices import NO_MODEL
from mtcheck.cli.scan import CLEAN, INTERRUPTED, WRONG_USE
from mtcheck.cli.settings import settings
from mtcheck.findings import Profile

TERMINATED = 143


def archive(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT…", help="Files, folders, patterns; rows of .jsonl, .parquet."),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder that results go into.")],
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Worker processes.")] = os.cpu_count() or 1,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was stopped.")] = False,
    time_limit: Annotated[
        float, typer.Option(min=0.1, help="Seconds for one article; then it is given up.")
    ] = 600.0,
    only: Annotated[list[str] | None, typer.Option(help="As in scan.")] = None,
    skip: Annotated[list[str] | None, typer.Option(help="As in scan.")] = None,
    model: Annotated[str | None, typer.Option(help="As in scan.")] = None,
    min_probability: Annotated[float | None, typer.Option(min=0, max=1, help="As in scan.")] = None,
    profile: Annotated[Profile | None, typer.Option(help="As in scan.")] = None,
    config: Annotated[Path | None, typer.Option(help="As in scan.")] = None,
    no_config: Annotated[bool, typer.Option("--no-config", help="As in scan.")] = False,
) -> None:
    """Check an archive: articles.jsonl, dead-letters.jsonl and a summary in one folder.

    Exit status: 0 all was checked, 1 some articles could not be (see dead-letters.jsonl),
    2 wrong use, 130 or 143 stopped; --resume goes on.
    """
    from mtcheck.engines.journal import JournalError
    from mtcheck.engines.pool import PoolError
    from mtcheck.engines.run import archive as run
    from mtcheck.engines.score import Rules
    from mtcheck.models import ModelError, find_model

    signal.signal(signal.SIGTERM, _stop)
    try:
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
        wanted = chosen.model != NO_MODEL and any(d.needs_scores for d in chosen.detectors)
        rules = Rules(
            chosen.detectors,
            find_model(chosen.model) if wanted else None,
            chosen.min_probability,
            chosen.names,
            chosen.profile,
        )
        counts = run(inputs, out, rules, jobs=jobs, limit_s=time_limit, resume=resume, say=_progress)
    except (JournalError, PoolError, ModelError, ValueError) as error:
        _refuse(str(error))
    except OSError as error:
        _refuse(f"{error.filename or out}: {error.strerror or error}")
    except KeyboardInterrupt:
        _stopped(out, INTERRUPTED)
    except _Terminated:
        _stopped(out, TERMINATED)
    failed = f", {counts.failed:,} could not be checked" if counts.failed else ""
    print(f"{out}: {counts.articles:,} articles, {counts.with_findings:,} with findings{failed}")
    raise typer.Exit(1 if counts.failed else CLEAN)


class _Terminated(Exception):
    pass


def _stop(*_: object) -> NoReturn:
    raise _Terminated


def _progress(done: int) -> None:
    if sys.stderr.isatty() and done % 10 == 0:
        print(f"\r{done:,} articles", end="", file=sys.stderr, flush=True)


def _stopped(out: Path, status: int) -> NoReturn:
    print(f"mtcheck: stopped; mtcheck archive --resume --out {out} goes on", file=sys.stderr)
    raise typer.Exit(status) from None


def _refuse(reason: str) -> NoReturn:
    print(f"mtcheck: error: {reason}", file=sys.stderr)
    raise typer.Exit(WRONG_USE) from None
