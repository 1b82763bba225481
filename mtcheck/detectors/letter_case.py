"""A small letter where English writes a capital.

Why: systems trained on lower-cased text, and languages that write weekdays,
    months and nationalities small, lose capitals on the way.
Looks at: the word after a given name, if the article or the dictionary knows it
    as a name; weekdays, months, countries and nationalities; the first word
    after a full stop.
Misses: surnames that are English words; may, march, august, turkey, china.
False alarms: a person who writes the name small; verse without capitals.
Source: The Chicago Manual of Style, 17th edition, 8.1 to 8.88.
"""

from collections import Counter
from collections.abc import Iterator

import regex

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.lexicon.abbreviations import load_abbreviations
from mtcheck.lexicon.given_names import given_names
from mtcheck.lexicon.words import english_words
from mtcheck.text import Document, Span

# Words that have no second life in lower case: no polish, no china, no march.
_ALWAYS = frozenset(
    (
        "monday tuesday wednesday thursday friday saturday january february april july september october "
        "november december afghanistan albania algeria america argentina australia austria belgium brazil "
        "britain bulgaria canada croatia cuba denmark egypt england estonia europe finland france germany "
        "greece hungary iceland india indonesia iran iraq ireland israel italy japan kenya latvia lebanon "
        "libya lithuania malaysia mexico morocco nigeria norway pakistan poland portugal romania russia "
        "scotland serbia slovakia slovenia somalia spain sweden switzerland syria taiwan thailand tunisia "
        "ukraine venezuela vietnam yemen american australian austrian belgian brazilian british bulgarian "
        "canadian croatian egyptian european german hungarian indian iranian iraqi israeli italian "
        "japanese korean mexican norwegian pakistani palestinian portuguese romanian russian saudi "
        "serbian spanish swedish syrian ukrainian"
    ).split()
)
# Months that are words as well, where only a month can stand.
_MONTH = regex.compile(
    r"(?:\b\d{1,2}(?= [ja])|\b\d{1,2}(?:st|nd|rd|th)|\bthe (?:first|middle|end) of(?= may))"
    r" (march|may|june|august)\b(?! be\b)"
)
_AFTER_STOP = regex.compile(
    r"(?<![\p{L}\p{N}.’'-])(\p{Ll}{3,})\.[”’\"']?[ \u00a0]+"
    r"(he|she|they|we|the|this|these|there|however|but)(?![\p{L}’'-])"
)
_FIRST = regex.compile(r"(\p{Ll}+)(?=,? [\p{L}\p{N}])")
_ENDS = frozenset('.!?”"’')
# Characters up to which a paragraph may be a heading, words below which it is no sentence.
_SHORT, _FEWEST_WORDS = 40, 6
# Small words inside names of many peoples.
_PARTICLES = frozenset(["arap", "bint", "dalla", "dello", "della", "delle", "degli", "ould"])
# A text with fewer capitals than this share of its sentences is written small on purpose.
_SMALL_ON_PURPOSE = 0.5


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield the small letters, unless the whole text is written small."""
    doc = evidence.doc
    if _small_on_purpose(doc):
        return
    counts = Counter(doc[w] for w in doc.words)
    for before, span in zip((None, *doc.words), doc.words, strict=False):
        word = doc[span]
        if not word.islower() or _inside_compound(doc, span):
            continue
        if word.removesuffix("’s").removesuffix("'s") in _ALWAYS:
            yield _finding(span, word, f"“{word}” wants a capital")
        elif before is not None and _is_surname(word, before, span, counts, evidence):
            yield _finding(span, word, f"a surname after “{doc[before]}” wants a capital")
    for m in _MONTH.finditer(doc.text):
        if not doc.is_masked(Span(*m.span(1))):
            yield _finding(Span(*m.span(1)), m[1], f"“{m[1]}” wants a capital")
    yield from _paragraph_starts(doc)
    for m in _AFTER_STOP.finditer(doc.text):
        span = Span(*m.span(2))
        if m[1] in english_words() and m[1] not in load_abbreviations() and not doc.is_masked(span):
            yield _finding(span, m[2], "a sentence begins with a capital")


def _finding(span: Span, word: str, message: str) -> Finding:
    return Finding(span, "letter-case", message, (word[0].upper() + word[1:],))


def _is_surname(word: str, before: Span, span: Span, counts: Counter[str], evidence: Evidence) -> bool:
    doc = evidence.doc
    if doc[before] not in given_names() or doc.text[before.end : span.start] != " ":
        return False
    bare = word.removesuffix("’s").removesuffix("'s")
    capital = bare.capitalize()
    vouched = counts[capital] + counts[f"{capital}’s"] > 0 or capital in evidence.names.words
    # An accented word after a given name is a surname, whoever bears it.
    accented = not bare.isascii() and bare.isalpha()
    return (vouched or accented) and len(bare) > 3 and bare not in english_words() | _PARTICLES


def _inside_compound(doc: Document, span: Span) -> bool:
    """Whether the word is part of an address, a handle, a file name or a hyphened word."""
    return doc.text[span.start - 1 : span.start] in {"-", "@", "#", "/", "_", "."} or doc.text[
        span.end : span.end + 1
    ] in {"-", "/", "_", "@"}


def _paragraph_starts(doc: Document) -> Iterator[Finding]:
    """The first word of a whole sentence, where the paragraphs around it begin with capitals."""
    for at, paragraph in enumerate(doc.paragraphs):
        m = _FIRST.match(doc.text, paragraph.start, paragraph.end)
        if m is None or doc.text[paragraph.end - 1] not in _ENDS:
            continue
        if len(doc.paragraphs) > 1 and m[1] not in english_words() and m[1] != "i":
            continue
        around = [doc[p] for p in (*doc.paragraphs[max(0, at - 1) : at], *doc.paragraphs[at + 1 : at + 2])]
        # After a heading, a list or a half sentence a small letter may be meant.
        if all(p[-1] in _ENDS and not p[0].islower() and len(p) > _SHORT for p in around):
            span = Span(*m.span(1))
            if not doc.is_masked(span) and len(doc[paragraph].split()) >= _FEWEST_WORDS:
                yield _finding(span, m[1], "a sentence begins with a capital")


def _small_on_purpose(doc: Document) -> bool:
    if len(doc.paragraphs) == 1:
        return False
    starts = [doc.text[p.start] for p in doc.paragraphs if doc.text[p.start].isalpha()]
    return len(starts) > 0 and sum(c.isupper() for c in starts) < _SMALL_ON_PURPOSE * len(starts)


DETECTOR = Detector("letter-case", Category.CAPITALIZATION, find)
