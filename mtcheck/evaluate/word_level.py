"""Word-level quality estimation as WMT publishes it: a file of tokenised lines, a file of tags.

NAME.mt holds a sentence a line, NAME.tags OK or BAD for each token. Some
editions tag the gaps between tokens too, one before the first and one after
each token; a bad gap marks nothing, since no word stands there.
"""

from collections.abc import Iterator
from pathlib import Path

from mtcheck.evaluate.records import Marked, Record, year_of
from mtcheck.text import Span


def read_word_level(path: Path) -> Iterator[Record]:
    """Yield a record a line; adjacent bad words are one span.

    Raises OSError, or ValueError naming file and line.
    """
    tags = path.with_suffix(".tags")
    lines = path.read_text("utf-8").splitlines()
    tag_lines = tags.read_text("utf-8").splitlines()
    if len(lines) != len(tag_lines):
        raise ValueError(f"{tags}: {len(tag_lines)} lines for {len(lines)} sentences")
    for number, (text, tag_line) in enumerate(zip(lines, tag_lines, strict=True), 1):
        try:
            marked = tuple(Marked(s, "bad word") for s in bad_spans(text, tag_line.split()))
        except ValueError as error:
            raise ValueError(f"{tags}:{number}: {error}") from error
        id_ = f"{path.stem}:{number}"
        yield Record(
            id_, text, path.stem, id_, number, marked, labelled=True, year=year_of(path.stem, path.stem)
        )


def bad_spans(text: str, tags: list[str]) -> list[Span]:
    """The stretches of bad tokens, white space between them included.

    >>> bad_spans("a b c d", ["OK", "BAD", "BAD", "OK"])
    [Span(start=2, end=5)]
    """
    if set(tags) - {"OK", "BAD"}:
        raise ValueError(f"a tag that is neither OK nor BAD: {sorted(set(tags) - {'OK', 'BAD'})[0]}")
    tokens = text.split()
    if len(tags) == 2 * len(tokens) + 1:
        tags = tags[1::2]
    if len(tags) != len(tokens):
        raise ValueError(f"{len(tags)} tags for {len(tokens)} tokens")
    found: list[Span] = []
    at = 0
    joined = False
    for token, tag in zip(tokens, tags, strict=True):
        start = text.index(token, at)
        at = start + len(token)
        if tag == "BAD":
            found[-1:] = [Span(found[-1].start, at)] if joined else [*found[-1:], Span(start, at)]
        joined = tag == "BAD"
    return found
