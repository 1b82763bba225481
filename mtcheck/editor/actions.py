"""What an editor may do about the findings under a selection: replace, or allow."""

from collections.abc import Iterator

from lsprotocol.types import (
    CodeAction,
    CodeActionKind,
    OptionalVersionedTextDocumentIdentifier,
    Range,
    TextDocumentEdit,
    TextEdit,
    WorkspaceEdit,
)

from mtcheck.editor.allow import allowing
from mtcheck.editor.checked import Checked, Version
from mtcheck.reports.place import is_likely
from mtcheck.text import Span


def actions(checked: Checked, range_: Range, *, versioned: bool) -> Iterator[CodeAction]:
    """The actions for a range; edits carry the document's version where the editor takes it."""
    version = checked.version
    for finding in checked.touching(version.positions.span(range_)):
        diagnostic = checked.diagnostic(finding)
        place = checked.place(finding)
        options = checked.replacements(finding)
        for text in options:
            yield CodeAction(
                title=f"Replace “{_short(version.text[place.start : place.end])}” with “{_short(text)}”",
                kind=CodeActionKind.QuickFix,
                diagnostics=[diagnostic],
                is_preferred=len(options) == 1 and is_likely(finding),
                edit=_edit(version, place, text, versioned=versioned),
            )
        insertion = allowing(checked, finding)
        if insertion is not None:
            here = Span(insertion.offset, insertion.offset)
            yield CodeAction(
                title=f"Not a mistake: ignore {finding.detector} here",
                kind=CodeActionKind.QuickFix,
                diagnostics=[diagnostic],
                edit=_edit(version, here, insertion.text, versioned=versioned),
            )


def _edit(version: Version, place: Span, text: str, *, versioned: bool) -> WorkspaceEdit:
    edit = TextEdit(version.positions.range(place), text)
    if not versioned:
        return WorkspaceEdit(changes={version.uri: [edit]})
    document = OptionalVersionedTextDocumentIdentifier(uri=version.uri, version=version.number)
    return WorkspaceEdit(document_changes=[TextDocumentEdit(document, [edit])])


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 40 else f"{one_line[:38]}…"
