"""What a scraper took along that is no part of the article.

Why: translated copy often comes from scraped pages; date lines, promotions and
    buttons are translated with it, and the tail is cut where the teaser ended.
Looks at: a date line at the very top; paragraphs that promote, share or
    subscribe; a cut tail at the very end; a long sentence that comes twice.
Misses: promotions in other words; residue inside a sentence.
False alarms: an article about web pages that quotes their buttons.
Source: our own observation on scraped news.
"""

from collections.abc import Iterator

import regex

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.text import Document, Span

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE = (
    r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}"
    rf"|\d{{1,2}} {_MONTH} \d{{4}}|{_MONTH} \d{{1,2}}, \d{{4}})"
)
_NETWORK = r"(?:facebook|twitter|x|instagram|whatsapp|linkedin|telegram|google news)"
_TOP = regex.compile(
    rf"^[ \t]*(?:(?:date|published|posted|updated|last updated|modified)(?: on| at)?:?\s+{_DATE}[^\n]{{0,40}}"
    rf"|{_DATE}\s+\d{{1,2}}:\d{{2}})"
    r"[ \t]*$",
    regex.IGNORECASE,
)
_PROMOTION = regex.compile(
    r"^(?:(?:read|see|watch) (?:also|more|next|too)\s?:\s*.{0,120}|also read\s?:?\s+.{0,120}"
    r"|(?:share (?:this )?|follow us )on " + _NETWORK + r"(?:\W.{0,60})?"
    r"|share this (?:article|story|post)|by (?:admin|administrator|webmaster|staff reporter)"
    r"|click here (?:to|for) .{0,60}"
    r"|subscribe (?:now|here|to (?:our|the) (?:newsletter|channel)).{0,60}"
    r"|(?:sign up|log in) (?:to|for) .{0,40}newsletter.{0,20}|advertisement|\(?continues below\)?"
    r"|this site uses cookies.{0,80}|we use cookies.{0,80}|leave a (?:comment|reply))\.?!?$",
    regex.IGNORECASE,
)
_TAIL = regex.compile(
    r"(?:\[(?:…|\.{3})\]|(?<=\p{Ll} )(?:…|\.{3})|\(\.{3}\))\s*(?:(?:read|see) more)?$",
    regex.IGNORECASE,
)
# A sentence may trail off after a full clause, but not after one of these.
_OPEN = regex.compile(
    r"(?<=\b(?:a|an|the|of|and|that|to|in|with|by|for|from|at|its|their|his|her)) ?(?:…|\.{3})$"
)
_GLUED = regex.compile(r"(?<=[.!?”\"] )(?:(?:Read|See) (?:also|more|next)|Also read) ?: ?\p{Lu}[^\n]{5,120}$")
_CREDIT = regex.compile(
    r"(?<=[.!?”\"] )(?:Photo|Photograph|Image|Picture)(?: credit)?s?: (?:\p{Lu}[\p{L}.]*[ /]?){1,5}$"
)
# A sentence this long does not come twice by chance.
_LONG = 8


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield the residue, from the top to the tail."""
    doc = evidence.doc
    for number, span in enumerate(doc.paragraphs):
        text = doc[span]
        if number == 0 and _TOP.match(text):
            yield _finding(span, "a date line left from the page")
        elif _PROMOTION.match(text):
            yield _finding(span, "a line of the page, not of the article")
        elif (glued := _GLUED.search(text)) is not None:
            yield _finding(Span(span.start + glued.start(), span.end), "a promotion left in the text")
        elif (credit := _CREDIT.search(text)) is not None:
            yield _finding(Span(span.start + credit.start(), span.end), "a photo credit left in the text")
    if len(doc.paragraphs) > 1:
        last = doc.paragraphs[-1]
        m = _TAIL.search(doc[last]) or _OPEN.search(doc[last])
        if m is not None:
            yield _finding(Span(last.start + m.start(), last.end), "the article is cut off here")
    yield from _twice(doc)


def _finding(span: Span, message: str) -> Finding:
    return Finding(span, "scrape-residue", message, ("",))


def _twice(doc: Document) -> Iterator[Finding]:
    """Long sentences that came before; the top two paragraphs may repeat the headline."""
    seen: dict[str, int] = {}
    for sentence in doc.sentences:
        words = doc.words_in(sentence)
        if len(words) < _LONG or doc[sentence][-1] not in '.!?”"':
            continue
        key = " ".join(doc[w].lower() for w in words)
        if key in seen and not _is_top(doc, seen[key]):
            yield _finding(sentence, "the same sentence came before")
        seen.setdefault(key, sentence.start)


def _is_top(doc: Document, at: int) -> bool:
    return at < doc.paragraphs[min(1, len(doc.paragraphs) - 1)].end


DETECTOR = Detector("scrape-residue", Category.EXTRANEOUS, find)
