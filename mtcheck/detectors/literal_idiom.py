"""A foreign idiom translated word for word.

Why: a system that does not know an idiom of the other language gives its words
    one by one ("it cost the eyes of the head"), and the reader is lost.
Looks at: a table of such word-for-word forms, whose words sound English has
    practically never in that order.
Misses: idioms not in the table; other synonyms or another order of the words;
    words put in between.
False alarms: an idiom explained as foreign ("as the French say", "literally")
    stays quiet, and so does a title; a writer's own picture may not.
Source: literal_idioms.tsv, from general knowledge of the languages named there.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import regex

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.lexicon.literal_idioms import LANGUAGES, POSSESSIVE, LiteralIdiom, load_literal_idioms
from mtcheck.text import Document, Span

_POSSESSIVES = frozenset({"my", "your", "his", "her", "its", "our", "their", "one's", "whose"})
_BETWEEN = regex.compile(r",?(?:[ \t\u00a0\u202f]|\r?\n(?!\s))+|[-‐‑]")
_TONGUE = (
    rf"(?:{'|'.join(LANGUAGES.values())}|Austrian|Brazilian|Flemish|Mexican|Swiss|Scandinavian|Slavic|Yiddish"
    r"|Persian|Hebrew|Hindi|Korean|Latin)"
)
_NAMED = regex.compile(
    r"\b(?i:literal|literally|word[- ]for[- ]word|idioms?|idiomatic|translate[sd]?|translation)\b"
    rf"|\b{_TONGUE}(?: \w+){{0,2}} (?:proverb|saying|expression|phrase|adage|maxim|metaphor|version)s?\b"
    # "The German minister says" names a speaker, so the nation has to stand alone.
    rf"|\b(?i:the|as|we) {_TONGUE}s?(?: \w+)? (?:say|call|put|have it|speak of)\b"
    rf"|\b(?i:in|from)(?: the)? {_TONGUE}"
    r"(?= (?:they|one|you|we|people|it|this|that|there|the|is)\b|\W*$|\W*[,.:;)])"
)
# A clause that names the idiom as foreign stands next to it; characters to either side.
_NEAR = 120


@cache
def _by_word() -> dict[str, tuple[tuple[LiteralIdiom, int], ...]]:
    """Each idiom under the forms of the word that fewest other idioms have, longest idiom first."""
    idioms = load_literal_idioms()
    shared = Counter(form for idiom in idioms for forms in idiom.words for form in set(forms))
    found: dict[str, list[tuple[LiteralIdiom, int]]] = defaultdict(list)
    for idiom in idioms:
        fixed = [i for i, forms in enumerate(idiom.words) if POSSESSIVE not in forms]
        anchor = min(fixed, key=lambda i: (sum(shared[f] for f in idiom.words[i]), -len(idiom.words[i][0])))
        for form in idiom.words[anchor]:
            found[form].append((idiom, anchor))
    return {word: tuple(sorted(entries, key=lambda e: -len(e[0].words))) for word, entries in found.items()}


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def _fits(forms: tuple[str, ...], word: str) -> bool:
    if word in forms:
        return True
    return POSSESSIVE in forms and (word in _POSSESSIVES or word.endswith(("'s", "s'")))


def _mention(doc: Document, at: int, idiom: LiteralIdiom, anchor: int) -> Span | None:
    """The idiom's words, with the word at `at` as its anchor."""
    first = at - anchor
    words = doc.words[max(first, 0) : first + len(idiom.words)]
    if first < 0 or len(words) < len(idiom.words):
        return None
    if not all(map(_fits, idiom.words, (_plain(doc[w]) for w in words))):
        return None
    for left, right in pairwise(words):
        between = doc.text[left.end : right.start]
        # The apostrophe of "his parents' house" is no part of the word before it.
        if not _BETWEEN.fullmatch(between.lstrip("'’")):
            return None
    return Span(words[0].start, words[-1].end)


def _is_title(text: str) -> bool:
    """Whether every longer word has a capital, as in the name of a film."""
    longer = [w for w in text.split() if len(w) > 3]
    return len(longer) > 1 and all(w[0].isupper() for w in longer) and not text.isupper()


def _is_named(doc: Document, span: Span) -> bool:
    """Whether the words nearby say that this is an idiom of another language."""
    paragraph = doc.paragraph_at(span.start) or span
    start, end = max(paragraph.start, span.start - _NEAR), min(paragraph.end, span.end + _NEAR)
    return bool(_NAMED.search(doc.text, start, span.start) or _NAMED.search(doc.text, span.end, end))


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield each idiom once, the longest where two share words."""
    doc, table = evidence.doc, _by_word()
    mentions: list[tuple[Span, LiteralIdiom]] = []
    for at, word in enumerate(doc.words):
        for idiom, anchor in table.get(_plain(doc[word]), ()):
            span = _mention(doc, at, idiom, anchor)
            if span is not None:
                mentions.append((span, idiom))
    seen: list[Span] = []
    for span, idiom in sorted(mentions, key=lambda m: (-len(m[0]), m[0])):
        if any(span.overlaps(s) for s in seen) or _is_title(doc[span]) or _is_named(doc, span):
            continue
        seen.append(span)
        yield _finding(span, idiom)


def _finding(span: Span, idiom: LiteralIdiom) -> Finding:
    language, original = LANGUAGES[idiom.languages[0]], idiom.originals[0]
    message = f"word for word from {language} “{original}”; English says “{idiom.meant}”"
    because = {"language": " ".join(idiom.languages), "original": "/".join(idiom.originals)}
    return Finding(span, DETECTOR.id, message, (idiom.meant,), because)


DETECTOR = Detector("literal-idiom", Category.IDIOM, find)
