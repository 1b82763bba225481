"""Which reader takes a document of an editor: by the language that the editor says, else by its name."""

from collections.abc import Mapping
from pathlib import Path, PurePath
from types import MappingProxyType

from pygls.uris import to_fs_path, uri_scheme

from mtcheck.readers import READERS

# Names that editors use; VS Code's come first, those of Vim, Emacs and Helix after them.
_SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        "markdown": ".md",
        "mdx": ".mdx",
        "html": ".html",
        "xml": ".xml",
        "json": ".json",
        "jsonl": ".jsonl",
        "csv": ".csv",
        "tsv": ".tsv",
        "restructuredtext": ".rst",
        "asciidoc": ".adoc",
        "gfm": ".md",
        "mhtml": ".html",
        "xhtml": ".xhtml",
        "rst": ".rst",
        "adoc": ".adoc",
    }
)
_PLAIN = frozenset({"plaintext", "text", "txt", "plain", ""})
# A "git:" document is an old version beside the new one, and would be shown twice.
_SCHEMES = frozenset({"file", "untitled"})


def suffix_of(uri: str, language: str | None) -> str | None:
    """The suffix whose reader takes the document ("" for plain text), or None for what is no article.

    >>> suffix_of("file:///copy.txt", "markdown"), suffix_of("file:///copy.md", "plaintext")
    ('.md', '.md')
    >>> suffix_of("file:///main.py", "python") is None
    True
    """
    if uri_scheme(uri) not in _SCHEMES:
        return None
    language = (language or "").lower()
    if language in _SUFFIXES:
        return _SUFFIXES[language]
    suffix = PurePath(to_fs_path(uri) or "").suffix.lower()
    if suffix in READERS:
        return suffix if suffix or language in _PLAIN else None
    return "" if language in _PLAIN - {""} else None


def path_of(uri: str) -> Path | None:
    """The file of a document, or None for one that was never saved."""
    path = to_fs_path(uri)
    return Path(path) if path else None


def name_of(uri: str, suffix: str) -> str:
    """The document's name, with the suffix that its reader goes by."""
    path = path_of(uri)
    name = str(path) if path is not None else "untitled"
    return name if not suffix or PurePath(name).suffix.lower() == suffix else name + suffix
