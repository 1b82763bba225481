"""The commands and their options. Nothing here imports torch; a model is loaded when a scan needs it."""

import os
import shutil
import sys
from pathlib import Path
from typing import Annotated, TextIO

import typer

from mtcheck.cli.after import close_baseline, statistics_lines
from mtcheck.cli.annotate import annotate
from mtcheck.cli.archive import archive
from mtcheck.cli.calibrate import calibrate
from mtcheck.cli.choices import load_wanted_scorer, unknown
from mtcheck.cli.compare import compare_files
from mtcheck.cli.decisions import decisions
from mtcheck.cli.evaluate import evaluate
from mtcheck.cli.fix import Fix
from mtcheck.cli.lsp import lsp
from mtcheck.cli.names import app as own_names
from mtcheck.cli.probe import probe
from mtcheck.cli.scan import BUG, FOUND, INTERRUPTED, PIPE_CLOSED, WRONG_USE, Scan
from mtcheck.cli.serve import serve
from mtcheck.cli.settings import settings
from mtcheck.cli.train import train
from mtcheck.detectors import DETECTORS
from mtcheck.explain import explain
from mtcheck.files import STDIN
from mtcheck.findings import Profile
from mtcheck.models import ModelError
from mtcheck.reports import WRITERS, Output, installed_version
from mtcheck.reports.edits import SAFE
from mtcheck.workflow.configuration import OWN_NAME, STARTER

app = typer.Typer(
    name="mtcheck",
    help="Finds what machine translation left behind in English copy, without the source text.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

# Below this every tenth change is wrong, which nobody wants to look for.
LEAST = 0.9


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"mtcheck {installed_version()}")
        raise typer.Exit


def _known_format(name: str) -> str:
    if name not in WRITERS:
        raise typer.BadParameter(unknown("format", name, WRITERS))
    return name


def _probability(value: float | None) -> float | None:
    if value is not None and not 0.0 <= value <= 1.0:
        raise typer.BadParameter(f"{value:g} is not between 0 and 1")
    return value


