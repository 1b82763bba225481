"""A run of words left in the source language.

Why: a system copies what it can't translate; the reader meets a piece of
    another language in the middle of an English sentence.
Looks at: words that edited English does not write in lower case, and function
    words of one language among them; a run of letters of another script.
Misses: single words that no list has; words that look English; anything in quotation marks.
False alarms: loan phrases that no list has; titles of works in lower case.
Source: function_words.tsv and foreign_words.tsv, our own lists.
"""

from collections import Counter
from collections.abc import Iterator

import regex

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.lexicon.foreign_words import foreign_words
from mtcheck.lexicon.function_words import DATE_WORDS, DISHES, PARTICLES, function_words
from mtcheck.lexicon.words import english_words
from mtcheck.text import Document, Span, touching

# A gloss in brackets is meant; so is a title in marks.
_SCRIPTS = (
    "Cyrillic Greek Arabic Hebrew Devanagari Bengali Gujarati Gurmukhi Tamil Telugu Kannada Malayalam "
    "Sinhala Thai Lao Khmer Myanmar Georgian Armenian Ethiopic Han Hiragana Katakana Hangul"
)
_LETTERS = "".join(rf"\p{{{script}}}" for script in _SCRIPTS.split()) + r"\p{M}"
_SIGN = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]"
_OTHER_SCRIPT = regex.compile(
    rf"(?<![(“\"«‘/\p{{L}}\p{{M}}])(?:[{_LETTERS}]{{2,}}|{_SIGN})(?:[ ,]+[{_LETTERS}]+)*"
)
# One word by itself, with what stands before and after it.
_SINGLE = regex.compile(
    r"(?<![\p{L}\p{M}\p{N}'’/@#_-])(\p{Ll}{2,}),? (\p{Ll}{3,})"
    r"(?= (\p{Ll}{2,})(?![\p{L}\p{M}'’-])|[.,;](?:\s|$)|$)"
)
# Letters of loan words that English keeps (é, ñ, ç ...) are not among them.
_ACCENTS = frozenset("äöüßłąęśćńżźőűčřšžůěďťňășşțţğıãõåøæ")
_NAMED = "|".join(sorted(DATE_WORDS, key=len, reverse=True))
_DATE = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}.,])(?:[12]?\d|3[01])\.? (?:{_NAMED})(?!\p{{L}})"
    rf"|(?<!\p{{L}})(?:{_NAMED}) (?:[12]?\d|3[01])(?![\p{{N}}:.,]*\p{{N}})"
)
_JOINT = regex.compile(r"^(?:[ ,\u00a0]{1,2}|['’])$")
# A text with more of another script than this is not English copy with a slip in it.
_MOST_OTHER = 0.2


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield the runs, each with its language."""
    doc = evidence.doc
    for paragraph in doc.paragraphs:
        run: list[Span] = []
        bridge: list[Span] = []
        for span in doc.words_in(paragraph):
            foreign = _foreign(doc, span)
            if run and _joined(doc, (run + bridge)[-1], span):
                if foreign:
                    run, bridge = [*run, *bridge, span], []
                    continue
                # One word that English has, too, may stand inside: "que les relations sont".
                if not bridge and doc[span].islower():
                    bridge = [span]
                    continue
            yield from _judged(doc, run)
            run, bridge = [span] if foreign else [], []
        yield from _judged(doc, run)
    yield from _other_scripts(doc)
    yield from _dates(doc)
    yield from _singles(doc)


def _dates(doc: Document) -> Iterator[Finding]:
    """A day or month of another language with its figure: "lundi 12", "12 décembre"."""
    for m in _DATE.finditer(doc.text):
        span = Span(*m.span())
        if touching(doc.quotes, span) is None and not doc.is_masked(span):
            yield Finding(span, DETECTOR.id, "a date left in the source language")


def _singles(doc: Document) -> Iterator[Finding]:
    """One word of another language between English ones ("she applied plötzlich for leave")."""
    english, foreign = english_words(), foreign_words()
    for m in _SINGLE.finditer(doc.text, overlapped=True):
        word, span = m[2], Span(*m.span(2))
        if word in english or not (word in foreign or (len(word) > 3 and not _ACCENTS.isdisjoint(word))):
            continue
        if m[1] not in english or (m[3] is not None and m[3] not in english):
            continue
        if touching(doc.quotes, span) is None and not doc.is_masked(span):
            because = {"language": foreign[word]} if word in foreign else {}
            yield Finding(span, DETECTOR.id, f"“{word}” is no English word", (), because)


def _foreign(doc: Document, span: Span) -> bool:
    word = doc[span]
    lower = word.lower()
    if not word.isalpha() and "'" not in word and "’" not in word:
        return False
    return (
        lower in function_words() or lower in PARTICLES or (word.islower() and lower not in english_words())
    )


def _joined(doc: Document, left: Span, right: Span) -> bool:
    return _JOINT.match(doc.text[left.end : right.start]) is not None


def _judged(doc: Document, run: list[Span]) -> Iterator[Finding]:
    while run and doc[run[0]].lower() in PARTICLES and not doc[run[0]].islower():
        run = run[1:]
    if len(run) < 3:
        return
    span = Span(run[0].start, run[-1].end)
    words = [doc[w].lower() for w in run]
    votes: Counter[str] = Counter()
    for word in {*words}:
        votes.update(function_words().get(word, ()))
    unknown = {w for w in words if w not in english_words() and w not in function_words()}
    if not votes or not DISHES.isdisjoint(words) or touching(doc.quotes, span) is not None:
        return
    language, strong = min(votes.items(), key=lambda v: (-v[1], v[0]))
    if strong >= 2 or len(unknown - PARTICLES) >= 2:
        yield Finding(span, DETECTOR.id, "words left in the source language", (), {"language": language})


def _other_scripts(doc: Document) -> Iterator[Finding]:
    found = [Span(*m.span()) for m in _OTHER_SCRIPT.finditer(doc.text)]
    if sum(map(len, found)) > _MOST_OTHER * max(1, len(doc.text)):
        return
    for span in found:
        if touching(doc.quotes, span) is None and doc.text[span.end : span.end + 1] != ")":
            yield Finding(span, DETECTOR.id, "words left in another script")


DETECTOR = Detector("untranslated", Category.UNTRANSLATED, find)
