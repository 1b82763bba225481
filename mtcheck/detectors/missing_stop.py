"""A paragraph of prose that ends without a mark.

Why: systems cut a segment short, or drop its last mark with the rest of a line.
Looks at: paragraphs long enough to be sentences, with a verb, where the
    paragraphs around them do end with a mark.
Misses: headings, captions and lists, which end so by right; the first paragraph
    of several, which may be a title; a mark missing inside a paragraph.
False alarms: long captions and teasers.
Source: The Chicago Manual of Style, 17th edition, 6.12.
"""

from collections.abc import Iterator

import regex

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.lexicon.sentence_parts import has_main_verb
from mtcheck.text import Document, Span

_ID = "missing-stop"
_LAST_WORD = regex.compile(r"[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}'’-]*\Z")
_ENDED = regex.compile(r"[.!?…:;,–—-][”\"’')\]]*\Z")
# Shorter ones may be headings, captions or items of a list; one alone is more likely a sentence.
_FEWEST_WORDS, _FEWEST_ALONE = 22, 10
# A text in which more paragraphs than this share end without a mark does so by rule.
_MOST_WITHOUT = 0.2
# A heading in which so many of the words have capitals is a title.
_TITLE = 0.6


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield the last word of each such paragraph."""
    doc = evidence.doc
    fewest = _FEWEST_WORDS if len(doc.paragraphs) > 1 else _FEWEST_ALONE
    prose = [p for p in doc.paragraphs if len(doc.words_in(p)) >= fewest]
    without = [p for p in prose if _ENDED.search(doc[p][-4:]) is None]
    if len(without) > max(1.0, _MOST_WITHOUT * len(prose)):
        return
    for paragraph in without:
        if len(doc.paragraphs) > 1 and not _between_ended(doc, paragraph):
            continue
        last = _LAST_WORD.search(doc[paragraph])
        if last is None or not _is_prose(doc, paragraph):
            continue
        span = Span(paragraph.start + last.start(), paragraph.end)
        if not doc.is_masked(span):
            yield Finding(span, _ID, "the sentence has no end", (last[0] + ".",))


def _between_ended(doc: Document, paragraph: Span) -> bool:
    """Whether the paragraph before and the one after end with a mark; the first has none before."""
    at = doc.paragraphs.index(paragraph)
    around = [doc.paragraphs[at - 1], *doc.paragraphs[at + 1 : at + 2]] if at else []
    return bool(around) and all(
        _ENDED.search(doc[p][-4:]) is not None and doc[p].rstrip("”\"’')]")[-1] not in ":;," for p in around
    )


def _is_prose(doc: Document, paragraph: Span) -> bool:
    text, words = doc[paragraph], [doc[w] for w in doc.words_in(paragraph)]
    capitals = sum(w[0].isupper() for w in words)
    return (
        text[0].isupper()
        and text[-1].isalnum()
        and capitals < _TITLE * len(words)
        and not any(c in text for c in "|\t•·©")
        and has_main_verb(text)
    )


DETECTOR = Detector(_ID, Category.PUNCTUATION, find)