@app.callback()
def _common(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version and exit.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    pass


@app.command()
def scan(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH", help="Files, folders, patterns, or - for standard input."),
    ],
    format_: Annotated[
        str, typer.Option("--format", "-f", help=f"One of: {', '.join(WRITERS)}.", callback=_known_format)
    ] = "text",
    only: Annotated[
        list[str] | None,
        typer.Option(help="Run this detector alone; may be repeated, or a list with commas."),
    ] = None,
    skip: Annotated[list[str] | None, typer.Option(help="Leave this detector out; as --only.")] = None,
    model: Annotated[
        str | None,
        typer.Option(help="A model folder, hub:NAME, or none. By default the model that ships with mtcheck."),
    ] = None,
    min_probability: Annotated[
        float | None,
        typer.Option(
            help="Report only what a reader would agree with so often (0 to 1).", callback=_probability
        ),
    ] = None,
    profile: Annotated[
        Profile | None,
        typer.Option(help="How much noise is borne per 1,000 clean words: ci 0.5, default 2, thorough 10."),
    ] = None,
    stdin_filename: Annotated[
        str | None, typer.Option(help="The name to report for standard input; its suffix says the format.")
    ] = None,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit with 0 even when there are findings.")
    ] = False,
    diff: Annotated[
        str | None,
        typer.Option(metavar="BASE", help="Report only on lines added since this git revision."),
    ] = None,
    baseline: Annotated[Path | None, typer.Option(help="Hide the findings that this file knows.")] = None,
    update_baseline: Annotated[
        bool, typer.Option("--update-baseline", help="Write this scan's findings to the baseline.")
    ] = False,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(help="Exit with 1 only for this category or detector, perhaps with :PROBABILITY."),
    ] = None,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Count the findings of each detector at the end.")
    ] = False,
    config: Annotated[
        Path | None, typer.Option(help="The configuration file, instead of the nearest one.")
    ] = None,
    names: Annotated[
        list[Path] | None, typer.Option(help="A desk's own table of names; may be repeated.")
    ] = None,
    style: Annotated[
        str | None, typer.Option(help="The forms of names that a house prints: ap, bbc, guardian, reuters.")
    ] = None,
    precision: Annotated[
        Path | None, typer.Option(help="How often detectors are right for this desk: see mtcheck decisions.")
    ] = None,
    across: Annotated[
        bool, typer.Option("--across", help="Hold one person to one spelling across all files of the run.")
    ] = False,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", min=1, help="Processes that check; the output is the same.")
    ] = 1,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Score every paragraph anew, and keep nothing.")
    ] = False,
    no_config: Annotated[bool, typer.Option("--no-config", help="Read no configuration file.")] = False,
) -> None:
    """Report the suspicious spans of articles.

    Exit status: 0 nothing found, 1 findings, 2 wrong use or input that can't be read.
    """
    try:
        chosen = settings(
            only=only or [],
            skip=skip or [],
            model=model,
            min_probability=min_probability,
            diff=diff,
            baseline_file=baseline,
            update_baseline=update_baseline,
            fail_on=fail_on or [],
            config=config,
            no_config=no_config,
            names=names or [],
            style=style,
            across=across,
            profile=profile,
            precision=precision,
        )
        # Standard input can't be handed to another process.
        jobs = 1 if STDIN in paths else jobs
        # Other processes load a scorer each, and torch must not be loaded before they are forked.
        scorer = load_wanted_scorer(chosen.model, chosen.wanted(), cached=not no_cache) if jobs == 1 else None
    except ValueError as error:
        _say(f"mtcheck: error: {error}")
        raise typer.Exit(WRONG_USE) from None
    writer = WRITERS[format_](Output(sys.stdout, color=_wants_color(sys.stdout), width=_width()))
    work = Scan(writer, chosen, scorer, stdin_filename, jobs=jobs, cached=not no_cache)
    try:
        status = work.run(paths)
        if statistics and format_ == "text":
            print("\n".join(statistics_lines(work.counts)))
        close_baseline(chosen)
    except BrokenPipeError:
        raise typer.Exit(PIPE_CLOSED) from None
    except (ModelError, ValueError) as error:
        _say(f"mtcheck: error: {error}")
        raise typer.Exit(WRONG_USE) from None
    raise typer.Exit(0 if status == FOUND and exit_zero else status)


@app.command()
def fix(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH", help="Files, folders, patterns, or - alone for standard input."),
    ],
    write: Annotated[
        bool, typer.Option("--write", help="Change the files, instead of showing the diff.")
    ] = False,
    min_probability: Annotated[
        float,
        typer.Option(help="How sure a fix must be; below 0.9 only with --unsafe.", callback=_probability),
    ] = SAFE,
    unsafe: Annotated[
        bool, typer.Option("--unsafe", help="Allow --min-probability below 0.9; read the diff.")
    ] = False,
    only: Annotated[list[str] | None, typer.Option(help="Fix what this detector finds; as in scan.")] = None,
    skip: Annotated[list[str] | None, typer.Option(help="Leave this detector out; as --only.")] = None,
    model: Annotated[str | None, typer.Option(help="As in scan; by default none.")] = "none",
    stdin_filename: Annotated[
        str | None, typer.Option(help="The name of standard input; its suffix says the format.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option(help="The configuration file, instead of the nearest one.")
    ] = None,
    no_config: Annotated[bool, typer.Option("--no-config", help="Read no configuration file.")] = False,
) -> None:
    """Show the safe fixes as a diff, or make them; standard input comes out fixed.

    Exit status: 0 nothing left to fix, 1 fixes shown but not made, 2 wrong use or a file left as it is.
    """
    try:
        if min_probability < LEAST and not unsafe:
            raise ValueError(f"--min-probability below {LEAST} needs --unsafe")
        if "-" in paths and len(paths) > 1:
            raise ValueError("- stands alone: its fixed text and a diff can't share the output")
        chosen = settings(
            only=only or [],
            skip=skip or [],
            model=model,
            min_probability=None,
            diff=None,
            baseline_file=None,
            update_baseline=False,
            fail_on=[],
            config=config,
            no_config=no_config,
        )
        scorer = load_wanted_scorer(chosen.model, chosen.wanted())
    except ValueError as error:
        _say(f"mtcheck: error: {error}")
        raise typer.Exit(WRONG_USE) from None
    writer = WRITERS["diff"](Output(sys.stdout))
    raise typer.Exit(Fix(Scan(writer, chosen, scorer, stdin_filename), min_probability, write).run(paths))


