"""reStructuredText: what the rendered page shows, each word at its place in the file."""

import pytest
from exactness import assert_exact, assert_found, paragraphs, read_or_refused, sentences
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.readers import read_text

CASES = {
    "titles": ("====\nOne\n====\n\nTwo\n---\nText\n", ["One", "Two", "Text"]),
    "emphasis": ("A *b c* **d** e*f, 2 * 3 * 4\n", ["A b c d e*f, 2 * 3 * 4"]),
    "code": ("Run ``a `b` c`` now\n", ["Run \ufffc now"]),
    "roles": ("See :ref:`x`, :ref:`the map <x>`, :emphasis:`so`.\n", ["See \ufffc, the map, so."]),
    "links": ("A `map <http://a.example>`_, word_ and `two words`__.\n", ["A map, word and two words."]),
    "a link over two lines": ("A `map of\nit <http://a>`_\n", ["A map of\nit"]),
    "no link in the middle of a name": ("snake_case a_b_\n", ["snake_case a_b_"]),
    "note marks": ("Word [1]_, word [#a]_.\n", ["Word, word."]),
    "notes": (".. [1] The note\n   goes on.\n", ["The note\ngoes on."]),
    "substitutions": ("By |who| now\n", ["By \ufffc now"]),
    "escapes": (r"\*a\* b\ c" + "\n", ["*a* bc"]),
    "literal block": ("Code::\n\n   x = 1\n\n   y\n\nEnd\n", ["Code:", "End"]),
    "literal block alone": ("::\n\n   x\n\nEnd\n", ["End"]),
    "code directive": (".. code-block:: py\n   :x: y\n\n   z = 1\n\n   w\n\nEnd\n", ["End"]),
    "unknown directive": (".. foo:: bar\n   baz\n\nEnd\n", ["End"]),
    "note directive": (".. note:: Mind\n   it.\n\n   Two.\n", ["Mind\nit.", "Two."]),
    "figure": (".. figure:: a.png\n   :alt: A *b*\n   :width: 3\n\n   C d\n", ["A b", "C d"]),
    "targets and comments": (".. _a: http://b\n.. c\n   d\n\n__ http://e\n\nEnd\n", ["End"]),
    "substitution definition": (".. |a| replace:: b\n\nEnd\n", ["End"]),
    "fields": (":Author: A\n:Abstract: B\n   c\n:Date: d\n   e\n\nEnd\n", ["B\nc", "End"]),
    "a role and two colons are no field": (":emphasis:`a`::\n\n   no\n", ["a:"]),
    "lists": ("- a\n  b\n- c\n\n  d\n\n1. e\n2. f\n", ["a\nb", "c", "d", "e", "f"]),
    "definitions": ("term\n    What\n    it is\n", ["term", "What\nit is"]),
    "tables": ("== ==\na  b\n== ==\n\n+--+\n|c |\n+--+\n\nEnd\n", ["End"]),
    "doctest": (">>> a\nb\n\nEnd\n", ["End"]),
    "line block": ("| a\n| b\n", ["a", "b"]),
}


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=repr)
def test_rst(case: str, ending: str) -> None:
    file, wanted = CASES[case]
    found = paragraphs(file.replace("\n", ending), ".rst")
    assert [p.replace("\r\n", "\n").replace("\r", "\n") for p in found] == wanted


FORMS = st.sampled_from(["{}", "*{}*", "**{}**", "`{} <http://a.example>`_", ":emphasis:`{}`", "({})"])
FRAMES = st.sampled_from(
    [
        ("", "", ""),
        ("- ", "  ", ""),
        (".. note:: ", "   ", ""),
        (".. note::\n\n   ", "   ", ""),
        ("", "", "::\n\n   hidden = 1"),
        (".. [1] ", "   ", ""),
        ("1. ", "   ", "\n\n   .. code:: py\n\n      hidden"),
    ]
)


@given(said=sentences(), data=st.data())
def test_each_word_leads_back(said: list[list[str]], data: st.DataObject) -> None:
    ending = data.draw(st.sampled_from(["\n", "\r\n"]))
    file = ""
    for words in said:
        first, rest, after = data.draw(FRAMES)
        shown = [data.draw(FORMS).format(w) for w in words]
        file += first
        for i, form in enumerate(shown):
            file += form + ("" if i == len(shown) - 1 else data.draw(st.sampled_from([" ", "\n" + rest])))
        file += after + "\n\n"
    doc = read_text(file.replace("\n", ending), "name", ".rst")
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
            "   ",
            "\t",
            ".. ",
            "::",
            "note:: ",
            "image:: ",
            "_a: ",
            "[1] ",
            ":alt: ",
        ),
        *("*", "**", "`", "``", "`_", "_", "|", "\\", ":ref:", "<", ">", "[1]_", "- ", "1. ", "====", "----"),
        *("+--+", ">>> ", "| ", "a", "é", "😀", "word_", "__ ", "\u2028", "\u00a0", "\f"),
    ]
)


@given(file=st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=40))
def test_any_text_is_read(file: str) -> None:
    read_or_refused(file.removeprefix("\ufeff"), ".rst")


@pytest.mark.parametrize(
    "file",
    [
        "*" * 20_000,
        "`a " * 10_000,
        "**a " * 10_000,
        ":a:" * 10_000,
        ":a:`b " * 5_000,
        "- " * 20_000,
        "\n".join(" " * i + "a" for i in range(1_000)),
        "|a " * 10_000,
        "=" * 100_000,
        "a_" * 20_000,
        "\\" * 50_000,
    ],
    ids=lambda f: f[:12],
)
def test_depth_and_length_do_no_harm(file: str) -> None:
    read_or_refused(file, ".rst")
