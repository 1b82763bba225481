"""Read an article of any format into a Document with an exact map back to the file."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from mtcheck.readers import asciidoc, csv, docx, html, json, jsonl, markdown, plain, rst, xml
from mtcheck.readers.decode import MOST_BYTES, Unreadable, decode, too_large
from mtcheck.text import Document

__all__ = [
    "BINARY_READERS",
    "FOLDER_SUFFIXES",
    "READERS",
    "Unreadable",
    "bytes_of",
    "read_bytes",
    "read_file",
    "read_text",
]

Reader = Callable[[str, str], Document]

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "": plain.read,
        ".txt": plain.read,
        ".text": plain.read,
        ".md": markdown.read,
        ".markdown": markdown.read,
        ".mdx": markdown.read_mdx,
        ".html": html.read,
        ".htm": html.read,
        ".xhtml": html.read,
        ".json": json.read,
        ".jsonl": jsonl.read,
        ".ndjson": jsonl.read,
        ".csv": csv.read,
        ".tsv": csv.read,
        ".rst": rst.read,
        ".adoc": asciidoc.read,
        ".asciidoc": asciidoc.read,
        ".xml": xml.read,
        ".rss": xml.read,
        ".atom": xml.read,
        ".nitf": xml.read,
    }
)
# Formats that are no text: the reader takes the bytes, and places count in the document's text.
BINARY_READERS: Mapping[str, Callable[[bytes, str], Document]] = MappingProxyType({".docx": docx.read})
# Data formats are taken by name or pattern only: a folder holds settings and tables that are no article.
_DATA = frozenset(".json .jsonl .ndjson .csv .tsv .xml .rss .atom .nitf".split())
FOLDER_SUFFIXES = frozenset(s for s in (*READERS, *BINARY_READERS) if s and s not in _DATA)
# Formats that would be noise when read as plain text.
_NOT_PROSE = frozenset(".xlf .xliff .yaml .yml .toml .po .srt .vtt .css .js .py".split())
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_file(path: Path) -> Document:
    """Read the file at `path`. Raises Unreadable with one line that names it and the way out.

    A suffix that is not in READERS is read as plain text, unless it is known to
    hold none. An empty file is a document without words.
    """
    name = str(path)
    suffix = _known(path.suffix, name)
    return read_bytes(bytes_of(path), name, suffix)


def bytes_of(path: Path) -> bytes:
    """Read the bytes of the file at `path`. Raises Unreadable with one line."""
    name = str(path)
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise Unreadable(f"{name}: no such file") from None
    except IsADirectoryError:
        raise Unreadable(f"{name}: is a folder; name the files in it") from None
    except PermissionError:
        raise Unreadable(f"{name}: may not be read; check its permissions") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Unreadable(f"{name}: can't be read ({reason})") from None


def read_bytes(data: bytes, name: str, suffix: str) -> Document:
    """Read the bytes of a file; `suffix` says the format. Raises Unreadable."""
    if len(data) > MOST_BYTES:
        raise too_large(name)
    binary = BINARY_READERS.get(f".{suffix.lstrip('.')}".lower())
    return binary(data, name) if binary else read_text(decode(data, name), name, suffix)


def read_text(text: str, name: str, suffix: str) -> Document:
    """Read text that is already decoded; `suffix` says the format (".md", "md" or "" for plain).

    Newlines stay as they are. Raises Unreadable for a format that holds no prose.
    """
    dotted = f".{suffix.lstrip('.')}" if suffix else ""
    # Half a character can't be printed or parsed; its stand-in keeps all offsets.
    text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))
    known = _known(dotted, name)
    if known in BINARY_READERS:
        raise Unreadable(f"{name}: {known} files are no text; give the file itself")
    return READERS[known](text, name)


def _known(suffix: str, name: str) -> str:
    lower = suffix.lower()
    if lower in _NOT_PROSE:
        raise Unreadable(
            f"{name}: {lower} files are not read; take the article out as text, Markdown or HTML"
        )
    return lower if lower in READERS or lower in BINARY_READERS else ""
