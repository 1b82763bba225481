"""A name from another script spelt as another language transliterates it, told by rule.

Why: no table lists every name; but Nawalny can only be German and Loukachenko
    only French, and an English desk would write Navalny and Lukashenko.
Looks at: letters and endings that no native surname of that language joins; where
    they are weaker, a Slavic given name right before; syllables of Chinese names.
Misses: names whose two spellings differ by nothing sure (Lawrow without Sergej);
    most Arabic, Japanese and Korean names; Chinese ones but in Czech.
False alarms: émigrés and their children who write themselves so; a few such
    names are listed.
Source: BGN/PCGN romanisation for English; Duden, and the usage of each language's
    news agencies, for the others.
"""

from collections.abc import Iterator

import regex

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.lexicon.chinese import NAME, pinyin
from mtcheck.lexicon.transliteration import Transliteration, given_name, transliterated
from mtcheck.text import Document, Span

_LANGUAGES = {
    "de": "German",
    "fr": "French",
    "nl": "Dutch",
    "sv da no": "Scandinavian",
    "hu": "Hungarian",
    "pl": "Polish",
    "cs sk sl hr": "Czech or South Slavic",
    "tr": "Turkish",
    "it": "Italian",
    "es pt": "Spanish or Portuguese",
    "fi": "Finnish",
    "el": "Greek",
    "az": "Azerbaijani",
    "nl sv da no cs sk sl hr": "Dutch, Scandinavian or Czech",
}
_ARTICLES = frozenset("der die das des dem den von vom zum zur le la les du des".split())
_CZECH = regex.compile(r"\p{L}-\p{Ll}*ch|[ČŠŤ]\p{Ll}{0,6} \p{Lu}\p{Ll}{0,6}-|[čŤť]\p{Ll}{0,6}-")


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield the names, each with the form that English writes."""
    doc = evidence.doc
    words = doc.words
    for at, span in enumerate(words):
        bare = doc[span].removesuffix("’s").removesuffix("'s")
        if not bare[:1].isupper() or (bare.isascii() and len(bare) < 5):
            continue
        place = Span(span.start, span.start + len(bare))
        before = doc[words[at - 1]] if at and _join(doc, words[at - 1], span) else ""
        after = doc[words[at + 1]] if at + 1 < len(words) and _join(doc, span, words[at + 1]) else ""
        # The dictionary of names knows better, whole names included.
        known = evidence.names.lookup
        if known(bare) or known(f"{before} {bare}") or known(f"{bare} {after}"):
            continue
        # A title of a work: Die Frau des Maharadscha.
        if before in _ARTICLES:
            continue
        found = transliterated(bare, before)
        if found is None:
            found = given_name(bare, sure=True)
        if found is not None and found.english != bare:
            yield _finding(place, bare, found)
    yield from _chinese(evidence)


def _chinese(evidence: Evidence) -> Iterator[Finding]:
    """Chinese names as Czech writes them, unless the dictionary has them."""
    doc = evidence.doc
    # Taiwan has spellings of its own, which pinyin would get wrong.
    if not _CZECH.search(doc.text) or "Taiwan" in doc.text:
        return
    for m in NAME.finditer(doc.text):
        known = evidence.names.lookup
        english = None if known(m[0]) or known(m[2]) else pinyin(m[1] or "", m[2])
        if english is not None:
            start = m.start() if " " in english else m.start(2)
            span = Span(start, m.end())
            yield _finding(span, doc[span], Transliteration(english, "cs sk sl hr"))


def _join(doc: Document, left: Span, right: Span) -> bool:
    """Whether nothing but one blank parts two words."""
    return doc.text[left.end : right.start] in {" ", "\u00a0"}


def _finding(span: Span, name: str, found: Transliteration) -> Finding:
    language = _LANGUAGES.get(found.language, found.language)
    return Finding(
        span,
        DETECTOR.id,
        f"“{name}” is a {language} spelling; English writes “{found.english}”",
        (found.english,),
        {"language": found.language},
    )


DETECTOR = Detector("foreign-transliteration", Category.ENTITY, find)
