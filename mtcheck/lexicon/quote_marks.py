"""Double quotation marks: what each does where it stands, and what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from mtcheck.text import Document, Span

# What can follow a closing mark only.
_ENDS = regex.compile(r"(?!\.\s?\.)[.,;:!?)\]]+(?:\s|\Z)")
# Where writers set a space before a closing mark on purpose, or the mark means inches.
_SPACED = regex.compile(r"[.…–—‘’'\p{N}-]\s*\Z")
# Characters on either side that can matter to a mark.
_NEAR = 8
# Pairs of other languages, and of typewriters; the one group that took part holds the words.
FOREIGN_PAIR = regex.compile(
    r"„([^„“”\"\n]*)[“”\"]|«([^«»\n]*)»|(?<!\S)»(\w[^«»\n]*)«|‹([^‹›\n]*)›|「([^「」\n]*)」|『([^『』\n]*)』"
    r"|《([^《》\n]*)》|``(?=\w)([^`\n]{1,300}?)(?:''|[”\"])|(?<!\S),,(?=\w)([^,\n]{1,300}?)(?:''|[”\"])|„(?=\w)"
)


@dataclass(frozen=True)
class Mark:
    """A double mark: where, what it does there, and what is wrong with it."""

    at: int
    opens: bool
    wrong: str = ""


def curly_marks(text: str, paragraph: Span) -> Iterator[Mark]:
    """Yield the curly double marks of a paragraph, in order.

    One that stands as only its partner can is taken for its partner.
    """
    depth = 0
    pairs = FOREIGN_PAIR.finditer(text, paragraph.start, paragraph.end)
    foreign = {i for m in pairs for i in (m.start(), m.end() - 1)}
    for i in range(paragraph.start, paragraph.end):
        if text[i] not in "“”" or i in foreign:
            continue
        left = text[i - 1] if i > paragraph.start else " "
        right = text[i + 1] if i + 1 < paragraph.end else " "
        before, after = text[max(paragraph.start, i - _NEAR) : i], text[i + 1 : min(i + _NEAR, paragraph.end)]
        mark = Mark(i, opens=text[i] == "“")
        if mark.opens and (_ENDS.match(after) or (right.isspace() and (depth or not left.isspace()))):
            mark = Mark(i, opens=False, wrong="an opening mark where one closes")
        elif mark.opens and regex.match(r"\s[\p{L}\p{N}]", after):
            mark = Mark(i, opens=True, wrong="a space inside the quotation marks")
        elif not mark.opens and (left.isspace() or left in "([") and right.isalnum():
            mark = Mark(i, opens=True, wrong="a closing mark where one opens")
        elif not mark.opens and left.isspace() and not _SPACED.search(before):
            mark = Mark(i, opens=False, wrong="a space inside the quotation marks")
        depth = max(0, depth + (1 if mark.opens else -1))
        yield mark


def straight_marks(text: str, paragraph: Span) -> Iterator[Mark]:
    """Yield the straight double marks that stand apart from both words beside them."""
    places = [i for i in range(paragraph.start, paragraph.end) if text[i] == '"']
    for count, i in enumerate(places):
        before, after = text[max(paragraph.start, i - _NEAR) : i], text[i + 1 : min(i + _NEAR, paragraph.end)]
        opens = len(places) % 2 == 0 and count % 2 == 0
        floats = before[-1:].isspace() or (opens and not before)
        ends = after[:1].isspace() or (not opens and bool(not after or _ENDS.match(after)))
        inches = regex.search(r"\p{N}\s*\Z" if opens else _SPACED, before)
        if floats and ends and not inches:
            yield Mark(i, opens, "a space inside the quotation marks")


def may_run_on(doc: Document, paragraphs: tuple[Span, ...], n: int, at: int) -> bool:
    """Whether the quotation opened at `at` in paragraph `n` may go on, or the article breaks off.

    A whole sentence may run on without marks in a careless interview; words
    quoted in the midst of a sentence may not.
    """
    in_midst = regex.match(r"\p{Ll} “\p{Ll}", doc.text[max(0, at - 2) : at + 2])
    if n + 1 == len(paragraphs) or not in_midst or regex.search("’’|''", doc[paragraphs[n]]):
        return True
    following = doc[paragraphs[n + 1]]
    mark = regex.search("[“”]", following)
    return following[0] in "“\"‘'«„" or (mark is not None and mark[0] == "”") or '"' in doc[paragraphs[n]]


def lost_opener(doc: Document, paragraphs: tuple[Span, ...], n: int, at: int) -> bool:
    """Whether words quoted in the midst of a sentence end at `at` and begin nowhere."""
    in_midst = regex.match(r"\p{Ll}” \p{Ll}", doc.text[max(0, at - 1) : at + 3])
    if not n or not in_midst or regex.search("[\"‘„«]|``|,,|''", doc[paragraphs[n]]):
        return False
    return doc[paragraphs[n - 1]].count("“") <= doc[paragraphs[n - 1]].count("”")
