"""What every reader must keep: each place in the prose leads back to where it stands in the file."""

from collections.abc import Callable
from itertools import pairwise

from hypothesis import strategies as st

from mtcheck.readers import Unreadable, read_text
from mtcheck.text import Document

# Each word is met once in a file, so a wrong place can't look right; some need escapes.
STEMS = ("word", "café", "Пётр", "naïve", "x😀y", "cafe\u0301", "Élan")
# Of no meaning to any format but blanks and commas, so that the words stay apart.
GAPS = (" ", " ", ", ", "  ")


def marked(number: int, stem: str) -> str:
    return f"q{number}{stem}"


@st.composite
def sentences(draw: st.DrawFn) -> list[list[str]]:
    """Paragraphs of words that no other paragraph holds."""
    counts = draw(st.lists(st.integers(1, 5), min_size=1, max_size=6))
    numbers = iter(range(1000))
    return [[marked(next(numbers), draw(st.sampled_from(STEMS))) for _ in range(n)] for n in counts]


def assert_exact(doc: Document, file: str) -> None:
    """Copies are copies; runs are ordered and disjoint; every word leads into the file."""
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
    for a, b in pairwise(doc.blocks):
        assert doc.text[a.end : b.start] == "\n\n"
    for word in doc.words:
        assert len(doc.to_source(word))


def assert_found(doc: Document, words: list[str], decode: Callable[[str], str]) -> None:
    """Each of `words` is in the prose once, and the file has it where the map says."""
    for word in words:
        assert doc.text.count(word) == 1, word
        at = doc.text.index(word)
        place = doc.to_source(type(doc.words[0])(at, at + len(word)))
        assert decode(doc.source[place.start : place.end]) == word


def read_or_refused(file: str, suffix: str) -> None:
    """Any text is read exactly or refused in one line."""
    try:
        doc = read_text(file, "name", suffix)
    except Unreadable as refused:
        line = str(refused)
        assert line.startswith("name: ")
        assert len(line.splitlines()) == 1
    else:
        assert_exact(doc, file)


def paragraphs(file: str, suffix: str) -> list[str]:
    doc = read_text(file, "name", suffix)
    assert_exact(doc, file)
    return [doc[p] for p in doc.paragraphs]
