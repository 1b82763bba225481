"""What holds of every text: words, paragraphs, sentences, quotations and places."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtcheck.text import Document, Run, Span, touching

PIECES = st.sampled_from(
    [
        *("The", "cat", "U.S.", "didn’t", "19th", "1,200.50", "café", "cafe\u0301", "Пётр", "ß", "x"),
        *(" ", " ", "\n", "\r\n", "\r", "\n\n", "\t", "\u00a0", ". ", ", ", "-", "'", "’"),
        *("“", "”", '"', "«", "»", "😀", "👩‍👩‍👧", "\ufffc", "@handle", "#tag"),
        *("https://a.example/x", "me@a.example", "www.a.example"),
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80)
SPANS = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda p: Span(min(p), max(p)))


def ordered_and_disjoint(spans: tuple[Span, ...]) -> bool:
    return all(a.end <= b.start for a, b in pairwise(spans))


@given(TEXTS)
def test_words_are_ordered_disjoint_and_outside_masked_zones(text: str) -> None:
    doc = Document(text)
    assert ordered_and_disjoint(doc.words)
    assert ordered_and_disjoint(doc.masked)
    for w in doc.words:
        assert len(w)
        assert not any(w.overlaps(m) for m in doc.masked)
        assert not any(c.isspace() for c in doc[w])


@given(TEXTS)
def test_paragraphs_are_ordered_trimmed_and_hold_every_word(text: str) -> None:
    doc = Document(text)
    assert ordered_and_disjoint(doc.paragraphs)
    for p in doc.paragraphs:
        assert doc[p] == doc[p].strip()
        assert len(p)
    for w in doc.words:
        assert any(p.holds(w) for p in doc.paragraphs)
        assert doc.paragraph_at(w.start) is not None


@given(TEXTS)
def test_sentences_lie_in_paragraphs_and_hold_every_word(text: str) -> None:
    doc = Document(text)
    assert ordered_and_disjoint(doc.sentences)
    assert all(any(p.holds(s) for p in doc.paragraphs) for s in doc.sentences)
    assert all(touching(doc.sentences, w) is not None for w in doc.words)


@given(TEXTS)
def test_quotations_are_ordered_and_lie_in_paragraphs(text: str) -> None:
    doc = Document(text)
    assert ordered_and_disjoint(doc.quotes)
    for q in doc.quotes:
        assert len(q) >= 2
        assert any(p.holds(q) for p in doc.paragraphs)


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("He said “yes” and “no”.", ["“yes”", "“no”"]),
        ('A "straight" pair', ['"straight"']),
        ("„Ja“, he said", ["„Ja“"]),
        ("An “open mark\n\nand its “end” later", ["“end”"]),
        ("It ended” early", []),
    ],
)
def test_quotations(text: str, quotes: list[str]) -> None:
    doc = Document(text)
    assert [doc[q] for q in doc.quotes] == quotes


@given(TEXTS, SPANS)
def test_snap_only_widens_to_word_borders_and_rests(text: str, span: Span) -> None:
    doc = Document(text)
    if span.end > len(text):
        return
    wide = doc.snap(span)
    assert wide.holds(span)
    assert doc.snap(wide) == wide
    assert wide.end <= len(text)
    for w in doc.words:
        if len(span) and w.overlaps(span):
            assert wide.holds(w)


@given(TEXTS, SPANS)
def test_words_in_and_is_masked_agree_with_looking_at_each(text: str, span: Span) -> None:
    doc = Document(text)
    assert doc.words_in(span) == tuple(w for w in doc.words if span.holds(w))
    assert doc.is_masked(span) == any(m.overlaps(span) for m in doc.masked)


@given(TEXTS)
def test_line_and_column_lead_back_to_the_offset(text: str) -> None:
    doc = Document(text)
    for offset in range(len(text) + 1):
        line, column = doc.line_col(offset)
        assert line >= 1
        assert column >= 1
        before = text[:offset]
        # Between CR and LF the line has not ended yet.
        inside = before.endswith("\r") and text[offset : offset + 1] == "\n"
        endings = before.replace("\r\n", "\n").replace("\r", "\n").count("\n") - inside
        assert line == endings + 1
        start = offset - column + 1
        assert doc.line_col(start) == (line, 1)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_with_accents_and_emoji(ending: str) -> None:
    doc = Document(f"Café 😀 x{ending}cafe\u0301 y{ending}")
    assert doc.line_col(doc.text.index("x")) == (1, 8)
    assert doc.line_col(doc.text.index("y")) == (2, 7)
    assert [doc.line_at(i) for i in (1, 2, 3)] == ["Café 😀 x", "cafe\u0301 y", ""]


def test_hidden_zones_are_masked_and_empty_ones_shade_nothing() -> None:
    doc = Document("one two three", hidden=(Span(4, 7), Span(9, 9)))
    assert [doc[w] for w in doc.words] == ["one", "three"]
    assert doc.masked == (Span(4, 7),)
    assert doc.is_masked(Span(0, 5))
    assert not doc.is_masked(Span(8, 13))


def test_to_source_keeps_an_entity_whole() -> None:
    doc = Document(
        "café!",
        source="caf&eacute;!",
        runs=(Run(0, Span(0, 3), 3), Run(3, Span(3, 11), 1), Run(4, Span(11, 12), 1)),
    )
    assert doc.to_source(Span(0, 4)) == Span(0, 11)
    assert doc.to_source(Span(3, 4)) == Span(3, 11)
    assert doc.to_source(Span(4, 5)) == Span(11, 12)
    assert doc.to_source(Span(1, 1)) == Span(1, 1)


def test_a_file_without_prose_still_has_its_lines() -> None:
    doc = Document("", source="<p>\n</p>")
    assert doc.line_at(2) == "</p>"


def test_hand_wrapped_lines_are_one_paragraph_and_short_lines_are_not() -> None:
    wrapped = "The council met on Tuesday and talked about\nthe plans for the new harbour in great detail\n"
    wrapped += "until the evening.\n"
    assert len(Document(wrapped).paragraphs) == 1
    assert len(Document("Roses\nViolets\nSugar\n").paragraphs) == 3


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "x@" * 500_000,
        "“" * 1_000_000,
        " " * 1_000_000,
        "\n" * 1_000_000,
        "A." * 500_000,
        "http://" * 150_000,
        "a-b." * 250_000,
        "1,1" * 300_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_no_text_costs_the_square_of_its_length(text: str) -> None:
    doc = Document(text)
    began = time.perf_counter()
    assert ordered_and_disjoint(doc.words)
    assert doc.quotes == ()
    assert len(doc.paragraphs) <= 1
    for place in range(0, len(text), 1000):
        doc.snap(Span(place, place + 1))
        doc.words_in(Span(place, place + 1))
    # Seconds on a slow machine; the square of a million would be hours.
    assert time.perf_counter() - began < 20


@settings(max_examples=20)
@given(st.integers(1, 50))
def test_a_long_paragraph_has_the_sentences_of_its_parts(count: int) -> None:
    doc = Document("The train left at noon. " * count)
    assert len(doc.sentences) == count
