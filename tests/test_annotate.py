"""Word comments: on exactly the words, with form and text as they were."""

from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from mtcheck.check import check
from mtcheck.cli.app import app
from mtcheck.findings import Finding, Report
from mtcheck.readers import read_bytes
from mtcheck.reports.docx import NotAnnotated, annotated, remark
from mtcheck.text import Document, Span

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RUNS = st.tuples(st.text("ab é😀\t", max_size=8), st.sampled_from(["", "b", "iu"]))
TWICE = "He went to to town."


def saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def written(*paragraphs: list[tuple[str, str]]) -> bytes:
    """A document of paragraphs of (text, form) runs; form is letters of "biu"."""
    document = docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for text, form in runs:
            run = paragraph.add_run(text)
            run.bold, run.italic, run.underline = "b" in form, "i" in form, "u" in form
    return saved(document)


def read(data: bytes) -> Document:
    return read_bytes(data, "a.docx", ".docx")


def reported(data: bytes, *spans: Span) -> Report:
    return Report(read(data), tuple(Finding(s, "exonym", "odd") for s in spans), (), {}, "")


def commented(data: bytes) -> dict[str, str]:
    """Comment text -> the words that it stands on."""
    document = docx.Document(BytesIO(data))
    texts = {str(c.comment_id): c.text for c in document.comments}
    open_: set[str] = set()
    words = dict.fromkeys(texts, "")
    for element in document.element.iter():
        if element.tag == f"{W}commentRangeStart":
            open_.add(element.get(f"{W}id"))
        elif element.tag == f"{W}commentRangeEnd":
            open_.discard(element.get(f"{W}id"))
        elif element.tag in (f"{W}t", f"{W}tab"):
            for i in open_:
                words[i] += element.text or "\t"
    return {texts[i]: words[i] for i in texts}


def forms(data: bytes) -> list[tuple[str, bool, bool, bool]]:
    """Every character with its form."""
    document = docx.Document(BytesIO(data))
    runs = [r for p in document.paragraphs for r in p.runs]
    return [(c, bool(r.bold), bool(r.italic), bool(r.underline)) for r in runs for c in r.text]


def test_a_comment_stands_on_its_words_and_says_why() -> None:
    data = written([("Fine.", "")], [("He went t", "b"), ("o to", "bi"), (" town.", "")])
    report = check(read(data))
    copy = annotated(data, report)
    (said,) = commented(copy).items()
    assert said == ("the same words twice\nPerhaps: “to”\nrepeated-word, probability 0.92", "to to")
    assert read(copy).text == read(data).text
    assert forms(copy) == forms(data)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.lists(st.tuples(st.text("ab é😀\t", max_size=8), st.sampled_from(["", "b", "iu"])), max_size=4),
        max_size=4,
    ),
    st.data(),
)
def test_any_spans_of_any_runs(paragraphs: list[list[tuple[str, str]]], draw: st.DataObject) -> None:
    data = written(*paragraphs)
    text = read(data).text
    cuts = sorted(draw.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    chosen = [Span(a, b) for a, b in pairwise(cuts)]
    spans = [s for s in chosen if "\n" not in text[s.start : s.end]][:: draw.draw(st.integers(1, 2))]
    report = Report(
        read(data), tuple(Finding(s, "exonym", f"number {i}") for i, s in enumerate(spans)), (), {}, ""
    )
    copy = annotated(data, report)
    assert read(copy).text == text
    assert forms(copy) == forms(data)
    found = {said.split("\n")[0]: words for said, words in commented(copy).items()}
    assert found == {f"number {i}": text[s.start : s.end] for i, s in enumerate(spans)}


def test_comments_that_are_there_stay() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("He went ")
    run = paragraph.add_run("to to town")
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    document.add_comment(run, text="Which town?", author="Editor", initials="E")
    data = saved(document)
    copy = annotated(data, check(read(data)))
    assert commented(copy)["Which town?"] == "to to town"
    assert sorted(commented(copy).values()) == ["to to", "to to town"]
    assert {c.author for c in docx.Document(BytesIO(copy)).comments} == {"Editor", "mtcheck"}
    assert len({c.comment_id for c in docx.Document(BytesIO(copy)).comments}) == 2


def test_tables_links_and_insertions() -> None:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = TWICE
    paragraph = document.add_paragraph("She won ")
    run = paragraph.add_run("the the")
    for tag in ("hyperlink", "ins"):
        around = paragraph._p.makeelement(f"{W}{tag}", {})
        run._r.addprevious(around)
        around.append(run._r)
    paragraph.add_run(" race.")
    data = saved(document)
    copy = annotated(data, check(read(data)))
    assert sorted(commented(copy).values()) == ["the the", "to to"]
    assert read(copy).text == read(data).text


def test_deleted_words_are_passed_by() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for text in ("He went to", " XXX", " to town."):
        paragraph.add_run(text)
    gone = paragraph.runs[1]._r
    around = paragraph._p.makeelement(f"{W}del", {})
    gone.addprevious(around)
    around.append(gone)
    gone[-1].tag = f"{W}delText"
    data = saved(document)
    copy = annotated(data, check(read(data)))
    assert list(commented(copy).values()) == ["to to"]


def test_an_empty_span_takes_one_character() -> None:
    data = written([("abc", "")])
    assert list(commented(annotated(data, reported(data, Span(1, 1)))).values()) == ["b"]


def test_signs_that_xml_forbids() -> None:
    data = written([("abc", "")])
    doc = read(data)
    odd = Finding(Span(0, 1), "exonym", "a\x00b\ufffe\nc", ("\x1b",))
    copy = annotated(data, Report(doc, (odd,), (), {}, ""))
    assert list(commented(copy).values()) == ["a"]
    assert remark(odd).count("\n") == 2


def test_a_report_on_another_text_is_refused() -> None:
    data = written([("abc", "")])
    other = reported(written([("abd", "")]), Span(0, 1))
    with pytest.raises(NotAnnotated, match="found again"):
        annotated(data, other)


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a.docx"
    path.write_bytes(written([(TWICE, "")]))
    return path


def annotate(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["annotate", "--model", "none", *arguments])
    return result.exit_code, result.output


def test_the_command_writes_once_and_over_only_with_force(article: Path) -> None:
    before = article.read_bytes()
    assert annotate("a.docx", "-o", "b.docx") == (0, "b.docx: 1 comment\n")
    assert article.read_bytes() == before
    out = article.with_name("b.docx")
    first = out.read_bytes()
    status, said = annotate("a.docx", "-o", "b.docx")
    assert (status, out.read_bytes()) == (2, first)
    assert "--force" in said
    article.write_bytes(written([("Fine.", "")]))
    assert annotate("a.docx", "-o", "b.docx", "--force") == (0, "b.docx: 0 comments\n")
    assert commented(out.read_bytes()) == {}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.docx", "-o", "a.docx", "--force"], "give another name"),
        (["missing.docx", "-o", "b.docx"], "no such file"),
        (["a.txt", "-o", "b.docx"], "not a .docx"),
        (["a.docx", "-o", "nowhere/b.docx"], "No such file"),
        (["broken.docx", "-o", "b.docx"], "no Word document"),
        (["a.docx", "-o", "b.docx", "--only", "nothing"], "no detector"),
    ],
)
def test_wrong_use_is_one_line(article: Path, arguments: list[str], message: str) -> None:
    before = article.read_bytes()
    article.with_name("broken.docx").write_bytes(b"PK")
    status, said = annotate(*arguments)
    assert status == 2
    assert message in said
    assert said.count("\n") == 1
    assert article.read_bytes() == before
    assert not article.with_name("b.docx").exists()