@app.command()
def compare(
    original: Annotated[Path, typer.Argument(metavar="ORIGINAL", help="The text that came in.")],
    suspect: Annotated[Path, typer.Argument(metavar="SUSPECT", help="The text to hold against it.")],
    format_: Annotated[
        str, typer.Option("--format", "-f", help="As in scan.", callback=_known_format)
    ] = "text",
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit with 0 even when there are findings.")
    ] = False,
) -> None:
    """Report where a text leaves its original: facts, quotations, words, whole sentences.

    Exit status: 0 nothing changed, 1 findings, 2 wrong use or input that can't be read.
    """
    writer = WRITERS[format_](Output(sys.stdout, color=_wants_color(sys.stdout), width=_width()))
    try:
        status = compare_files(original, suspect, writer, to_people=format_ in {"text", "concise"})
    except BrokenPipeError:
        raise typer.Exit(PIPE_CLOSED) from None
    raise typer.Exit(0 if status == FOUND and exit_zero else status)


@app.command()
def init() -> None:
    """Write a starter configuration file to this folder; never over one that is there."""
    try:
        with open(OWN_NAME, "x", encoding="utf-8", newline="\n") as file:
            file.write(STARTER)
    except FileExistsError:
        _say(f"mtcheck: error: {OWN_NAME} is there already")
        raise typer.Exit(WRONG_USE) from None
    except OSError as error:
        _say(f"mtcheck: error: {OWN_NAME} can't be written ({error.strerror})")
        raise typer.Exit(WRONG_USE) from None
    print(f"{OWN_NAME} written.")


@app.command()
def detectors() -> None:
    """List the detectors: id, category, what each reports."""
    ids = max((len(d.id) for d in DETECTORS), default=0)
    categories = max((len(d.category) for d in DETECTORS), default=0)
    for detector in DETECTORS:
        e = explain(detector)
        needs = " (needs a model)" if e.needs_scores else ""
        print(f"{e.detector:{ids}}  {e.category:{categories}}  {e.pattern}{needs}")


@app.command("explain")
def explain_(detector: Annotated[str, typer.Argument(metavar="DETECTOR", help="A detector's id.")]) -> None:
    """Say why a detector exists, what it misses and when it is wrong."""
    known = {d.id: d for d in DETECTORS}
    if detector not in known:
        _say(f"mtcheck: error: {unknown('detector', detector, known)}")
        raise typer.Exit(WRONG_USE)
    print(explain(known[detector]).as_text())


app.add_typer(own_names, name="names")
app.command()(annotate)
app.command()(calibrate)
app.command("eval")(evaluate)
app.command()(lsp)
app.command()(serve)
app.command()(decisions)
app.command()(archive)
app.command()(probe)
app.command()(train)


def main() -> None:
    """Run the command line and leave with its exit status; never a traceback."""
    # None where the shell has closed it.
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        # A name or an article may hold what the terminal's encoding has no sign for.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except OSError as error:
        # Python flushes once more on its way out; let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            sys.exit(PIPE_CLOSED)
        _say(f"mtcheck: error: can't write the report ({error.strerror or error})")
        sys.exit(WRONG_USE)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as error:
        if os.environ.get("MTCHECK_TRACEBACK"):
            raise
        _say(f"mtcheck: error: {BUG} ({type(error).__name__}: {error})")
        sys.exit(WRONG_USE)


def _say(line: str) -> None:
    print(" ".join(line.splitlines()), file=sys.stderr)


def _wants_color(stream: TextIO) -> bool:
    """NO_COLOR (no-color.org) beats FORCE_COLOR, which beats the kind of the stream."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _width() -> int:
    return shutil.get_terminal_size((100, 24)).columns
