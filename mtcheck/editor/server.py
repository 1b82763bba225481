"""The language server: what an editor asks over standard input and output, and the answers."""

import os
import sys

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from mtcheck.editor.actions import actions
from mtcheck.editor.checked import Version
from mtcheck.editor.checking import Configure, Workspace
from mtcheck.editor.desk import PAUSE, Desk, LoadScorer
from mtcheck.editor.hover import hover_text
from mtcheck.editor.languages import suffix_of
from mtcheck.reports import installed_version


class _Client:
    """The editor at the other end."""

    def __init__(self, server: LanguageServer) -> None:
        self._server = server

    def show(self, version: Version, diagnostics: list[types.Diagnostic]) -> None:
        self._server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(version.uri, diagnostics, version.number)
        )

    def clear(self, uri: str) -> None:
        self._server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def tell(self, message: str, kind: types.MessageType) -> None:
        self._server.window_show_message(types.ShowMessageParams(kind, f"mtcheck: {message}"))

    def log(self, message: str) -> None:
        self._server.window_log_message(types.LogMessageParams(types.MessageType.Error, message))


def server(configure: Configure, load: LoadScorer) -> LanguageServer:
    """A language server, with its documents; `serve` runs it."""
    # Whole texts: pygls counts more characters as line endings than the protocol does, which would
    # put a change into the wrong place.
    ls = LanguageServer("mtcheck", installed_version(), types.TextDocumentSyncKind.Full)
    desk = Desk(_Client(ls), Workspace(configure), load)
    languages: dict[str, str | None] = {}

    def version_of(uri: str) -> Version | None:
        suffix = suffix_of(uri, languages.get(uri)) if uri in languages else None
        if suffix is None:
            return None
        document = ls.workspace.get_text_document(uri)
        return Version(uri, document.version, document.source, suffix, _encoding(ls))

    @ls.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        languages[document.uri] = document.language_id
        if (version := version_of(document.uri)) is not None:
            desk.put(version)

    @ls.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        if (version := version_of(params.text_document.uri)) is not None:
            desk.put(version, pause=PAUSE)

    @ls.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        desk.again(params.text_document.uri)

    @ls.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        languages.pop(params.text_document.uri, None)
        desk.close(params.text_document.uri)

    @ls.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def configured(_params: types.DidChangeConfigurationParams) -> None:
        desk.again()

    @ls.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def file_changed(_params: types.DidChangeWatchedFilesParams) -> None:
        desk.again()

    @ls.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        checked = await desk.current(params.text_document.uri)
        if checked is None:
            return None
        positions = checked.version.positions
        cursor = positions.span(types.Range(params.position, params.position))
        found = list(checked.touching(cursor))
        if not found:
            return None
        markdown = _reads_markdown(ls.client_capabilities)
        parts = [hover_text(f, markdown=markdown) for f in found]
        kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
        content = types.MarkupContent(kind, ("\n\n---\n\n" if markdown else "\n\n").join(parts))
        return types.Hover(content, positions.range(checked.place(found[0])))

    @ls.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions([types.CodeActionKind.QuickFix]))
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction] | None:
        only = params.context.only
        wanted = only is None or any(str(k) in ("", types.CodeActionKind.QuickFix.value) for k in only)
        checked = await desk.current(params.text_document.uri) if wanted else None
        if checked is None:
            return None
        return list(actions(checked, params.range, versioned=_takes_versions(ls.client_capabilities)))

    @ls.feature(types.SHUTDOWN)
    def shutdown(*_: object) -> None:
        desk.stop()

    return ls


def serve(configure: Configure, load: LoadScorer) -> None:
    """Run the server until the editor ends it. What anybody prints goes to standard error."""
    sys.stdout.flush()
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        server(configure, load).start_io(sys.stdin.buffer, out)


def _reads_markdown(client: types.ClientCapabilities) -> bool:
    document = client.text_document
    hover = document.hover if document is not None else None
    formats = hover.content_format if hover is not None else None
    return formats is not None and types.MarkupKind.Markdown in formats


def _takes_versions(client: types.ClientCapabilities) -> bool:
    edit = client.workspace.workspace_edit if client.workspace is not None else None
    return edit is not None and bool(edit.document_changes)


def _encoding(ls: LanguageServer) -> str:
    return types.PositionEncodingKind(ls.workspace.position_encoding or "utf-16").value
