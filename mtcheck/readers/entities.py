"""Character references of HTML and Markdown."""

import re
from html import unescape
from html.entities import html5

from mtcheck.readers.assemble import Assembler

# Soft hyphens say where a word may be broken; they are no part of it.
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
# In an attribute, as in Markdown, a name without its semicolon is plain text where more letters follow.
REFERENCE = re.compile(
    r"&#(?:[xX][0-9a-fA-F]{1,6}|[0-9]{1,7});?|&[A-Za-z][A-Za-z0-9]{1,31}(?:;|(?![=A-Za-z0-9]))"
)
ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]|&#(?:[xX][0-9a-fA-F]{1,6}|[0-9]{1,7});|&[A-Za-z][A-Za-z0-9]{1,31};")


def of_attribute(m: re.Match[str]) -> str:
    """What a reference in an attribute's value stands for."""
    whole = m[0]
    if whole[1] != "#" and whole[1:] not in html5:
        return whole
    return unescape(whole).replace(SOFT_HYPHEN, "")


def of_markdown(m: re.Match[str]) -> str:
    """What a backslash escape or a reference of Markdown stands for."""
    whole = m[0]
    if whole[0] == "\\":
        return whole[1]
    if whole[1] != "#" and whole[1:] not in html5:
        return whole
    return unescape(whole)


def named(into: Assembler, start: int, name: str) -> None:
    """Take the named reference at `start` of the file; the longest known beginning counts, as in browsers.

    `&copy2026` is `©2026`, and what is no name is copied as it stands.
    """
    whole = start + 1 + len(name)
    if into.source[whole : whole + 1] == ";":
        text = html5.get(f"{name};")
        if text is not None:
            _take(into, text, start, whole + 1)
            return
    for length in range(min(len(name), 6), 1, -1):  # no name of more than six letters may lack its semicolon
        text = html5.get(name[:length])
        if text is not None:
            _take(into, text, start, start + 1 + length)
            into.copy(start + 1 + length, whole)
            break
    else:
        into.copy(start, whole)
    if into.source[whole : whole + 1] == ";":
        into.copy(whole, whole + 1)


def numbered(into: Assembler, start: int, digits: str) -> None:
    """Take the numeric reference at `start` of the file; `digits` is what follows `&#`."""
    end = start + 2 + len(digits)
    if into.source[end : end + 1] == ";":
        end += 1
    _take(into, unescape(into.source[start:end]), start, end)


def _take(into: Assembler, text: str, start: int, end: int) -> None:
    if text == SOFT_HYPHEN or not text:
        return
    into.put(text, start, end)
