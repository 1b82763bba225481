"""Where a foreign form of a name is meant: explained by the article, or borne by a street, ship or work."""

import regex

from mtcheck.text import Document

_GLOSS = regex.compile(
    r"\b(?:called(?! (?:Mr|Mrs|Ms|President|on|for|off|up)\b)|known (?:\w+ )?(?:as|in)|named|spelled|spelt"
    r"|written|formerly|then|translated|pronounced|meaning|means|literally|name|word|term|acronym)\b[^.!?]{0,25}$"
)
_GLOSS_AFTER = regex.compile(
    r"^[^.!?]{0,12}\b(?:in (?:its |their )?(?:own|native|original|"
    r"(?:French|German|Italian|Spanish|Portuguese|Dutch|Polish|Czech|Slovak|Slovene|Hungarian|Romanian|Turkish"
    r"|Russian|Ukrainian|Greek|Finnish|Swedish|Danish|Norwegian|Latin|Arabic|Persian|Farsi|Hebrew|Chinese|Japanese"
    r"|Korean|Serbian|Croatian|Bosnian|Albanian|Catalan|Basque|English|other languages))\b"
    r"|is the \p{Lu}\p{L}+ (?:name|word|acronym))"
)
_IN_LANGUAGE = regex.compile(r"\((?:the |in )?[^()]{0,50}$")
# A thing that bears a name as it is, and what stands before one at the beginning of a sentence.
_BEARER = regex.compile(
    r"\b(?:novel|film|movie|song|album|book|play|series|ship|tanker|ferry|submarine|cruiser|airship|tug|hotel"
    r"|restaurant|magazine|newspaper|brand|band|Vuelta a) $"
    r"|\b(?!Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|In |On |By |At )\p{Lu}\p{L}+ \d $"
)
_BEARER_AFTER = regex.compile(
    r"^ (?:neighbou?rhood|streets?|avenue|ship|hotel|restaurant|brand|metro station)\b"
)
_NUMBERED = regex.compile(r"^(?: #\d|\.\p{Ll})")
_TITLE = regex.compile(r"(?:[ ,]+\p{Lu}[\p{L}'’-]*){1,3}[”\"’»]")
_OPENING = frozenset('“"‘«')
_CLOSING = frozenset('”"’»')


def is_explained(doc: Document, start: int, end: int) -> bool:
    """Whether the article says that this is the name in another language."""
    before = doc.text[max(0, start - 60) : start]
    return bool(
        _GLOSS.search(before) or _IN_LANGUAGE.search(before) or _GLOSS_AFTER.search(doc.text[end : end + 40])
    )


def stands_alone_in_quotes(doc: Document, start: int, end: int) -> bool:
    """Whether the form is all that stands in quotation marks: a ship, a work, a word."""
    return doc.text[start - 1 : start] in _OPENING and doc.text[end : end + 1] in _CLOSING if start else False


def bears_it(doc: Document, start: int, end: int) -> bool:
    """Whether a street, a ship or a work of this name is meant, or something numbered."""
    before, after = doc.text[max(0, start - 40) : start], doc.text[end : end + 40]
    if _BEARER.search(before) or _BEARER_AFTER.match(after) or _NUMBERED.match(after):
        return True
    title = _TITLE.match(after) if before[-1:] in _OPENING else None
    return title is not None and not title[0][:-1].rstrip().endswith((",", ".", "!", "?"))
