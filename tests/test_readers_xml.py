"""XML of newsrooms: the text of the elements that hold prose, through references and CDATA."""

import time
from html import unescape
from xml.sax.saxutils import escape

import pytest
from exactness import assert_exact, assert_found, paragraphs, read_or_refused, sentences
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.readers import Unreadable, read_text
from mtcheck.readers import xml as xml_reader

CASES = {
    "rss": (
        "<rss><channel><title>A &amp; b</title><link>http://x.example</link><item><title>C</title>"
        "<description>&lt;p&gt;Caf&amp;eacute; d&lt;/p&gt;</description></item></channel></rss>",
        ["A & b", "C", "Café d"],
    ),
    "wordpress": (
        '<rss xmlns:c="u"><c:encoded><![CDATA[One <i>two</i>.\n\nThree &amp; x <!-- \n\n --> four]]>'
        "</c:encoded><category><![CDATA[no]]></category></rss>",
        ["One two.", "Three & x four"],
    ),
    "cdata in two": ("<title><![CDATA[a ]]]]><![CDATA[> b]]></title>", ["a ]]> b"]),
    "a reference in CDATA is none": ("<title><![CDATA[a &amp; b]]></title>", ["a & b"]),
    "atom, xhtml": (
        '<feed><content type="xhtml"><div><p>A <b>b</b>c\n d</p><p>e</p></div></content></feed>',
        ["A bc\nd", "e"],
    ),
    "nitf": (
        "<nitf><head><docdata>no</docdata></head><body><body.head><hedline><hl1>A\nb</hl1></hedline>"
        "<byline>By no</byline></body.head><body.content><p>C <em>d</em></p><p>e</p>"
        "</body.content></body></nitf>",
        ["A\nb", "C d", "e"],
    ),
    "newsml": (
        "<newsItem><contentMeta><slugline>no</slugline><headline>A</headline></contentMeta>"
        "<contentSet><inlineXML><html><head><title>B</title></head><body><p>C</p></body></html></inlineXML>"
        "</contentSet></newsItem>",
        ["A", "B", "C"],
    ),
    "numbers and names": ("<p>&#233; &#xe9; &eacute; &lt;b x&gt;y&apos;</p>", ["é é é y'"]),
    "an unknown name": ("<p>a &nope; b</p>", ["a &nope; b"]),
    "script": ("<body><p>a</p><script>no</script><pre>no</pre></body>", ["a"]),
    "comments and instructions": ("<p>a<!-- no --> b<?no no?> c</p>", ["a b c"]),
    "the declared encoding is of the bytes": ('<?xml version="1.0" encoding="latin-1"?><p>é</p>', ["é"]),
    "a document type outside": ('<!DOCTYPE p SYSTEM "http://a.example/b.dtd"><p>a</p>', ["a"]),
    "nothing at all": (" \n", []),
}


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=repr)
def test_xml(case: str, ending: str) -> None:
    file, wanted = CASES[case]
    found = paragraphs(file.replace("\n", ending), ".xml")
    assert [" ".join(p.split()) for p in found] == [" ".join(p.split()) for p in wanted]


REFUSED = {
    "<p>a": "not XML at line 1, column 5",
    "<p>é\n&x": "not XML at line 2, column 1",
    "<p>😀</b></p>": "not XML at line 1, column 7",
    "<a><b>no</b></a>": "not read, it has no elements of text",
    "plain": "not XML at line 1, column 1",
    "<p/><p/>": "not XML at line 1, column 5",
    '<!DOCTYPE p [<!ENTITY a "b">]><p>&a;</p>': "declares entities",
    '<!DOCTYPE p [<!ENTITY % a SYSTEM "b">]><p/>': "declares entities",
}


@pytest.mark.parametrize("file", REFUSED, ids=repr)
def test_broken_and_dangerous_files_are_refused(file: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_text(file, "name", ".xml")
    assert str(refused.value).startswith(f"name: {REFUSED[file]}")
    assert len(str(refused.value).splitlines()) == 1


def test_an_entity_bomb_costs_nothing() -> None:
    bomb = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 30))
    began = time.process_time()
    with pytest.raises(Unreadable, match="declares entities"):
        read_text(f'<!DOCTYPE p [<!ENTITY a0 "lol">{bomb}]><p>&a29;</p>', "name", ".xml")
    assert time.process_time() - began < 5


def test_the_user_may_choose_the_elements() -> None:
    file = "<a><title>no</title><x:Lede>A <b>b</b></x:Lede></a>"
    assert xml_reader.read(file, "name", ["lede"]).text == "A b"


@pytest.mark.parametrize(
    "file",
    [
        "<p>" * 100_000 + "x" + "</p>" * 100_000,
        "<p>" + "&amp;" * 50_000 + "x</p>",
        "<p>" + "<b>é</b>\n" * 30_000 + "</p>",
        "<a>" * 100_000,
        "<p><![CDATA[" + "<b>" * 30_000 + "x]]></p>",
    ],
    ids=lambda f: f[:12],
)
def test_depth_and_length_do_no_harm(file: str) -> None:
    read_or_refused(file, ".xml")


WRITERS = {
    "text": lambda word: f"{escape(word)}",
    "escaped html": lambda word: escape(f"<b class='x'>{word}</b>"),
    "numbers": lambda word: "".join(f"&#{ord(c)};" if ord(c) > 126 else c for c in word),
    "cdata": lambda word: f"<![CDATA[<i>{word}</i>]]>",
    "element": lambda word: f"<em>{word}</em>",
}


@given(said=sentences(), data=st.data())
def test_each_word_leads_back(said: list[list[str]], data: st.DataObject) -> None:
    file = "<?xml version='1.0'?>\n<rss>"
    for words in said:
        tag = data.draw(st.sampled_from(["title", "c:encoded", "p", "description", "hl1"]))
        forms = [WRITERS[data.draw(st.sampled_from(sorted(WRITERS)))](w) for w in words]
        joins = [data.draw(st.sampled_from([" ", "\r\n", "&nbsp;", "&#160;", " &amp;amp; "])) for _ in words]
        text = "".join(f + j for f, j in zip(forms, joins, strict=True))
        file += f"<guid>hidden</guid><{tag}>{text}</{tag}>\n"
    doc = read_text(f"{file}</rss>", "name", ".xml")
    assert_exact(doc, doc.source)
    assert_found(doc, [w for words in said for w in words], unescape)
    assert len(doc.paragraphs) == len(said)
    assert "hidden" not in doc.text


PIECES = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<title>",
            "</title>",
            "<b>",
            "</b>",
            "<br/>",
            "<script>",
            "</script>",
            "<",
            ">",
            "/",
        ),
        *(
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "<?x ",
            "?>",
            "&amp;",
            "&lt;",
            "&eacute;",
            "&nope;",
            "&#233;",
            "&",
        ),
        *(
            "<!DOCTYPE p [",
            '<!ENTITY a "b">',
            "]>",
            "&a;",
            "%a;",
            "\n",
            "\r\n",
            "\r",
            " ",
            "a",
            "é",
            "😀",
            "\x00",
        ),
    ]
)


@given(file=st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=40))
@pytest.mark.parametrize("frame", ["{}", "<p>{}</p>", "<c><title>{}</title></c>"])
def test_any_text_is_read_or_refused(frame: str, file: str) -> None:
    read_or_refused(frame.replace("{}", file).removeprefix("\ufeff"), ".xml")
