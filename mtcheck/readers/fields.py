"""Which fields of structured data hold prose, and how one value of them becomes blocks.

A value is decoded by its format first (escapes, doubled quotes) and read as
HTML after that, where it holds markup.
"""

import re
from collections.abc import Collection

from mtcheck.readers import html, nested
from mtcheck.readers.assemble import Assembler
from mtcheck.text import Document

# Compared without case, and without what joins the words: articleBody, article_body, Article Body.
TEXT_KEYS = frozenset(
    (
        "title subtitle seotitle metatitle ogtitle twittertitle alternativeheadline headline subheadline "
        "subhead heading subheading standfirst strapline kicker deck dek lead lede intro introduction "
        "summary excerpt abstract description metadescription ogdescription twitterdescription teaser blurb "
        "tagline body bodytext bodyhtml articlebody articletext text fulltext posttext content contenthtml "
        "contenttext articlecontent html story article paragraph paragraphs caption alt alttext imagealt "
        "imagecaption pullquote highlights"
    ).split()
)
_JOINS = re.compile(r"[\s_:.\-]+")
_MARKUP = re.compile(
    r"</?[A-Za-z][^<>]*>|<!--|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
_PARAGRAPH_TAG = re.compile(r"<(?:p|div|br)\b", re.I)
# Publishing systems keep paragraphs as blank lines and make the tags later. A comment may hold some.
_BLANK_LINE = re.compile(r"<!--.*?(?:-->|\Z)|(?P<gap>[ \t]*+(?:\r\n|\r|\n)[ \t]*+(?:\r\n|\r|\n)\s*+)", re.S)


def normalized(key: str) -> str:
    """The key as it is compared with the chosen ones."""
    return _JOINS.sub("", key).lower()


def chosen(keys: Collection[str]) -> frozenset[str]:
    """The keys that the user or the default chose, ready for comparison."""
    return frozenset(map(normalized, keys))


def no_text(name: str, places: str) -> str:
    """The line that refuses a file none of whose `places` (keys, elements) holds prose."""
    return f"{name}: not read, it has no {places} of text such as title, headline, description or body"


def take(into: Assembler, value: Document, *, always_markup: bool = False) -> None:
    """Take one decoded value, whose runs lead to the file, as blocks of its own.

    It is read as HTML where it holds any, and as plain paragraphs otherwise.
    """
    into.end_block()
    marked_up = always_markup or _MARKUP.search(value.text) is not None
    inner = _read_markup(value.text) if marked_up else Document(value.text)
    nested.compose(into, inner, value)


def _read_markup(text: str) -> Document:
    if _PARAGRAPH_TAG.search(text):
        return html.read(text, "")
    into = Assembler(text, "")
    walker = html.Walker(into)
    at = 0
    for m in _BLANK_LINE.finditer(text):
        if m["gap"] is not None:
            walker.walk(at, m.start())
            into.end_block()
            at = m.end()
    walker.walk(at, len(text))
    walker.finish()
    return into.document()
