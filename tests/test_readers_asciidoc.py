"""AsciiDoc: what the rendered page shows, each word at its place in the file."""

import pytest
from exactness import assert_exact, assert_found, paragraphs, read_or_refused, sentences
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.readers import read_text

CASES = {
    "header": ("= One\nAnn Who <a@b.example>\n:toc:\n:description: Two\n\nText\n", ["One", "Two", "Text"]),
    "sections": ("== One\nText\n\n=== Two\n", ["One", "Text", "Two"]),
    "emphasis": ("A *b _c_* **d**e #f# 2*3*4 a_b_c\n", ["A b c de f 2*3*4 a_b_c"]),
    "code": ("Run `a *b*` and +c+ now\n", ["Run \ufffc and \ufffc now"]),
    "links": ("A link:b.html[map], https://a.example[site^], <<x,there>>.\n", ["A map, site, there."]),
    "a reference without text": ("See <<x>> or xref:y[]\n", ["See \ufffc or \ufffc"]),
    "attributes": ("By {who} now\n", ["By \ufffc now"]),
    "notes and index": ("Word footnote:[a note] (((b,c))) ((d)) e\n", ["Word d e"]),
    "entities and quotes": ('Caf&eacute; "`a`" &#8217;\n', ["Café “a” ’"]),
    "escapes": ("\\*a* b\n", ["*a* b"]),
    "sup and sub": ("H~2~O, 19^th^\n", ["H2O, 19th"]),
    "pictures": ("image::a.png[A boat, 300]\n\nSee image:b.png[c] d\n", ["A boat", "See \ufffc d"]),
    "blocks left out": (
        "----\na\n\nb\n----\n\n....\nc\n....\n\n////\nd\n////\n\n|===\n|e\n|===\nEnd\n",
        ["End"],
    ),
    "fenced code": ("```py\na\n```\nEnd\n", ["End"]),
    "blocks of prose": ("====\na\n====\n\n____\nb\n____\n", ["a", "b"]),
    "code paragraph": ("[source]\na = 1\nb\n\n  literal\n\nEnd\n", ["End"]),
    "a style ends with its block": ("[source,py]\n----\na\n----\n\nNOTE: Mind it\n", ["Mind it"]),
    "captions": (".The caption\n====\na\n====\n", ["The caption", "a"]),
    "lists": ("* a\nb\n** c\n+\nd\n\n. e\n. f\n", ["a\nb", "c", "d", "e", "f"]),
    "terms": ("term:: what it is\n", ["term", "what it is"]),
    "comments": ("a\n// b\nc\n", ["a\nc"]),
}


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=repr)
def test_asciidoc(case: str, ending: str) -> None:
    file, wanted = CASES[case]
    found = paragraphs(file.replace("\n", ending), ".adoc")
    assert [p.replace("\r\n", "\n").replace("\r", "\n") for p in found] == wanted


FORMS = st.sampled_from(["{}", "*{}*", "_{}_", "*_{}_*", "link:a.html[{}]", "<<b,{}>>", '"`{}`"', "#{}#"])
FRAMES = st.sampled_from(
    [
        ("", ""),
        ("* ", ""),
        ("NOTE: ", ""),
        ("[quote]\n", ""),
        ("", "\n\n----\nhidden\n----"),
        ("====\n", "\n===="),
        ("[source]\nhidden\n\n", ""),
    ]
)


@given(said=sentences(), data=st.data())
def test_each_word_leads_back(said: list[list[str]], data: st.DataObject) -> None:
    ending = data.draw(st.sampled_from(["\n", "\r\n"]))
    file = ""
    for words in said:
        first, after = data.draw(FRAMES)
        joins = [data.draw(st.sampled_from([" ", "\n"])) for _ in words[1:]]
        file += first + data.draw(FORMS).format(words[0])
        file += "".join(j + data.draw(FORMS).format(w) for j, w in zip(joins, words[1:], strict=True))
        file += after + "\n\n"
    doc = read_text(file.replace("\n", ending), "name", ".adoc")
    assert_exact(doc, doc.source)
    assert_found(doc, [w for words in said for w in words], lambda there: there)
    assert len(doc.paragraphs) == len(said)
    assert "hidden" not in doc.text


PIECES = st.sampled_from(
    [
        *(
            "\n",
            "\n\n",
            "\r\n",
            "\r",
            " ",
            "  ",
            "= ",
            "== ",
            ".",
            "* ",
            "- ",
            "+",
            "----",
            "====",
            "|===",
            "//",
        ),
        *(
            "[source]",
            "[",
            "]",
            "::",
            ":a: ",
            "image::",
            "link:",
            "<<",
            ">>",
            "{a}",
            "footnote:[",
            "((",
            "))",
        ),
        *(
            "*",
            "**",
            "_",
            "__",
            "`",
            "#",
            "^",
            "~",
            '"`',
            '`"',
            "\\",
            "&amp;",
            "&",
            "a",
            "é",
            "😀",
            "\u2028",
            "\f",
        ),
    ]
)


@given(file=st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=40))
def test_any_text_is_read(file: str) -> None:
    read_or_refused(file.removeprefix("\ufeff"), ".adoc")


@pytest.mark.parametrize(
    "file",
    [
        "*" * 20_000,
        "`a " * 10_000,
        "*_" * 10_000 + "a",
        "_a " * 10_000,
        "<<" * 10_000,
        "[" * 20_000,
        "((" * 10_000,
        "+++a" * 5_000,
        "footnote:[" * 3_000,
        "a:" * 20_000,
        "link:a[" * 3_000,
        "http://a" * 3_000,
        "{" * 20_000,
    ],
    ids=lambda f: f[:12],
)
def test_depth_and_length_do_no_harm(file: str) -> None:
    read_or_refused(file, ".adoc")
