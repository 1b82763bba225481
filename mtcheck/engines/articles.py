"""The articles of an archive: files, the rows of JSON Lines, the rows of Parquet; in one fixed order."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mtcheck.files import Refused, choose
from mtcheck.readers import FOLDER_SUFFIXES
from mtcheck.readers.decode import MOST_BYTES

_ROWS = frozenset({".jsonl", ".ndjson"})
_TABLE = ".parquet"
_ID_KEYS = ("id", "url", "guid", "slug")
_DATE_KEYS = ("date", "published", "datePublished", "pubDate", "published_at", "created")
_SOURCE_KEYS = ("source", "publisher", "section", "feed")
_TEXT_KEYS = ("text", "body", "content", "article")


@dataclass(frozen=True)
class Article:
    """One article to check. `text` is None for a file, which its worker reads.

    `file` and `row` (from 1, 0 for a whole file) say where it came from; offsets
    of findings count in the file, or in that row. `wrong` says why it can't be read.
    """

    id: str
    file: str
    row: int = 0
    text: str | None = None
    suffix: str = ""
    source: str = ""
    date: str = ""
    wrong: str = ""


def articles(arguments: Sequence[str]) -> Iterator[Article]:
    """Yield the articles that `arguments` name: files, folders, patterns."""
    for item in choose(arguments, FOLDER_SUFFIXES):
        if isinstance(item, Refused):
            yield Article(item.name, item.name, wrong=item.message)
        elif item.path is None:
            yield Article(item.name, item.name, wrong="an archive is not read from standard input")
        elif item.path.suffix.lower() in _ROWS:
            yield from _rows(item.path)
        elif item.path.suffix.lower() == _TABLE:
            yield from _table(item.path)
        else:
            yield Article(item.name, item.name, suffix=item.path.suffix, source=str(item.path.parent))


def _rows(file: Path) -> Iterator[Article]:
    """Each line of JSON Lines as an article of its own; a line that is none has its reason."""
    name = str(file)
    try:
        with file.open("rb") as lines:
            number = 0
            # A line without an end would otherwise fill the memory.
            while line := lines.readline(MOST_BYTES + 1):
                number += 1
                if len(line) > MOST_BYTES:
                    while line and not line.endswith(b"\n"):
                        line = lines.readline(MOST_BYTES)
                    yield Article(f"{name}:{number}", name, number, wrong="a line larger than 32 MiB")
                elif line.strip():
                    yield _row(line, name, number)
    except OSError as error:
        yield Article(name, name, wrong=f"can't be read ({error.strerror})")


def _row(line: bytes, name: str, number: int) -> Article:
    here = f"{name}:{number}"
    try:
        text = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        data = json.loads(text)
    except (ValueError, RecursionError):
        return Article(here, name, number, wrong="no JSON in UTF-8")
    if not isinstance(data, dict):
        return Article(here, name, number, wrong="no object")
    return Article(
        id=_first(data, _ID_KEYS) or here,
        file=name,
        row=number,
        text=text,
        suffix=".json",
        source=_first(data, _SOURCE_KEYS),
        date=_first(data, _DATE_KEYS),
    )


def _table(file: Path) -> Iterator[Article]:
    name = str(file)
    try:
        import pyarrow.parquet as pq
    except ImportError:
        yield Article(name, name, wrong="Parquet needs pyarrow; pip install 'mtcheck[parquet]'")
        return
    try:
        table = pq.ParquetFile(file)
        column = next((k for k in _TEXT_KEYS if k in table.schema_arrow.names), None)
        if column is None:
            yield Article(name, name, wrong=f"no column {', '.join(_TEXT_KEYS)}")
            return
        number = 0
        for batch in table.iter_batches(batch_size=256):
            for data in batch.to_pylist():
                number += 1
                here, text = f"{name}:{number}", data[column]
                if not isinstance(text, str):
                    yield Article(here, name, number, wrong=f"{column} is no text")
                    continue
                yield Article(
                    id=_first(data, _ID_KEYS) or here,
                    file=name,
                    row=number,
                    text=text,
                    source=_first(data, _SOURCE_KEYS),
                    date=_first(data, _DATE_KEYS),
                )
    except (OSError, ValueError) as error:
        yield Article(name, name, wrong=f"no Parquet that can be read ({' '.join(str(error).split())[:120]})")


def _first(data: dict[str, Any], keys: Sequence[str]) -> str:
    found = (data.get(k) for k in keys)
    return next((str(v) for v in found if v is not None and not isinstance(v, dict | list)), "")[:500]
