"""Readers: the prose is what a reader of the page sees, and every place in it leads back to the file."""

import re
import time
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.readers import Unreadable, read_file, read_text
from mtcheck.readers.decode import MOST_BYTES
from mtcheck.text import Document

SUFFIXES = ["", ".htm", ".html", ".markdown", ".md", ".mdx", ".text", ".txt", ".xhtml"]
PIECES = [
    *("The", "cat", "café", "cafe\u0301", "Пётр", "😀", "👩‍👩‍👧", "U.S.", "it’s", "x", "7"),
    *(" ", " ", " ", "  ", "\t", "\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\u00a0", "\u00ad", "\f", "\u2028"),
    *(
        "&amp;",
        "&eacute;",
        "&eacute",
        "&notit;",
        "&#233;",
        "&#x2019",
        "&#8217;",
        "&shy;",
        "&nope;",
        "&",
        "&#",
        "&#0;",
    ),
    *(
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<i",
        "<br>",
        "<br/>",
        "<div lang=fr>",
        "</div>",
        "<code>",
        "</code>",
        "<!--",
        "-->",
    ),
    *(
        "<img alt='a &lt; b' title=\"c\">",
        "<title>",
        "</title>",
        "<script>",
        "</script>",
        "<sup>1</sup>",
        "<pre>",
    ),
    *(
        "<meta name=description content='d &amp; e'>",
        "<svg>",
        "</svg>",
        "<![CDATA[",
        "<![x ",
        "<![",
        "]]>",
        "<?x ",
        "<!x",
        "<",
        ">",
    ),
    *(
        "*",
        "**",
        "_",
        "`",
        "``",
        "~~",
        "# ",
        "> ",
        "- ",
        "1. ",
        "    ",
        "\\",
        "\\*",
        "|",
        "|---|",
        "---\n",
        "+++\n",
        "```\n",
    ),
    *(
        "[a](b 'c')",
        '![a *b* c](d "e")',
        "[",
        "]",
        "](",
        ")",
        "[^1]",
        "[^1]: ",
        "<http://a.example>",
        "{{< x >}}",
    ),
    *("{% y %}", "{{ z }}", "{", "}", "import x\n", "<A b={1}>", "</A>", "\ufffc", "\ufffd"),
    *(
        "title: ",
        'title = "a \\u00e9"\n',
        "title: 'it''s'\n",
        'caption: "a\\n b"\n',
        "summary: >-\n  a\n  b\n",
        '"',
        "'",
    ),
]
FILES = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60)
FRONTED = st.tuples(
    st.sampled_from(["", "---\n", "+++\n", "---\r\n"]),
    FILES,
    st.sampled_from(["", "\n---\n", "\n+++\n"]),
    FILES,
)


def assert_exact(doc: Document, file: str) -> None:
    """Copies are copies; runs are ordered and disjoint; every word leads back to where it was made."""
    assert doc.file_text == file
    if not doc.runs:
        assert doc.text in ("", file)
        return
    at = 0
    for run in doc.runs:
        assert run.start >= at
        at = run.start + run.length
        assert run.length > 0
        assert run.source.end <= len(file)
        if run.length == len(run.source):
            assert doc.text[run.start : at] == file[run.source.start : run.source.end]
    assert at == len(doc.text)
    by_file = sorted(run.source for run in doc.runs)
    assert all(a.end <= b.start for a, b in pairwise(by_file))
    starts = {b.start for b in doc.blocks}
    for first, second in pairwise(doc.runs):
        assert second.start in starts or first.source.end <= second.source.start, "a block follows the file"
    for a, b in pairwise(doc.blocks):
        assert doc.text[a.end : b.start] == "\n\n"
    for word in doc.words:
        place = doc.to_source(word)
        assert len(place)
        assert place.end <= len(file)
        if "&" not in (there := file[place.start : place.end]) and there.isalnum():
            assert there == doc[word]


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(file=FRONTED.map("".join))
def test_every_file_is_read_and_mapped_exactly(suffix: str, file: str) -> None:
    assert_exact(read_text(file, "x", suffix), file.removeprefix("\ufeff"))


# Prose as words, each with the form that it has in the file.
HTML_WORDS = st.sampled_from(
    [
        *(
            ("The", "The"),
            ("Putin", "<b>Pu</b>tin"),
            ("café", "caf&eacute;"),
            ("café", "caf&#xE9;"),
            ("naïve", "na&iumlve"),
        ),
        *(
            ("example", "exam&shy;ple"),
            ("R", "<i class='x>y'>R</i>"),
            ("Été", "Été"),
            ("😀x", "😀x"),
            ("it’s", "it&rsquo;s"),
        ),
    ]
)
MD_WORDS = st.sampled_from(
    [
        *(
            ("The", "The"),
            ("Putin", "**Put**in"),
            ("café", "caf&eacute;"),
            ("café", "caf&#233;"),
            ("R", "*R*"),
        ),
        *(
            ("link", "[link](http://a.example)"),
            ("Été", "Été"),
            ("😀x", "😀x"),
            ("it’s", "it&rsquo;s"),
            ("Pu", "<b>P</b>u"),
        ),
    ]
)
BLANKS = st.sampled_from([" ", "\n", "\r\n", " "])


