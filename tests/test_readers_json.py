"""JSON and JSON Lines: the chosen strings, through escapes and HTML back to the file."""

import json

import pytest
from exactness import GAPS, assert_exact, assert_found, paragraphs, read_or_refused, sentences
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.readers import Unreadable, read_text
from mtcheck.readers import json as json_reader

CASES = {
    "chosen keys only": ('{"id": "one", "title": "Two", "slug": "three"}', ["Two"]),
    "keys in any spelling": (
        '{"articleBody": "A", "meta_description": "B", "og:title": "C"}',
        ["A", "B", "C"],
    ),
    "a list belongs to its key": ('{"body": ["A", ["B"], {"x": "no"}, "C"], "n": ["no"]}', ["A", "B", "C"]),
    "what systems put between": (
        '{"content": {"rendered": "A", "raw": "no"}, "guid": {"rendered": "no"}}',
        ["A"],
    ),
    "an object ends its key": ('{"body": {"id": "no"}, "id": "no", "text": "A"}', ["A"]),
    "escapes": (r'{"text": "a \"b\" \\ \/ \u00e9 \ud83d\ude00 \t c"}', ['a "b" \\ / é 😀 \t c']),
    "an escaped backslash begins no escape": (r'{"text": "a \\u00e9 b"}', [r"a \u00e9 b"]),
    "half a pair": (r'{"text": "a \ud83d b"}', ["a \ufffd b"]),
    "line breaks part paragraphs": (r'{"text": "One.\n\nTwo.\nThree."}', ["One.", "Two.", "Three."]),
    "an escaped key": (r'{"\u0074itle": "A"}', ["A"]),
    "html": (r'{"body": "<p>Caf&eacute; <b>Pu<\/b>tin\n now<\/p><p class=\"x\">B"}', ["Café Putin now", "B"]),
    "html escaped as json": (r'{"body": "\u003cp\u003eA \u0026amp; b\u003c/p\u003e<p>c"}', ["A & b", "c"]),
    "html without paragraph tags": (r'{"body": "A <i>b</i>\n\nC <!-- \n\n --> d"}', ["A b", "C d"]),
    "code in html": (r'{"body": "Run <code>a \"b\"</code> now"}', ["Run \ufffc now"]),
    "no html": ('{"text": "a < b & c > d"}', ["a < b & c > d"]),
    "nothing at all": (" \n", []),
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_json(case: str) -> None:
    file, wanted = CASES[case]
    assert paragraphs(file, ".json") == wanted
    assert paragraphs(f"{file}\n\n{file}\r\n" if "\n" not in file else file, ".jsonl") in (wanted * 2, wanted)


REFUSED = {
    "{": "line 1, column 2",
    '{"a":}': "line 1, column 6",
    "[1,]": "line 1, column 4",
    '{"a":1,}': "line 1, column 8",
    '{"a" 1}': "line 1, column 6",
    '{1: "a"}': "line 1, column 2",
    '["\\x"]': "line 1, column 3",
    '["\\u12"]': "line 1, column 3",
    "[1] 2": "line 1, column 5",
    "[\n01]": "line 2, column 1",
    '["a': "line 1, column 2",
    "[[}": "line 1, column 3",
    "nul": "line 1, column 1",
    "]": "line 1, column 1",
}


@pytest.mark.parametrize("file", REFUSED, ids=repr)
def test_what_is_no_json_is_refused_with_its_place(file: str) -> None:
    with pytest.raises(Unreadable, match=f"^name: not JSON at {REFUSED[file]};"):
        read_text(file, "name", ".json")


def test_a_broken_line_of_json_lines_is_named() -> None:
    with pytest.raises(Unreadable, match="line 3, column 10"):
        read_text('{"a": 1}\n\n{"text": \n"b"}', "name", ".jsonl")


@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
def test_a_file_without_a_key_of_prose_is_refused_and_not_called_clean(suffix: str) -> None:
    with pytest.raises(Unreadable, match=r"^name: not read, it has no keys of text"):
        read_text('{"id": "a", "wording": "b"}', "name", suffix)
    assert read_text('{"title": ""}', "name", suffix).text == ""


def test_the_user_may_choose_the_keys() -> None:
    doc = json_reader.read('{"title": "no", "Lede Text": "A"}', "name", ["lede_text"])
    assert doc.text == "A"


@pytest.mark.parametrize(
    "file",
    [
        "[" * 200_000,
        "[" * 200_000 + "]" * 200_000,
        '{"a":' * 100_000,
        '"' + "\\" * 200_001,
        '{"body": "' + "<b>" * 50_000 + '"}',
        '{"body": "' + "<" * 100_000 + "&" * 100_000 + '"}',
        '{"body": "' + "\\n" * 100_000 + 'x"}',
        '{"body": "' + "<!-- " * 30_000 + 'x"}',
    ],
    ids=lambda f: f[:14],
)
def test_depth_and_length_do_no_harm(file: str) -> None:
    read_or_refused(file, ".json")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
LINES = st.sampled_from([" ", "\n", "\n\n", "\t", ' "', '\\" ', " / ", " é "])


def unescaped(raw: str) -> str:
    return str(json.loads(f'"{raw}"'))


@given(said=sentences(), other=VALUES, data=st.data())
def test_each_word_leads_back_through_the_escapes(
    said: list[list[str]], other: object, data: st.DataObject
) -> None:
    join = data.draw(LINES | st.sampled_from(GAPS))
    keys = ["title", "body", "caption", "content_html", "Summary", "standfirst"]
    rows = [{"id": 7, "other": other, keys[i]: join.join(words)} for i, words in enumerate(said)]
    indent = data.draw(st.sampled_from([None, 1]))
    file = json.dumps(rows, ensure_ascii=data.draw(st.booleans()), indent=indent)
    wanted = [w for words in said for w in words]
    for text, suffix in (
        (file, ".json"),
        ("\n".join(json.dumps(r, ensure_ascii=data.draw(st.booleans())) for r in rows), ".jsonl"),
    ):
        doc = read_text(text, "name", suffix)
        assert_exact(doc, doc.source)
        assert_found(doc, wanted, unescaped)
        assert len(doc.paragraphs) >= len(said)


@given(said=sentences(), form=st.sampled_from(["<p>{}</p>", "{}\n\n", "<div title='&amp;'>{}<br>\r\n"]))
def test_each_word_leads_back_through_html_inside_json(said: list[list[str]], form: str) -> None:
    html = "".join(form.format("&nbsp;".join(f'<b class="k">{w}</b>' for w in words)) for words in said)
    doc = read_text(json.dumps({"body": html}), "name", ".json")
    assert_exact(doc, doc.source)
    assert_found(doc, [w for words in said for w in words], unescaped)
    assert [doc[p].split() for p in doc.paragraphs] == said


PIECES = st.sampled_from(
    [
        *("{", "}", "[", "]", ",", ":", '"', '"text"', '"body": ', '{"text": "a', "1", "-", "true"),
        *("\\", "\\u", "\\ud83d", "00e9", "\n", " ", "é", "😀", "<p>", "&amp;", "<!--", "x"),
    ]
)


@given(file=st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=40))
@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
def test_any_text_is_read_or_refused(suffix: str, file: str) -> None:
    read_or_refused(file.removeprefix("\ufeff"), suffix)
