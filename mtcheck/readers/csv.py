"""Tables in text form: the columns of prose, row by row, each field a paragraph or more.

The first row names the columns. What separates the fields is told from that
row: a comma, a semicolon, a tab or a bar.
"""

import re
from collections.abc import Collection, Iterator

from mtcheck.readers.assemble import Assembler, decoded
from mtcheck.readers.decode import Unreadable
from mtcheck.readers.fields import TEXT_KEYS, chosen, normalized, take
from mtcheck.text import Document, Span

_SEPARATORS = ",;\t|"
_QUOTED = re.compile(r'"(?:[^"]++|"")*+"')
_DOUBLED = re.compile('""')
_SHOWN_COLUMNS = 8


def read(text: str, name: str, columns: Collection[str] = TEXT_KEYS) -> Document:
    """Return the fields of `columns`. Raises Unreadable where no such column stands in the first row."""
    into = Assembler(text, name)
    if not text.strip():
        return into.document()
    rows = _rows(into, _separator(text))
    header = [_DOUBLED.sub('"', text[f.start : f.end]) for f in next(rows)]
    wanted = chosen(columns)
    taken = {i for i, column in enumerate(header) if normalized(column) in wanted}
    if not taken:
        shown = ", ".join(" ".join(c.split())[:30] for c in header[:_SHOWN_COLUMNS])
        raise Unreadable(
            f"{name}: no column of text in its first row ({shown}); call it title, headline, text or body"
        )
    for row in rows:
        for i, field in enumerate(row):
            if i not in taken or not len(field):
                continue
            value = Assembler(text, name)
            if text[field.start - 1 : field.start] == '"':
                decoded(value, field.start, field.end, _DOUBLED, lambda _: '"')
            else:
                value.copy(field.start, field.end)
            take(into, value.document())
    return into.document()


def _separator(text: str) -> str:
    first = re.match(r'(?:"(?:[^"]++|"")*+"|[^"\r\n])*+', text)
    header = _QUOTED.sub("", first[0] if first else "")
    return max(_SEPARATORS, key=header.count)


def _rows(into: Assembler, separator: str) -> Iterator[list[Span]]:
    """The fields of each row, without their quotation marks. Raises Unreadable."""
    source = into.source
    plain = re.compile(f"[^{re.escape(separator)}\r\n]*+")
    end_of_line = re.compile(r"\r\n|\r|\n")
    row: list[Span] = []
    at = 0
    while at < len(source):
        if source[at] == '"':
            m = _QUOTED.match(source, at)
            if m is None:
                line, _ = Document("", into.name, source).line_col(at)
                raise Unreadable(f"{into.name}: the quotation mark in line {line} is never closed; close it")
            row.append(Span(at + 1, m.end() - 1))
            # What stands between the closing mark and the separator belongs to no field.
            at = plain.match(source, m.end()).end()  # type: ignore[union-attr]
        else:
            end = plain.match(source, at).end()  # type: ignore[union-attr]
            row.append(Span(at, end))
            at = end
        if source[at : at + 1] == separator:
            at += 1
            continue
        newline = end_of_line.match(source, at)
        at = newline.end() if newline else at
        yield row
        row = []
    if row:
        yield row
