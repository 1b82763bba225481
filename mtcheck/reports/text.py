"""Findings for a terminal: place, message, the line with carets under the span, suggestions."""

from typing import NoReturn

from rich.console import Console
from rich.text import Text

from mtcheck.findings import Finding, Report
from mtcheck.reports.excerpt import excerpt, safe
from mtcheck.reports.writer import Output, Summary
from mtcheck.text import Document, Span

_MIN_WIDTH = 40
_MAX_WIDTH = 160
_MAX_SUGGESTIONS = 3


class _Console(Console):
    def on_broken_pipe(self) -> NoReturn:
        """Leave it to the command line, which ends quietly; rich would exit as if with findings."""
        raise BrokenPipeError


class TextWriter:
    """Writes each file's findings as they come. Text of the article is never read as markup."""

    def __init__(self, output: Output) -> None:
        self._width = min(max(output.width, _MIN_WIDTH), _MAX_WIDTH)
        self._console = _Console(
            file=output.stream,
            force_terminal=output.color,
            color_system="standard" if output.color else None,
            no_color=not output.color,
            width=self._width,
            markup=False,
            emoji=False,
            highlight=False,
            soft_wrap=True,
            legacy_windows=False,
        )

    def report(self, report: Report) -> None:
        """Write one file's findings."""
        for finding in report.findings:
            self._console.print(rendered(finding, report.doc, self._width))

    def error(self, file: str, message: str) -> None:
        """Nothing: errors are for standard error."""

    def end(self, summary: Summary) -> None:
        """Write the counts."""
        read = _counted(summary.files, "file")
        if summary.findings:
            line = f"{_counted(summary.findings, 'finding')} in {summary.files_with_findings} of {read}."
        else:
            line = f"No findings in {read}."
        if summary.errors:
            line += f" {_counted(summary.errors, 'error')}."
        self._console.print(Text(line, "bold"))


def rendered(finding: Finding, doc: Document, width: int) -> Text:
    """One finding as lines, the last of them empty."""
    place = doc.to_source(finding.span)
    line, column = doc.line_col(place.start)
    score = f" (p {finding.score:.2f})" if finding.score is not None else ""
    out = Text.assemble(
        (safe(doc.name), "bold"),
        (f":{line}:{column}: ", "cyan"),
        (finding.detector, "bold red"),
        f"  {safe(finding.message)}{score}\n",
    )
    last = doc.line_col(max(place.start, place.end - 1))[0]
    gutter = len(str(last))
    bar = (f"{'':{gutter}} | ", "blue")
    out.append_text(Text.assemble((f"{'':{gutter}} |\n", "blue")))
    for number, part in _by_line(doc, place, line, last):
        if number > line + 1:
            out.append(f"{'':{gutter}} ⋮\n", "blue")
        piece = excerpt(doc.file_text, part.start, part.end, width - gutter - 3)
        out.append_text(
            Text.assemble(
                (f"{number:{gutter}} | ", "blue"),
                f"{piece.line}\n",
                bar,
                " " * piece.before,
                ("^" * piece.length, "bold red"),
                "\n",
            )
        )
    fixes = [f for f in finding.suggestions if f != doc[finding.span]][:_MAX_SUGGESTIONS]
    if fixes:
        listed = " or ".join(safe(f) if f.strip() else "(nothing)" for f in fixes)
        out.append_text(Text.assemble((f"{'':{gutter}} = ", "blue"), ("help: ", "bold cyan"), f"{listed}\n"))
    return out


def _by_line(doc: Document, place: Span, first: int, last: int) -> list[tuple[int, Span]]:
    """The span's part of its first line, and of its last if that is another."""
    if first == last:
        return [(first, place)]
    line_start = place.start + 1 - doc.line_col(place.start)[1]
    line_end = max(place.start, line_start + len(doc.line_at(first)))
    start_of_last = place.end - doc.line_col(place.end - 1)[1]
    return [(first, Span(place.start, line_end)), (last, Span(start_of_last, place.end))]


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
