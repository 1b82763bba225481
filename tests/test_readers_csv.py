"""Tables in text form: the columns of prose, through doubled quotes back to the file."""

import csv
import io

import pytest
from exactness import GAPS, assert_exact, assert_found, paragraphs, read_or_refused, sentences
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.readers import Unreadable, read_text
from mtcheck.readers import csv as csv_reader

CASES = {
    "chosen columns only": ("id,title,slug\n1,One,no\n2,Two,no\n", ["One", "Two"]),
    "names in any spelling": ('"Meta Description",x,Body_Text\nA,no,B', ["A", "B"]),
    "doubled quotes": ('text\n"a ""b"" c"\n', ['a "b" c']),
    "separators and line breaks inside quotes": ('text,x\n"a, b\n\nc",no\n', ["a, b", "c"]),
    "semicolons": ("id;text\n1;a, b\n", ["a, b"]),
    "tabs": ("id\ttext\n1\ta, b; c\n", ["a, b; c"]),
    "a separator inside a quoted column name": ('"a;b;c",text\nno,"A"\n', ["A"]),
    "short and long rows": ("id,text\n1\n2,A,no\n\n3,B\n", ["A", "B"]),
    "empty fields": ('text,title\n"",A\n,B', ["A", "B"]),
    "a quotation mark inside a bare field": ('text\na "b" c\n', ['a "b" c']),
    "html": ('text\n"<p class=""x"">A &amp; <b>b</b>c</p><p>d"\n', ["A & bc", "d"]),
    "nothing at all": ("\n\n", []),
}


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=repr)
def test_csv(case: str, ending: str) -> None:
    file, wanted = CASES[case]
    assert paragraphs(file.replace("\n", ending), ".csv") == wanted


def test_a_table_without_prose_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"^name: no column of text in its first row \(id, price\);"):
        read_text("id,price\n1,2\n", "name", ".csv")


def test_an_open_quotation_is_refused_with_its_line() -> None:
    with pytest.raises(Unreadable, match=r"^name: the quotation mark in line 3 is never closed"):
        read_text('text\na\n"b\nc\n', "name", ".csv")


def test_the_user_may_choose_the_columns() -> None:
    assert csv_reader.read("title,wire copy\nno,A\n", "name", ["Wire Copy"]).text == "A"


@pytest.mark.parametrize(
    "file", ["text\n" + '"' * 200_001, "text\n" + "a\n" * 50_000, "," * 200_000 + "text"]
)
def test_length_does_no_harm(file: str) -> None:
    read_or_refused(file, ".csv")


@given(said=sentences(), data=st.data())
def test_each_word_leads_back(said: list[list[str]], data: st.DataObject) -> None:
    separator = data.draw(st.sampled_from(",;\t|"))
    join = data.draw(st.sampled_from([*GAPS, ' "', '"" ', "\n", f" {separator} "]))
    file = io.StringIO(newline="")
    writer = csv.writer(
        file,
        delimiter=separator,
        quoting=csv.QUOTE_ALL if data.draw(st.booleans()) else csv.QUOTE_MINIMAL,
        lineterminator=data.draw(st.sampled_from(["\n", "\r\n"])),
    )
    writer.writerow(["id", "text", "note"])
    for i, words in enumerate(said):
        writer.writerow([i, join.join(words), data.draw(st.text('ab,"\n', max_size=5))])
    doc = read_text(file.getvalue(), "name", ".csv")
    assert_exact(doc, doc.source)
    assert_found(doc, [w for words in said for w in words], lambda there: there)


PIECES = st.sampled_from(
    ["text", "title,", '"', '""', ",", ";", "\t", "\n", "\r\n", "a", "é", "<p>", "&amp;", " "]
)


@given(file=st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=40))
@pytest.mark.parametrize("head", ["", "text,", "id;text\n"])
def test_any_text_is_read_or_refused(head: str, file: str) -> None:
    read_or_refused((head + file).removeprefix("\ufeff"), ".csv")
