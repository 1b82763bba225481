"""A quotation mark that faces the wrong way, stands in the wrong place, or is another language's.

Why: systems copy marks as tokens and lose which side of a word they belong to,
    so a closing mark opens, an opening mark closes, or the pair turns round.
Looks at: the characters beside each double mark, and the pairs of a paragraph.
Misses: single quotation marks; a pair round the wrong words; marks glued to
    two words; a mark without partner in the last paragraph, or round whole sentences.
False alarms: marks discussed as marks; texts that set them by a house rule of their own.
Source: The Chicago Manual of Style, 17th edition, 6.9 to 6.11, 6.115, 13.30.
"""

from collections.abc import Iterator
from dataclasses import replace

import regex

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.lexicon.foreign_marks import reads_as_foreign
from mtcheck.lexicon.quote_marks import (
    FOREIGN_PAIR,
    Mark,
    curly_marks,
    lost_opener,
    may_run_on,
    straight_marks,
)
from mtcheck.text import Document, Span

_ID = "displaced-quote"
_WORD_BEFORE = regex.compile(r"[\p{L}\p{M}\p{N}’'-]+[.,;:!?%)]*\s*\Z")
_WORD_AFTER = regex.compile(r"\s*[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}’'-]*")
# So far apart at most, a closing and then an opening mark are one pair turned round.
_REACH = 80
# A foreign pair so long at most is marked whole; of a longer one, its opening.
_WHOLE = 40


def _report(doc: Document, mark: Mark) -> Finding:
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
    return Finding(span, _ID, mark.wrong, (fixed,) if fixed and fixed != doc[span] else ())


def _turned_round(doc: Document, first: int, last: int) -> Finding:
    before = _WORD_BEFORE.search(doc.text[max(0, first - 40) : first])
    after = _WORD_AFTER.match(doc.text, last + 1)
    span = Span(first - len(before[0]) if before else first, after.end() if after else last + 1)
    return Finding(span, _ID, "a pair of quotation marks turned round")


def _pairs(doc: Document) -> Iterator[Finding]:
    paragraphs = doc.paragraphs
    for n, paragraph in enumerate(paragraphs):
        marks = list(curly_marks(doc.text, paragraph))
        opened: list[Mark] = []
        lonely: list[Mark] = []
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
        if opened and opened[-1].at not in done and not may_run_on(doc, paragraphs, n, opened[-1].at):
            marks.append(Mark(opened[-1].at, opens=True, wrong="a quotation that never closes"))
        for closer in lonely:
            if closer.at not in done and not closer.wrong and lost_opener(doc, paragraphs, n, closer.at):
                marks.append(Mark(closer.at, opens=False, wrong="a quotation that never opens"))
        marks.extend(straight_marks(doc.text, paragraph))
        yield from (_report(doc, m) for m in marks if m.wrong and m.at not in done)


def _foreign(doc: Document) -> Iterator[Finding]:
    for m in FOREIGN_PAIR.finditer(doc.text):
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
