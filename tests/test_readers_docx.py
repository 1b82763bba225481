"""Word documents: line n of the text is paragraph n."""

import zipfile
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from exactness import sentences
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.readers import Unreadable, read_bytes, read_file, read_text
from mtcheck.text import Document

BODY = "word/document.xml"


def zipped(xml: str | bytes, part: str = BODY) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, xml)
    return file.getvalue()


def word(body: str) -> bytes:
    return zipped(f'<?xml version="1.0"?><w:document xmlns:w="u"><w:body>{body}</w:body></w:document>')


def read(data: bytes) -> Document:
    return read_bytes(data, "name", ".docx")


CASES = {
    "runs join": ("<w:p><w:r><w:t>Pu</w:t></w:r><w:r><w:t>tin &amp; co</w:t></w:r></w:p>", "Putin & co"),
    "empty paragraphs count": ("<w:p><w:r><w:t>a</w:t></w:r></w:p><w:p/><w:p><w:t>b</w:t></w:p>", "a\n\nb"),
    "tables": (
        "<w:tbl><w:tr><w:tc><w:p><w:t>a</w:t></w:p></w:tc></w:tr></w:tbl><w:p><w:t>b</w:t></w:p>",
        "a\nb",
    ),
    "deleted text": ("<w:p><w:t>a</w:t><w:del><w:delText>b</w:delText></w:del></w:p>", "a"),
    "moved text": (
        "<w:p><w:moveFrom><w:t>a</w:t></w:moveFrom></w:p><w:p><w:moveTo><w:t>b</w:t></w:moveTo></w:p>",
        "\nb",
    ),
    "field codes": ("<w:p><w:instrText>PAGE</w:instrText><w:t>a</w:t></w:p>", "a"),
    "breaks and tabs": ("<w:p><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:p>", "a b\tc"),
    "tab stops are no tabs": ("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:t>a</w:t></w:p>", "a"),
    "a line break in the XML": ("<w:p>\n<w:t>a\nb</w:t>\n</w:p>", "a b"),
    "text boxes": (
        "<w:p><w:t>a </w:t><w:pict><w:p><w:t>no</w:t></w:p></w:pict></w:p>",
        "a \ufffc",
    ),
    "nothing at all": ("", ""),
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_docx(case: str) -> None:
    body, wanted = CASES[case]
    assert read(word(body)).text == wanted


def swollen() -> bytes:
    return zipped(b"<a>" + b" " * 100_000_001)


REFUSED = {
    "no zip": (b"plain text", "no Word document"),
    "empty": (b"", "no Word document"),
    "cut off": (word("<w:p/>" * 50)[:-30], "no Word document"),
    "another zip": (zipped("x", "content.xml"), "no Word document"),
    "broken xml": (zipped("<a>"), "broken Word document"),
    "a bomb of entities": (zipped('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "broken Word document"),
    "an unknown encoding": (zipped('<?xml version="1.0" encoding="none"?><a/>'), "broken Word document"),
}


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_broken_files_are_refused_in_one_line(case: str) -> None:
    data, reason = REFUSED[case]
    with pytest.raises(Unreadable) as refused:
        read(data)
    assert str(refused.value).startswith("name: ")
    assert reason in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_a_file_that_swells_is_refused() -> None:
    data = swollen()
    assert len(data) < 1_000_000
    with pytest.raises(Unreadable, match=r"unpacks to more than 100,000,000 bytes"):
        read(data)


def test_it_is_read_by_its_suffix_and_never_as_text(tmp_path: Path) -> None:
    file = tmp_path / "A.DOCX"
    file.write_bytes(word("<w:p><w:t>a</w:t></w:p>"))
    assert read_file(file).text == "a"
    with pytest.raises(Unreadable, match="give the file itself"):
        read_text("a", "name", "docx")


@given(said=sentences(), data=st.data())
def test_line_and_column_are_paragraph_and_character(said: list[list[str]], data: st.DataObject) -> None:
    body = ""
    wanted = []
    for number, words in enumerate(said, 1):
        text = " ".join(words)
        cut = data.draw(st.integers(0, len(text)))
        runs = [f"<w:r><w:t xml:space='preserve'>{escape(t)}</w:t></w:r>" for t in (text[:cut], text[cut:])]
        body += f"<w:p>{''.join(runs)}</w:p>"
        wanted += [(w, number, text.index(w) + 1) for w in words]
    doc = read(word(body))
    for said_word, paragraph, character in wanted:
        assert doc.line_col(doc.text.index(said_word)) == (paragraph, character)
    assert [doc[p] for p in doc.paragraphs] == [" ".join(words) for words in said]


VALID = word("<w:p><w:r><w:t>Some text</w:t></w:r></w:p>" * 3)


@given(
    data=st.binary(max_size=60)
    | st.tuples(st.integers(0, len(VALID) - 1), st.binary(max_size=4)).map(
        lambda at: VALID[: at[0]] + at[1] + VALID[at[0] + len(at[1]) :]
    )
    | st.lists(st.sampled_from(["<w:p>", "</w:p>", "<w:t>", "</w:t>", "<w:del>", "</w:del>", "a"])).map(
        lambda parts: word("".join(parts))
    )
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        doc = read(data)
    except Unreadable as refused:
        line = str(refused)
        assert line.startswith("name: ")
        assert len(line.splitlines()) == 1
    else:
        assert all(b.end <= len(doc.text) for b in doc.blocks)
