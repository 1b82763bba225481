"""A quotation mark that faces the wrong way, stands in the wrong place, or is another language's.

Why: systems copy marks as tokens and lose which side of a word they belong to,
    so a closing mark opens, an opening mark closes, or the pair turns round.
Looks at: the characters beside each double mark, and the pairs of a paragraph.
Misses: single quotation marks; a pair round the wrong words; marks glued to
    two words; an opening mark that the last paragraph never closes.
False alarms: marks discussed as marks; texts that set them by a house rule of their own.
Source: The Chicago Manual of Style, 17th edition, 6.9 to 6.11, 6.115, 13.30.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.lexicon.foreign_marks import reads_as_foreign
from mtcheck.text import Document, Span

_ID = "displaced-quote"
_WORD_BEFORE = regex.compile(r"[\p{L}\p{M}\p{N}’'-]+[.,;:!?%)]*\s*\Z")
_WORD_AFTER = regex.compile(r"\s*[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}’'-]*")
# What can follow a closing mark only.
_ENDS = regex.compile(r"(?!\.\.)[.,;:!?)\]]+(?:\s|\Z)")
# Where writers set a space before a closing mark on purpose, or the mark means inches.
_SPACED = regex.compile(r"[.…–—‘’'\p{N}-]\s*\Z")
# So far apart at most, a closing and then an opening mark are one pair turned round.
_REACH = 80
# A foreign pair so long at most is marked whole; of a longer one, its opening.
_WHOLE = 40
_FOREIGN = regex.compile(
    r"„([^„“”\"\n]*)[“”\"]|«([^«»\n]*)»|(?<!\S)»(\w[^«»\n]*)«|‹([^‹›\n]*)›|「([^「」\n]*)」|『([^『』\n]*)』"
    r"|《([^《》\n]*)》|``(?=\w)([^`\n]{1,300}?)(?:''|[”\"])|(?<!\S),,(?=\w)([^,\n]{1,300}?)(?:''|[”\"])|„(?=\w)"
)


@dataclass(frozen=True)
class _Mark:
    """A double mark: where, what it does there, and what is wrong with it."""

    at: int
    opens: bool
    wrong: str = ""


def _curly(text: str, paragraph: Span) -> Iterator[_Mark]:
    depth = 0
    for i in range(paragraph.start, paragraph.end):
        if text[i] not in "“”":
            continue
        left = text[i - 1] if i > paragraph.start else " "
        right = text[i + 1] if i + 1 < paragraph.end else " "
        before, after = text[paragraph.start : i], text[i + 1 : paragraph.end]
        mark = _Mark(i, opens=text[i] == "“")
        if mark.opens and (_ENDS.match(after) or right.isspace() and (depth or not left.isspace())):
            mark = _Mark(i, opens=False, wrong="an opening mark where one closes")
        elif mark.opens and regex.match(r"\s[\p{L}\p{N}]", after):
            mark = _Mark(i, opens=True, wrong="a space inside the quotation marks")
        elif not mark.opens and (left.isspace() or left in "([") and right.isalnum():
            mark = _Mark(i, opens=True, wrong="a closing mark where one opens")
        elif not mark.opens and left.isspace() and not _SPACED.search(before):
            mark = _Mark(i, opens=False, wrong="a space inside the quotation marks")
        depth = max(0, depth + (1 if mark.opens else -1))
        yield mark


def _straight(text: str, paragraph: Span) -> Iterator[_Mark]:
    places = [i for i in range(paragraph.start, paragraph.end) if text[i] == '"']
    for count, i in enumerate(places):
        before, after = text[paragraph.start : i], text[i + 1 : paragraph.end]
        opens = len(places) % 2 == 0 and count % 2 == 0
        floats = before[-1:].isspace() or opens and not before
        ends = after[:1].isspace() or not opens and bool(not after or _ENDS.match(after))
        if floats and ends and (opens or not _SPACED.search(before)):
            yield _Mark(i, opens, "a space inside the quotation marks")


def _report(doc: Document, mark: _Mark) -> Finding:
    """Report a mark with the word that it belongs to."""
    start, end = mark.at, mark.at + 1
    straight = doc.text[mark.at] == '"'
    if mark.opens:
        word = _WORD_AFTER.match(doc.text, end)
        fixed = ('"' if straight else "“") + word[0].lstrip() if word else ""
        span = Span(start, word.end() if word else end)
    else:
        word = _WORD_BEFORE.search(doc.text[max(0, start - 40) : start])
        fixed = word[0].rstrip() + ('"' if straight else "”") if word else ""
        span = Span(start - len(word[0]) if word else start, end)
    return Finding(span, _ID, mark.wrong, (fixed,) if fixed else ())


def _turned_round(doc: Document, first: int, last: int) -> Finding:
    before = _WORD_BEFORE.search(doc.text[max(0, first - 40) : first])
    after = _WORD_AFTER.match(doc.text, last + 1)
    span = Span(first - len(before[0]) if before else first, after.end() if after else last + 1)
    return Finding(span, _ID, "a pair of quotation marks turned round")


def _may_run_on(doc: Document, paragraphs: tuple[Span, ...], n: int, at: int) -> bool:
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


def _pairs(doc: Document) -> Iterator[Finding]:
    paragraphs = doc.paragraphs
    for n, paragraph in enumerate(paragraphs):
        marks = list(_curly(doc.text, paragraph))
        opened: list[_Mark] = []
        lonely: list[_Mark] = []
        for mark in marks:
            if mark.opens:
                opened.append(mark)
            elif opened:
                opened.pop()
            else:
                lonely.append(mark)
        done: set[int] = set()
        for closer in lonely:
            near = (o for o in opened if 0 < o.at - closer.at <= _REACH and o.at not in done)
            opener = next(near, None)
            if opener and (closer.wrong or opener.wrong or doc.text[closer.at - 1].isspace()):
                done |= {closer.at, opener.at}
                yield _turned_round(doc, closer.at, opener.at)
        if opened and opened[-1].at not in done and not _may_run_on(doc, paragraphs, n, opened[-1].at):
            marks.append(_Mark(opened[-1].at, opens=True, wrong="a quotation that never closes"))
        marks.extend(_straight(doc.text, paragraph))
        yield from (_report(doc, m) for m in marks if m.wrong and m.at not in done)


def _foreign(doc: Document) -> Iterator[Finding]:
    for m in _FOREIGN.finditer(doc.text):
        inner = next((g for g in m.groups() if g is not None), "")
        if reads_as_foreign(inner):
            continue
        fixed: tuple[str, ...] = (f"“{inner.strip()}”",)
        end = m.end()
        if not inner or len(inner) > _WHOLE:
            word = _WORD_AFTER.match(doc.text, m.start() + (2 if m[0][0] in "`," else 1))
            end = word.end() if word else m.start() + 1
            fixed = ("“" + word[0].lstrip(),) if word else ()
        yield Finding(Span(m.start(), end), _ID, "quotation marks of another language", fixed)


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield double quotation marks that cannot be right where they stand; overlapping ones are one."""
    doc = evidence.doc
    held: Finding | None = None
    for f in sorted([*_pairs(doc), *_foreign(doc)], key=lambda f: f.span):
        if doc.is_masked(f.span):
            continue
        if held and f.span.start < held.span.end:
            held = replace(held, span=Span(held.span.start, max(held.span.end, f.span.end)), suggestions=())
            continue
        if held:
            yield held
        held = f
    if held:
        yield held


DETECTOR = Detector(id=_ID, category=Category.PUNCTUATION, find=find, needs_scores=False)