def markup_taken_out(there: str) -> str:
    return unescape(re.sub(r"<[^<>]*>|\*+|\[|\]\([^)]*\)?", "", there)).replace("\u00ad", "")


@pytest.mark.parametrize(("suffix", "words"), [(".html", HTML_WORDS), (".md", MD_WORDS)], ids=["html", "md"])
@given(data=st.data())
def test_words_with_markup_inside_are_one_word_and_lead_back(
    suffix: str, words: st.SearchStrategy[tuple[str, str]], data: st.DataObject
) -> None:
    said = data.draw(st.lists(st.tuples(words, BLANKS), min_size=1, max_size=20))
    file = "".join(form + blank for (_, form), blank in said)
    doc = read_text(f"<p>{file}" if suffix == ".html" else file, "x", suffix)
    assert_exact(doc, doc.source)
    assert doc.text.split() == [word for (word, _), _ in said]
    for w in doc.words:
        place = doc.to_source(w)
        assert markup_taken_out(doc.source[place.start : place.end]) == doc[w]


def blocks(file: str, suffix: str) -> list[str]:
    doc = read_text(file, "x", suffix)
    assert_exact(doc, file)
    return [doc[b] for b in doc.paragraphs]


MARKDOWN = {
    "heading and emphasis": ("# A **bo**ld day #\n\nText *Put*in\n", ["A bold day", "Text Putin"]),
    "inline code": ("Run `a b` now\n", ["Run \ufffc now"]),
    "code block": ("```py\nx\n```\n\n    y\n\nend\n", ["end"]),
    "image": ("![A *red* boat](b.png 'Off &amp; on')\n", ["Off & on", "A red boat"]),
    "image in a sentence": ("The ![flag](f) of Mali\n", ["The \ufffc of Mali", "flag"]),
    "link": ("See [the *map*](http://a.example) now\n", ["See the map now"]),
    "escapes": ("5 \\* 3 &lt; \\&amp;\n", ["5 * 3 < &amp;"]),
    "table": ("| a | b \\| c |\n|---|---|\n| d | e |\n", ["a", "b | c", "d", "e"]),
    "lists": ("- one\n- two\n  - three\n\n1. four\n", ["one", "two", "three", "four"]),
    "quote": ("> said\n> she\n", ["said\nshe"]),
    "shortcode alone": ("{{< figure src='x' >}}\n\nText\n", ["Text"]),
    "shortcode in a link": ('[news]({{< ref "a b.md" >}}) today\n', ["news today"]),
    "liquid": ("By {{ page.author }} in {% include x %}.\n", ["By \ufffc in \ufffc."]),
    "comment": ("One <!-- two --> three\n", ["One three"]),
    "inline html": ("One <b>two</b> <span lang=fr>trois</span>\n", ["One two trois"]),
    "html block": ("<div title='A &amp; B'>One <i>two</i></div>\n\nThree\n", ["One two", "A & B", "Three"]),
    "footnote": ("Text[^1].\n\n[^1]: The note\n", ["Text.", "The note"]),
    "old line ending": ("# One\r\rTwo\rthree\r", ["One", "Two\rthree"]),
    "hard break": ("One  \ntwo\\\nthree\n", ["One\ntwo\nthree"]),
    "thematic break is no front matter": ("One\n\n---\n\ntitle: two\n\n---\n", ["One", "title: two"]),
    "yaml": (
        "---\ntitle: \"A \\u00e9 \\\"b\\\"\"\nimage:\n  alt: 'It''s'\nslug: no\n"
        "summary: >-\n  One\n  two\n---\nText\n",
        ['A é "b"', "It's", "One\ntwo", "Text"],
    ),
    "broken yaml": ("---\ntitle: [\n---\nText\n", ["Text"]),
    "toml": (
        '+++\ntitle = "A \\"b\\""\ndraft = true\n[x]\nimage_alt = \'c\'\n+++\nText\n',
        ['A "b"', "c", "Text"],
    ),
}


@pytest.mark.parametrize("case", MARKDOWN, ids=str)
def test_markdown(case: str) -> None:
    file, wanted = MARKDOWN[case]
    assert [b for b in blocks(file, ".md") if b != "\ufffc"] == wanted
    crlf = file.replace("\n", "\r\n")
    assert [b.replace("\r\n", "\n") for b in blocks(crlf, ".md")] == wanted


def test_mdx_leaves_components_out() -> None:
    file = "import X from 'y'\n\nHello {name}, <Tip a={() => 1}>well</Tip>.\n"
    assert blocks(file, ".mdx") == ["Hello \ufffc, \ufffcwell\ufffc."]


