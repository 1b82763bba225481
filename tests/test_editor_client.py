"""The language server as an editor meets it: another process, real messages."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from lsprotocol import types
from pytest_lsp import LanguageClient, make_test_lsp_client

PUBLISHED = "textDocument/publishDiagnostics"
LIMIT = 60


def in_editor(work: Callable[[LanguageClient], Awaitable[None]], *, capabilities: Any = None) -> None:
    """Start the server, do `work`, end it."""

    async def run() -> None:
        client = make_test_lsp_client()
        await client.start_io(sys.executable, "-m", "mtcheck", "lsp", "--model", "none")
        asked = capabilities or types.ClientCapabilities()
        await client.initialize_session(types.InitializeParams(capabilities=asked))
        try:
            await work(client)
        finally:
            await client.shutdown_session()

    asyncio.run(asyncio.wait_for(run(), LIMIT))


async def told(client: LanguageClient, method: str = PUBLISHED) -> Any:
    return await asyncio.wait_for(client.wait_for_notification(method), LIMIT)


def opened(client: LanguageClient, uri: str, text: str, language: str = "markdown") -> None:
    item = types.TextDocumentItem(uri, language, 1, text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))


def changed(client: LanguageClient, uri: str, number: int, text: str) -> None:
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            types.VersionedTextDocumentIdentifier(uri=uri, version=number),
            [types.TextDocumentContentChangeWholeDocument(text)],
        )
    )


def spans(params: Any) -> list[tuple[str, int, int, int]]:
    """Code, line, first and last column of what is shown."""
    return [
        (d.code, d.range.start.line, d.range.start.character, d.range.end.character)
        for d in params.diagnostics
    ]


def test_a_session(tmp_path: Path) -> None:
    # Editors write a name with other letters in percent signs.
    uri = (tmp_path / "été 中.md").as_uri()
    assert "%" in uri
    text = "Fine.\r\n\r\n😀😀 “Ça” went to to town.\r\n"

    async def work(client: LanguageClient) -> None:
        opened(client, uri, text)
        params = await told(client)
        assert params.uri == uri
        assert spans(params) == [("repeated-word", 2, 15, 20)]
        (shown,) = params.diagnostics
        assert shown.source == "mtcheck"
        assert shown.severity == types.DiagnosticSeverity.Warning

        document = types.TextDocumentIdentifier(uri)
        hover = await client.text_document_hover_async(types.HoverParams(document, types.Position(2, 16)))
        assert hover is not None
        assert isinstance(hover.contents, types.MarkupContent)
        assert "repeated-word" in hover.contents.value
        assert hover.range == shown.range
        nothing = await client.text_document_hover_async(types.HoverParams(document, types.Position(0, 1)))
        assert nothing is None

        asked = types.CodeActionParams(document, shown.range, types.CodeActionContext([shown]))
        offered = await client.text_document_code_action_async(asked)
        assert offered is not None
        replace, allow = offered
        assert isinstance(replace, types.CodeAction)
        assert isinstance(allow, types.CodeAction)
        assert replace.is_preferred
        assert replace.edit is not None
        assert replace.edit.changes is not None
        assert list(replace.edit.changes[uri]) == [types.TextEdit(shown.range, "to")]
        assert allow.edit is not None
        assert allow.edit.changes is not None
        (edit,) = allow.edit.changes[uri]
        assert edit.new_text == " <!-- mtcheck-ignore: repeated-word -->"

        allowed = text.replace("town.", "town." + edit.new_text)
        changed(client, uri, 2, allowed)
        params = await told(client)
        assert (params.version, spans(params)) == (2, [])

        # Of keys in a row only the last text is checked.
        for number, word in enumerate(("th", "the", "the the"), 3):
            changed(client, uri, number, f"Into {word} town.\n")
        params = await told(client)
        assert (params.version, spans(params)) == (5, [("repeated-word", 0, 5, 12)])

        client.text_document_did_close(types.DidCloseTextDocumentParams(document))
        params = await told(client)
        assert (params.uri, list(params.diagnostics)) == (uri, [])

    in_editor(work)


def test_markdown_and_versions_for_an_editor_that_takes_them(tmp_path: Path) -> None:
    capabilities = types.ClientCapabilities(
        workspace=types.WorkspaceClientCapabilities(
            workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True)
        ),
        text_document=types.TextDocumentClientCapabilities(
            hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown])
        ),
        general=types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind.Utf8]),
    )
    uri = (tmp_path / "a.txt").as_uri()

    async def work(client: LanguageClient) -> None:
        opened(client, uri, "😀 went to to town.\n", "plaintext")
        (shown,) = (await told(client)).diagnostics
        # Bytes, as this editor asked for: four for the emoji.
        assert (shown.range.start.character, shown.range.end.character) == (10, 15)
        document = types.TextDocumentIdentifier(uri)
        hover = await client.text_document_hover_async(types.HoverParams(document, shown.range.start))
        assert hover is not None
        assert isinstance(hover.contents, types.MarkupContent)
        assert hover.contents.value.startswith("**repeated\\-word**")
        asked = types.CodeActionParams(document, shown.range, types.CodeActionContext([shown]))
        offered = await client.text_document_code_action_async(asked)
        assert offered is not None
        (change,) = offered[0].edit.document_changes  # type: ignore[union-attr, misc]
        assert change.text_document.version == 1  # type: ignore[union-attr]
        refactor = types.CodeActionContext([], only=[types.CodeActionKind.Refactor])
        assert not await client.text_document_code_action_async(
            types.CodeActionParams(document, shown.range, refactor)
        )

    in_editor(work, capabilities=capabilities)


def test_a_bad_configuration_is_told_and_a_mended_one_taken(tmp_path: Path) -> None:
    config = tmp_path / "mtcheck.toml"
    config.write_text("skip = [broken\n")
    uri = (tmp_path / "a.md").as_uri()

    async def work(client: LanguageClient) -> None:
        opened(client, "git:/old.md", "He went to to town.\n")
        opened(client, uri, "He went to to town.\n")
        params = await told(client)
        # Rules of the shipped settings, and nothing of the scheme that is no file.
        assert (params.uri, len(params.diagnostics)) == (uri, 1)
        assert "git:/old.md" not in client.diagnostics
        (message,) = client.messages
        assert str(config) in message.message
        assert message.type == types.MessageType.Error
        config.write_text('skip = ["repeated-word"]\n')
        client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))
        assert spans(await told(client)) == []
        assert len(client.messages) == 1

    in_editor(work)
