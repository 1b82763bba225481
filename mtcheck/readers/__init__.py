"""Read an article of any format into a Document with an exact map back to the file."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from mtcheck.readers import html, markdown, plain
from mtcheck.readers.decode import MOST_BYTES, Unreadable, decode
from mtcheck.text import Document

__all__ = ["READERS", "Unreadable", "read_file", "read_text"]

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
    }
)
# Formats that would be noise when read as plain text.
_NOT_PROSE = frozenset(
    (
        ".json .jsonl .ndjson .xml .rss .atom .xlf .xliff .csv .tsv .yaml .yml .toml .po .srt .vtt .css "
        ".js .py"
    ).split()
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_file(path: Path) -> Document:
    """Read the file at `path`. Raises Unreadable with one line that names it and the way out.

    A suffix that is not in READERS is read as plain text, unless it is known to
    hold none. An empty file is a document without words.
    """
    name = str(path)
    suffix = _known(path.suffix, name)
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise Unreadable(f"{name}: no such file") from None
    except IsADirectoryError:
        raise Unreadable(f"{name}: is a folder; name the files in it") from None
    except PermissionError:
        raise Unreadable(f"{name}: may not be read; check its permissions") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Unreadable(f"{name}: can't be read ({reason})") from None
    return read_text(decode(data, name), name, suffix)


def read_text(text: str, name: str, suffix: str) -> Document:
    """Read text that is already decoded; `suffix` says the format (".md", "md" or "" for plain).

    Newlines stay as they are. Raises Unreadable for a format that holds no prose.
    """
    dotted = f".{suffix.lstrip('.')}" if suffix else ""
    # Half a character can't be printed or parsed; its stand-in keeps all offsets.
    text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))
    return READERS[_known(dotted, name)](text, name)


def _known(suffix: str, name: str) -> str:
    lower = suffix.lower()
    if lower in _NOT_PROSE:
        raise Unreadable(
            f"{name}: {lower} files are not read; take the article out as text, Markdown or HTML"
        )
    return lower if lower in READERS else ""