HTML = {
    "blocks and inline tags": ("<h1>A <b>bo</b>ld</h1><p>One<p>Two", ["A bold", "One", "Two"]),
    "white space": ("<p>\n  One   two\n  three\n</p>", ["One two three"]),
    "skipped": ("<style>a</style><script>'<p>b</p>'</script><svg><title>c</title></svg><p>d", ["d"]),
    "inline code": ("<p>Run <code>a <b>b</b></code> now", ["Run \ufffc now"]),
    "break": ("<p>One<br>two<br/> three", ["One\ntwo\nthree"]),
    "entities": (
        "<p>&eacute; &eacute &notit; &copy2026 &nope; AT&T &#8217;",
        ["é é ¬it; ©2026 &nope; AT&T ’"],
    ),
    "unfinished reference": ("<p>It&#39", ["It'"]),
    "attributes": ("<p>A <img alt='b &lt; c' title=d> e", ["A \ufffc e", "b < c", "d"]),
    "head": (
        "<title>A &amp; b</title><meta property=og:title content='c'><meta name=robots content=d><p>e",
        ["A & b", "c", "e"],
    ),
    "note mark": ("<p>Word<sup><a href='#1'>[1]</a></sup> the 19<sup>th</sup>", ["Word the 19th"]),
    "comment": ("<p>One <!-- two --> three", ["One three"]),
    "sections of no known kind": (
        "<p>One <![x y]>two <![1]>three <![if a]>four<![endif]>",
        ["One two three four"],
    ),
    "soft hyphen": ("<p>exam&shy;ple ex\u00adample", ["example example"]),
    "lists and tables": ("<ul><li>a<li>b</ul><table><tr><td>c<td>d</table>", ["a", "b", "c", "d"]),
}


@pytest.mark.parametrize("case", HTML, ids=str)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=repr)
def test_html(case: str, ending: str) -> None:
    file, wanted = HTML[case]
    assert blocks(file.replace("\n", ending), ".html") == wanted


def test_foreign_elements_are_hidden_and_the_language_of_the_page_is_not_believed() -> None:
    file = "<html lang=ru><p>One <i lang=fr>deux <b>trois</b></i> four<p lang=de>fünf<p>six"
    file += " <b translate=no>seven</b>"
    doc = read_text(file, "x", ".html")
    assert [doc[w] for w in doc.words] == ["One", "four", "six"]


def test_deep_nesting_and_broken_tags_are_read_in_time() -> None:
    began = time.perf_counter()
    for file in (
        "<div>" * 100_000 + "x",
        "<b>" * 100_000 + "x",
        "x<i " * 2_000,
        "&" * 100_000,
        "<p lang=fr>x" * 20_000,
    ):
        assert_exact(read_text(file, "x", ".html"), file)
    for file in ("> " * 2_000 + "x", "*" * 20_000 + "x", "[" * 20_000, "{{" * 5_000, "<A " * 2_000):
        for suffix in (".md", ".mdx"):
            assert_exact(read_text(file, "x", suffix), file)
    assert time.perf_counter() - began < 60


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Café “x”".encode(), "Café “x”"),
        (b"\xef\xbb\xbfCaf\xc3\xa9", "Café"),
        ("\ufeffCafé 😀".encode("utf-16-le"), "Café 😀"),
        ("\ufeffCafé 😀".encode("utf-16-be"), "Café 😀"),
        ("\ufeffCafé".encode("utf-32-le"), "Café"),
        ("Café in the town".encode("utf-16-le"), "Café in the town"),
        ("The café was “closed” – we couldn’t".encode("cp1252"), "The café was “closed” – we couldn’t"),
        ("Crème brûlée – né".encode() + b" \xff end", "Crème brûlée – né \ufffd end"),
        (b"one\r\ntwo\rthree\n", "one\r\ntwo\rthree\n"),
        (b"", ""),
        (b"\xef\xbb\xbf", ""),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, text: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    assert read_file(file).text == text


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"%PDF-1.7 x", "PDF"),
        pytest.param("a.txt", b"a" * (MOST_BYTES + 1), "split it", id="large"),
        ("a.md", b"PK\x03\x04xx", "docx"),
        ("a.txt", b"\x89PNG\r\n", "image"),
        ("a.txt", b"ab\0\0\0cd\0" * 9, "not text"),
        ("a.txt", bytes(range(1, 32)) * 9, "not text"),
        ("a.yaml", b"a: b", ".yaml"),
    ],
)
def test_what_is_no_article_is_refused_in_one_line(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(Unreadable) as refused:
        read_file(file)
    line = str(refused.value)
    assert line.startswith(f"{file}: ")
    assert reason in line
    assert "\n" not in line


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no such file"):
        read_file(tmp_path / "none.md")
    with pytest.raises(Unreadable, match="is a folder"):
        read_file(tmp_path)


def test_unknown_suffixes_are_plain_and_hints_may_lack_the_dot(tmp_path: Path) -> None:
    file = tmp_path / "story.final"
    file.write_bytes(b"*One*")
    assert read_file(file).text == "*One*"
    assert read_text("*One*", "<stdin>", "md").text == "One"
    assert read_text("<p>One", "<stdin>", ".HTML").text == "One"


def test_half_characters_become_stand_ins() -> None:
    assert read_text("a\ud800b", "x", ".md").text == "a\ufffdb"
