"""The work of `mtcheck compare`: two files read, held against each other and written as a report."""

import sys
from pathlib import Path

from mtcheck.check import rules_signature
from mtcheck.cli.scan import CLEAN, FOUND, WRONG_USE
from mtcheck.compare.kinds import KINDS, PRIORITY
from mtcheck.compare.versions import Comparison, compared
from mtcheck.findings import Report
from mtcheck.readers import Unreadable, read_file
from mtcheck.reports import Summary, Writer
from mtcheck.reports.excerpt import safe
from mtcheck.text import Document
from mtcheck.workflow.suppression import without_comments


def compare_files(original: Path, suspect: Path, writer: Writer, *, to_people: bool) -> int:
    """Compare two files and write the report; return the exit status.

    `to_people` the gravest changes are listed first, to programs by place.
    """
    docs: list[Document] = []
    errors = 0
    for path in (original, suspect):
        try:
            docs.append(without_comments(read_file(path)))
        except Unreadable as error:
            message = str(error).removeprefix(f"{path}: ")
            print(f"mtcheck: error: {safe(str(path))}: {safe(message)}", file=sys.stderr)
            writer.error(str(path), message)
            errors += 1
    if errors:
        writer.end(Summary(errors=errors))
        return WRONG_USE
    result = compared(*docs)
    findings = result.findings
    if to_people:
        findings = tuple(sorted(findings, key=lambda f: PRIORITY[f.detector]))
    signature = "+".join(filter(None, [rules_signature(), result.scores.signature]))
    writer.report(Report(docs[1], findings, tuple(k.id for k in KINDS), {}, signature))
    writer.end(Summary(1, int(bool(findings)), len(findings)))
    sys.stdout.flush()
    print(f"mtcheck: note: {described(result)}", file=sys.stderr)
    return FOUND if findings else CLEAN


def described(result: Comparison) -> str:
    """The whole comparison in one line."""
    alignment, whole = result.alignment, result.scores
    moved = sum(p.moved for p in alignment.pairs)
    counts = (
        f"{len(alignment.pairs)} pairs of sentences ({moved} moved), "
        f"{len(alignment.lost)} lost, {len(alignment.added)} added"
    )
    measured = f"; chrF {whole.chrf:.1f}, TER {whole.ter:.1f} ({whole.signature})" if whole.signature else ""
    return counts + measured
