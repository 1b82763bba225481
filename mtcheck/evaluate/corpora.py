"""Reading a labelled set: a folder with `labels.jsonl` and the articles that it names."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mtcheck.findings import Category
from mtcheck.text import Span

SPLITS = frozenset({"dev", "test"})


@dataclass(frozen=True)
class Label:
    """A span that the author of the article marked. `must` is true where nobody would argue."""

    span: Span
    text: str
    category: Category
    suggestion: str
    must: bool


@dataclass(frozen=True)
class Article:
    """An article of a set. `language` is that of the imagined source, "en" for clean copy."""

    file: str
    text: str
    language: str
    topic: str
    clean: bool
    split: str
    labels: tuple[Label, ...]


def load_set(folder: Path) -> tuple[Article, ...]:
    """Return the articles of a set, in the order of its labels.

    Raises OSError if a file is missing, ValueError, naming file and line, if a
    label doesn't fit its article.
    """
    labels = folder / "labels.jsonl"
    articles = []
    for number, line in enumerate(labels.read_text("utf-8").splitlines(), 1):
        try:
            articles.append(_article(folder, json.loads(line)))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{labels}:{number}: {error}") from error
    return tuple(articles)


def _article(folder: Path, row: dict[str, Any]) -> Article:
    text = (folder / row["file"]).read_bytes().decode("utf-8")
    if row["split"] not in SPLITS:
        raise ValueError(f"split is {row['split']!r}, not dev or test")
    labels = tuple(
        Label(
            Span(s["start"], s["end"]), s["text"], Category(s["category"]), s["suggestion"], bool(s["must"])
        )
        for s in row["spans"]
    )
    reach = 0
    for label in labels:
        found = text[label.span.start : label.span.end]
        if found != label.text:
            raise ValueError(f"{row['file']}: {label.text!r} is marked, {found!r} stands there")
        if label.span.start < reach:
            raise ValueError(f"{row['file']}: {label.text!r} overlaps the label before it")
        reach = label.span.end
    if row["clean"] and labels:
        raise ValueError(f"{row['file']}: clean, but labelled")
    return Article(row["file"], text, row["language"], row["topic"], row["clean"], row["split"], labels)


def read_json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of JSON Lines, plain or .zst. Raises OSError, or ValueError naming the line."""
    with path.open("rb") as raw:
        stream: Any = raw
        if path.suffix == ".zst":
            import zstandard

            stream = zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(raw)
        for number, line in enumerate(io.TextIOWrapper(stream, encoding="utf-8"), 1):
            try:
                yield json.loads(line)
            except ValueError as error:
                raise ValueError(f"{path}:{number}: no JSON ({error})") from error


def read_texts(path: Path) -> Iterator[str]:
    """Yield the `text` of each record. Raises OSError, or ValueError naming the file."""
    for record in read_json_lines(path):
        if not isinstance(record, dict) or not isinstance(record.get("text"), str):
            raise ValueError(f"{path}: a line is no object with a text")
        yield record["text"]
