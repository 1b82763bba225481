"""One version of a document in the editor, what was found in it, and where the editor has to show it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lsprotocol.types import Diagnostic, DiagnosticSeverity, Position, PositionEncodingKind, Range

from mtcheck.editor.positions import Positions
from mtcheck.findings import Finding, Report
from mtcheck.reports.place import is_likely, replacements
from mtcheck.text import Span

SOURCE = "mtcheck"
WRONG_COMMENT = "mtcheck-comment"
_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


@dataclass(frozen=True)
class Version:
    """The text of a document at one moment; `suffix` says its reader."""

    uri: str
    number: int | None
    text: str
    suffix: str
    encoding: str = PositionEncodingKind.Utf16

    @cached_property
    def positions(self) -> Positions:
        """The editor's positions in this text."""
        return Positions(self.text, self.encoding)

    @property
    def mark(self) -> int:
        """Characters that readers leave out before the text: a byte-order mark."""
        return int(self.text.startswith(_MARK))


@dataclass(frozen=True)
class Checked:
    """A version and its report."""

    version: Version
    report: Report
    # Comments to mtcheck that can't be understood: line (from 1) and why.
    wrong_comments: tuple[tuple[int, str], ...] = ()

    def place(self, finding: Finding) -> Span:
        """Where the finding stands in the editor's text."""
        span, mark = self.report.doc.to_source(finding.span), self.version.mark
        return Span(span.start + mark, span.end + mark)

    def touching(self, span: Span) -> Iterator[Finding]:
        """The findings under a cursor or a selection; a cursor at a word's end touches the word."""
        for finding in self.report.findings:
            place = self.place(finding)
            if place.start <= span.end and span.start <= place.end:
                yield finding

    def diagnostics(self) -> list[Diagnostic]:
        """All findings as the editor shows them."""
        return [*map(self.diagnostic, self.report.findings), *map(self._wrong, self.wrong_comments)]

    def diagnostic(self, finding: Finding) -> Diagnostic:
        """A finding as the editor shows it."""
        return Diagnostic(
            range=self.version.positions.range(self.place(finding)),
            message=finding.message,
            severity=DiagnosticSeverity.Warning if is_likely(finding) else DiagnosticSeverity.Information,
            code=finding.detector,
            source=SOURCE,
        )

    def _wrong(self, comment: tuple[int, str]) -> Diagnostic:
        line, message = comment
        lines = Range(Position(line - 1, 0), self.version.positions.end_of_line(line - 1))
        return Diagnostic(
            lines, message, severity=DiagnosticSeverity.Error, code=WRONG_COMMENT, source=SOURCE
        )

    def replacements(self, finding: Finding) -> tuple[str, ...]:
        """What may be written over the finding's place."""
        return replacements(finding, self.report.doc)
