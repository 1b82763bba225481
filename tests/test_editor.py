"""The parts of the language server that need no editor: positions, readers, comments, what is shown."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Diagnostic, MessageType, Position, PositionEncodingKind, Range

from mtcheck.cli.settings import Settings as RealSettings
from mtcheck.cli.settings import settings
from mtcheck.editor import desk as desks
from mtcheck.editor.actions import actions
from mtcheck.editor.allow import allowing
from mtcheck.editor.checked import Checked, Version
from mtcheck.editor.checking import Settings, Workspace, checked
from mtcheck.editor.desk import Desk
from mtcheck.editor.hover import hover_text
from mtcheck.editor.languages import name_of, path_of, suffix_of
from mtcheck.editor.positions import Positions
from mtcheck.findings import Finding, Report
from mtcheck.models import ModelError
from mtcheck.text import Span

TEXTS = st.text(alphabet=st.sampled_from("ab é😀\u0301\r\n\u2028\x0c\ufeff"), max_size=30)


def plain_settings(folder: Path | None = None) -> RealSettings:
    return settings(
        only=[],
        skip=[],
        model="none",
        min_probability=None,
        diff=None,
        baseline_file=None,
        update_baseline=False,
        fail_on=[],
        config=None,
        no_config=folder is None,
        folder=folder,
    )


def examined(text: str, suffix: str, number: int = 1) -> Checked:
    return checked(Version(f"file:///a{suffix}", number, text, suffix), plain_settings(), None)


def words(found: Checked) -> list[str]:
    return [found.report.doc[w] for w in found.report.doc.words]


@pytest.mark.parametrize(
    ("encoding", "column", "why"),
    [
        (PositionEncodingKind.Utf16, 9, "the emoji is a surrogate pair, the accent one unit"),
        (PositionEncodingKind.Utf8, 12, "four bytes for the emoji, two for é"),
        (PositionEncodingKind.Utf32, 8, "one each"),
    ],
)
def test_columns_count_as_both_sides_agreed(encoding: str, column: int, why: str) -> None:
    text = "first\r\n😀 né and to to"
    positions = Positions(text, encoding)
    offset = text.index("to to") - 1
    assert positions.position(offset) == Position(1, column), why
    assert positions.offset(Position(1, column)) == offset


@given(TEXTS, st.sampled_from(list(PositionEncodingKind)))
def test_positions_come_back(text: str, encoding: str) -> None:
    positions = Positions(text, encoding)
    for offset in range(len(text) + 1):
        inside_ending = text[max(0, offset - 1) : offset + 1] == "\r\n"
        if not inside_ending:
            assert positions.offset(positions.position(offset)) == offset


@given(TEXTS)
def test_only_the_endings_of_the_protocol_part_lines(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    assert Positions(text).position(len(text)).line == lines


def test_what_lies_outside_the_text_is_its_end() -> None:
    positions = Positions("ab\ncd")
    assert positions.offset(Position(0, 99)) == 2
    assert positions.offset(Position(9, 0)) == 5


@pytest.mark.parametrize(
    ("uri", "language", "suffix", "why"),
    [
        ("file:///a.txt", "markdown", ".md", "the person chose another language in the editor"),
        ("file:///a.md", "plaintext", ".md", "an editor that doesn't know Markdown"),
        ("file:///a.rst", None, ".rst", "the name says it"),
        ("file:///a.rst", "restructuredtext", ".rst", "VS Code's word"),
        ("file:///a.rst", "rst", ".rst", "Vim's word"),
        ("file:///notes", "text", "", "Vim's word for plain text"),
        ("untitled:Untitled-1", "plaintext", "", "never saved"),
        ("untitled:Untitled-1", "html", ".html", "never saved"),
        ("file:///a.py", "python", None, "code is no article"),
        ("file:///a.toml", "toml", None, "settings are no article"),
        ("file:///Makefile", "makefile", None, "no suffix does not make it plain text"),
        ("git:/a.md", "markdown", None, "an old version beside the new one"),
        ("output:tasks", "plaintext", None, "the editor's own"),
    ],
)
def test_the_reader_goes_by_language_then_name(
    uri: str, language: str | None, suffix: str | None, why: str
) -> None:
    assert suffix_of(uri, language) == suffix, why


def test_names_are_decoded() -> None:
    assert path_of("file:///tr%C3%A8s%20%E4%B8%AD%E6%96%87.md") == Path("/très 中文.md")
    assert path_of("untitled:Untitled-1") is None
    assert name_of("file:///a.txt", ".md") == "/a.txt.md"


ALLOWED = [
    ("", "One line.\n\nHe went to to town.\n", "# mtcheck-ignore: repeated-word\n", "before its paragraph"),
    ("", "He went to to town.", "# mtcheck-ignore: repeated-word\n", "no newline at the end"),
    (".md", "He went to to town.\n", " <!-- mtcheck-ignore: repeated-word -->", "on its line"),
    (".md", "He went to to town.  \nIt was far.\n", " <!-- mtcheck-ignore: repeated-word -->", "hard break"),
    (
        ".md",
        "| a | b |\n| - | - |\n| x | to to |\n",
        "<!-- mtcheck-ignore: repeated-word --> ",
        "in its cell",
    ),
    (".mdx", "He went to to town.\n", " {/* mtcheck-ignore: repeated-word */}", "MDX takes no other"),
    (".html", "<p>He went to to town.</p>\n", " <!-- mtcheck-ignore: repeated-word -->", "on its line"),
    (".rst", "Title\n=====\n\nHe went to to town.\n", ".. mtcheck-ignore: repeated-word\n\n", "a block"),
    (".adoc", "= Title\n\nHe went to to town.\n", "// mtcheck-ignore: repeated-word\n", "a line"),
    (".md", "He went to to town.\r\n", " <!-- mtcheck-ignore: repeated-word -->", "line ending of Windows"),
    ("", "\ufeffHe went to to town.\n", "# mtcheck-ignore: repeated-word\n", "byte-order mark"),
]


@pytest.mark.parametrize(
    ("suffix", "text", "comment", "why"), ALLOWED, ids=[f"{s}: {w}" for s, _, _, w in ALLOWED]
)
def test_the_comment_allows_the_finding(suffix: str, text: str, comment: str, why: str) -> None:
    found = examined(text, suffix)
    (finding,) = found.report.findings
    insertion = allowing(found, finding)
    assert insertion is not None, why
    assert insertion.text == comment
    after = text[: insertion.offset] + insertion.text + text[insertion.offset :]
    assert not examined(after, suffix).report.findings


@pytest.mark.parametrize(
    ("suffix", "text", "why"),
    [
        (".json", '{"body": "He went to to town."}', "JSON has no comments"),
        (".csv", "body\nHe went to to town.\n", "nor has CSV"),
        (
            ".md",
            "---\ndescription: He went to to town.\n---\n\nBody.\n",
            "it would be read as prose",
        ),
    ],
)
def test_no_comment_where_it_would_do_harm(suffix: str, text: str, why: str) -> None:
    found = examined(text, suffix)
    (finding,) = found.report.findings
    assert allowing(found, finding) is None, why


@given(
    st.lists(
        st.sampled_from(["He went to to town. ", "😀", "\n", "\r\n", "\n\n", "`", "|", "> ", "* ", "<b>"]),
        max_size=9,
    ),
    st.sampled_from(["", ".md", ".html", ".rst", ".adoc", ".mdx"]),
)
def test_an_offered_comment_changes_no_prose_and_allows(parts: list[str], suffix: str) -> None:
    found = examined("".join(parts), suffix)
    for finding in found.report.findings:
        insertion = allowing(found, finding)
        if insertion is None:
            continue
        text = found.version.text
        after = examined(text[: insertion.offset] + insertion.text + text[insertion.offset :], suffix)
        assert len(after.report.findings) < len(found.report.findings)
        assert words(after) == words(found)


def test_a_fix_is_written_over_exactly_the_match() -> None:
    found = examined("\ufeff😀 He went to to town.\n", "")
    replace, allow = actions(found, Range(Position(0, 14), Position(0, 14)), versioned=True)
    assert replace.edit is not None
    assert replace.edit.document_changes is not None
    (change,) = replace.edit.document_changes
    (edit,) = change.edits  # type: ignore[union-attr]
    assert edit.new_text == "to"  # type: ignore[union-attr]
    # Mark and emoji before it: 1 + 2 units.
    assert edit.range == Range(Position(0, 12), Position(0, 17))
    assert change.text_document.version == 1  # type: ignore[union-attr]
    assert allow.title == "Not a mistake: ignore repeated-word here"
    assert not list(actions(found, Range(Position(0, 4), Position(0, 4)), versioned=True))


def test_no_fix_that_would_tear_markup() -> None:
    found = examined("He went <b>to</b> to town.\n", ".html")
    titles = [a.title for a in actions(found, Range(Position(0, 0), Position(1, 0)), versioned=False)]
    assert titles == ["Not a mistake: ignore repeated-word here"]


def test_hover_says_all_and_keeps_markup_apart() -> None:
    finding = Finding(Span(0, 1), "exonym", "<b> *odd*", ("A_b",), {"bits": 12.3456, "of": "[x](y)"}, 0.5)
    shown = hover_text(finding, markdown=True)
    assert "\\<b\\> \\*odd\\*" in shown
    assert "A\\_b" in shown
    assert "- bits: 12.3\n- of: \\[x\\]\\(y\\)" in shown
    assert "50 were right" in shown
    assert "not measured" in hover_text(Finding(Span(0, 1), "exonym", "odd"), markdown=False)


def test_a_comment_that_means_nothing_is_shown_on_its_line() -> None:
    found = examined("Fine.\n\n# mtcheck-ignore: no-such\n\nFine.\n", "")
    (wrong,) = found.diagnostics()
    assert (wrong.range.start.line, wrong.code) == (2, "mtcheck-comment")


class Listener:
    """Keeps what the editor was told."""

    def __init__(self) -> None:
        self.shown: list[tuple[int | None, list[str]]] = []
        self.cleared: list[str] = []
        self.told: list[str] = []
        self.logged: list[str] = []

    def show(self, version: Version, diagnostics: list[Diagnostic]) -> None:
        self.shown.append((version.number, [str(d.code) for d in diagnostics]))

    def clear(self, uri: str) -> None:
        self.cleared.append(uri)

    def tell(self, message: str, kind: MessageType) -> None:
        self.told.append(message)

    def log(self, message: str) -> None:
        self.logged.append(message)


class Voice:
    """Stands for a model."""

    signature = "voice"
    thresholds: dict[str, float] = {}  # noqa: RUF012

    def score(self, *_: Any, **__: Any) -> Any:
        raise AssertionError("the fake check asks for no score")


def fake_checked(version: Version, _: Settings, scorer: Any) -> Checked:
    if "CRASH" in version.text:
        raise RuntimeError("boom")
    if "UNLOADABLE" in version.text and scorer is not None:
        raise ModelError("no such model")
    from mtcheck.text import Document

    ids = ["exonym"] if scorer is None else ["exonym", "suspect-wording"]
    doc = Document(version.text)
    return Checked(version, Report(doc, tuple(Finding(Span(0, 1), i, "odd") for i in ids), (), {}, ""))


def version(text: str, number: int = 1, uri: str = "file:///a.txt") -> Version:
    return Version(uri, number, text, "")


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Listener:
    monkeypatch.setattr(desks, "checked", fake_checked)
    return Listener()


def desk_with(listener: Listener, scorer: Any) -> Desk:
    return Desk(listener, Workspace(plain_settings), lambda _: scorer)


async def settled(desk: Desk) -> None:
    await asyncio.gather(*[h.task for h in desk._open.values() if h.task is not None])


def test_rules_first_then_the_model_and_no_flicker_after_an_edit(listener: Listener) -> None:
    async def run() -> None:
        desk = desk_with(listener, Voice())
        desk.put(version("one"))
        await settled(desk)
        desk.put(version("two", 2))
        await settled(desk)

    asyncio.run(run())
    both = ["exonym", "suspect-wording"]
    assert listener.shown == [(1, ["exonym"]), (1, both), (2, both)]


def test_a_crash_is_logged_and_the_next_version_is_checked(listener: Listener) -> None:
    async def run() -> None:
        desk = desk_with(listener, None)
        desk.put(version("CRASH"))
        await settled(desk)
        desk.put(version("fine", 2))
        await settled(desk)

    asyncio.run(run())
    assert len(listener.logged) == 1
    assert listener.shown == [(2, ["exonym"])]


def test_a_model_that_fails_leaves_the_rules_and_is_told_once(listener: Listener) -> None:
    async def run() -> None:
        desk = desk_with(listener, Voice())
        for number in (1, 2):
            desk.put(version("UNLOADABLE", number))
            await settled(desk)

    asyncio.run(run())
    assert listener.told == ["no such model; findings by rule go on"]
    assert listener.shown[-1] == (2, ["exonym"])


def test_what_was_overtaken_is_not_shown(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    go = threading.Event()

    def slow(v: Version, s: Settings, scorer: Any) -> Checked:
        if v.number == 1:
            go.wait(10)
        return fake_checked(v, s, scorer)

    monkeypatch.setattr(desks, "checked", slow)

    async def run() -> None:
        desk = desk_with(listener, None)
        desk.put(version("old"))
        await asyncio.sleep(0.05)
        desk.put(version("new", 2))
        go.set()
        await settled(desk)
        assert (await desk.current("file:///a.txt")) is not None

    asyncio.run(run())
    assert listener.shown == [(2, ["exonym"])]


def test_close_clears_and_nothing_comes_after(listener: Listener) -> None:
    async def run() -> None:
        desk = desk_with(listener, None)
        desk.put(version("one"))
        desk.close("file:///a.txt")
        await asyncio.sleep(0.05)
        assert await desk.current("file:///a.txt") is None

    asyncio.run(run())
    assert listener.cleared == ["file:///a.txt"]
    assert not listener.shown


def test_settings_of_a_broken_file_are_those_before(tmp_path: Path) -> None:
    workspace = Workspace(plain_settings)
    article, config = tmp_path / "a.txt", tmp_path / "mtcheck.toml"
    config.write_text('skip = ["exonym"]\n')
    before, wrong = workspace.settings(article)
    assert not wrong
    config.write_text("skip = [broken\n")
    now, wrong = workspace.settings(article)
    assert now is before
    assert str(config) in wrong
    config.write_text("")
    after, wrong = workspace.settings(article)
    assert not wrong
    assert len(after.wanted()) == len(before.wanted()) + 1


def test_exclusion_and_sections_hold(tmp_path: Path) -> None:
    (tmp_path / "mtcheck.toml").write_text(
        'exclude = ["drafts/**"]\n[[paths]]\nmatch = "sport/**"\nskip = ["repeated-word"]\n'
    )
    found = {}
    for folder in ("drafts", "sport", "news"):
        (tmp_path / folder).mkdir()
        v = version("He went to to town.", uri=(tmp_path / folder / "a.txt").as_uri())
        chosen, _ = Workspace(plain_settings).settings(path_of(v.uri))
        found[folder] = len(checked(v, chosen, None).report.findings)
    assert found == {"drafts": 0, "sport": 0, "news": 1}
