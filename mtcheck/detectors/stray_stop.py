"""A full stop in the middle of a sentence.

Why: systems cut long sentences where the source had a comma, a quotation mark
    or a clause of its own, and so leave half a sentence behind.
Looks at: the words on both sides of a stop: one that no sentence ends with,
    one in lower case that carries a sentence on, or a role ("the leader of
    the party") before a stretch that begins with a name and has no verb.
Misses: halves that could each be a sentence; a lower-case noun after a stop.
False alarms: abbreviations not in the table; verse.
Source: The Chicago Manual of Style, 17th edition, 6.12; Garner's Modern English
    Usage, 4th edition, "Incomplete sentences".
"""

from collections import Counter
from collections.abc import Iterator

import regex

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.lexicon.abbreviations import load_abbreviations
from mtcheck.lexicon.sentence_parts import ARTICLE, BEFORE_ARTICLE, GOES_ON, OPEN, ROLES, has_main_verb
from mtcheck.text import Document, Span

_ID = "stray-stop"
_STOP = regex.compile(
    r"(?<![\p{L}\p{N}.'’“\"@#/-])([\p{L}\p{M}][\p{L}\p{M}'’-]*)"
    r"\.[ \u00A0]+([\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*)(?!\.)"
)
# A role at the end of a stretch: "leader", or "leader of the" and up to three words.
_ROLE = regex.compile(r"\s(\p{Ll}+)(?:\s+of(?:\s+[\p{L}\p{M}'’-]+){1,4})?\Z")
_NAME = regex.compile(r"\p{Lu}[\p{L}\p{M}'’-]+(?:\s+\p{Lu}[\p{L}\p{M}'’-]+){1,3}(,|\s+\p{Ll}+)")
_SENTENCE = regex.compile(r"(?:[^.!?\n]|[.](?!\s|\Z))+")
_NAMES_A_WORD = frozenset({"article", "articles", "conjunction", "letter", "word", "words"})
_ROMAN = regex.compile(r"[ivxlc]+")
_TOO_SHORT = 6
# Characters before a stop in which its sentence has to show a role.
_REACH = 120


def _writes_small(text: str) -> bool:
    """Whether the text begins its sentences with small letters, as chats and lists do."""
    small = len(regex.findall(r"\p{L}{2}[.!?]\s+\p{Ll}", text))
    return small > 2 and small > len(regex.findall(r"\p{L}{2}[.!?][”\"’']?\s+\p{Lu}", text))


def _is_open(before: str, last: str) -> bool:
    words = before.split()
    if words and (words[-1] in _NAMES_A_WORD or words[-2:] in (["a", "and"], ["a", "or"])):
        return False
    return last in OPEN or (last in ARTICLE and bool(words) and words[-1] in BEFORE_ARTICLE)


def _role_and_name(doc: Document, stop: int, following: int) -> bool:
    """Whether a role stands before the stop, and after it a name without a verb."""
    paragraph = doc.paragraph_at(stop)
    if paragraph is None:
        return False
    sentence = doc.text[max(paragraph.start, stop - _REACH) : stop]
    role = _ROLE.search(sentence)
    after = _SENTENCE.match(doc.text, following, paragraph.end)
    if role is None or role[1] not in ROLES or after is None or len(sentence.split()) < _TOO_SHORT:
        return False
    name = _NAME.match(after[0])
    if name is None or (name[1] != "," and name[1].strip() not in GOES_ON):
        return False
    last = after[0].split()[-1]
    return last.lower() not in load_abbreviations() and len(last) > 2 and not has_main_verb(after[0])


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield the word before and the word after each stop that parts what belongs together."""
    doc = evidence.doc
    small = _writes_small(doc.text)
    # Whatever keeps its stop before a small letter twice is an abbreviation of this text.
    own = Counter(m[1] for m in _STOP.finditer(doc.text) if m[2].islower())
    for m in _STOP.finditer(doc.text, overlapped=True):
        last, following = m[1], m[2]
        span, stop = Span(*m.span()), m.end(1)
        if last.lower() in load_abbreviations() or _ROMAN.fullmatch(last) or doc.is_masked(span):
            continue
        message, joined = "", f"{last} {following}"
        if _is_open(doc.text[max(0, m.start() - 20) : m.start()], last):
            message = "a stop after a word that no sentence ends with"
        elif following in GOES_ON and len(last) > 2 and not last.isupper() and not small and own[last] < 2:
            message = "a stop before words that carry the sentence on"
        elif following[0].isupper() and _role_and_name(doc, stop, m.start(2)):
            message, joined = "a stop between a role and its name", f"{last}, {following}"
        if message:
            yield Finding(span, _ID, message, (joined,))


DETECTOR = Detector(id=_ID, category=Category.PUNCTUATION, find=find, needs_scores=False)
