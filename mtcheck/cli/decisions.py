"""`mtcheck decisions`: a desk's own precision from what its editors decided."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from mtcheck.check import measured_precision
from mtcheck.cli.scan import WRONG_USE
from mtcheck.detectors import DETECTORS
from mtcheck.workflow.decisions import as_table, count, estimates


def decisions(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="JSON Lines of decisions, as mtcheck serve exports.")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write the table that scan --precision takes.")
    ] = None,
) -> None:
    """Say how often each detector was right for this desk, and keep it."""
    try:
        found = estimates(count(files, [d.id for d in DETECTORS]), measured_precision())
        if out is not None:
            out.write_text(as_table(found), "utf-8")
    except (ValueError, OSError) as error:
        reason = str(error) if isinstance(error, ValueError) else f"{out}: {error.strerror}"
        print(f"mtcheck: error: {reason}", file=sys.stderr)
        raise typer.Exit(WRONG_USE) from None
    for e in found:
        before = "never measured" if e.before is None else f"{e.before:.2f}"
        print(f"{e.detector}: {e.accepted} of {e.accepted + e.rejected} right; {before} -> {e.after:.2f}")
