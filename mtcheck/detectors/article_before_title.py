"""An article before a title that stands straight before a name.

Why: French, Spanish, German and others say "the president Putin"; English
    drops the article where the title is a part of the name.
Looks at: "the", a title that English puts straight before a name, and a name.
Misses: titles with an adjective; titles not in the list.
False alarms: British papers that treat the title as a description; a name
    that says which of several is meant.
Source: AP Stylebook and Guardian style guide, entries on titles.
"""

from collections.abc import Iterator

import regex

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.text import Span

# Ships, hotels and books are named after crowned heads, so these count in lower case only.
_CROWNED = "king|queen|prince|princess|pope|emperor|colonel|admiral|premier"
_CIVIL = (
    "president|vice president|prime minister|chancellor|vice chancellor|minister|senator|governor"
    "|professor|doctor|secretary of state|mayor|judge|congressman|congresswoman"
)
_PATTERN = regex.compile(
    rf"\b[Tt]he (?P<title>(?:{_CROWNED}|{_CIVIL})|(?:{_CIVIL.title()})) "
    r"(?P<name>(?:(?:de|van|von|der|bin|al|el|le|la|del|di|da) |(?:al|el|Al|El)-|\p{Lu}\p{Ll}?\.? )*"
    r"\p{Lu}[\p{L}’'-]*\p{Ll}[\p{L}]*"
    r"(?: (?:\p{Lu}\.|(?:de|van|von|der|bin|al|el|le|la|del|di|da)|\p{Lu}[\p{L}'-]*\p{Ll}\p{L}*))*)"
    r"(?P<after>.{0,30})"
)
# Words that make the name the description of something else: the President Hotel.
_HEADS = regex.compile(
    r"\b(?:Hotel|Bible|Cup|Award|Awards|Medal|Prize|Trophy|Stakes|School|College|University|Hospital|Bridge"
    r"|Library|Theatre|Theater|County|Street|Road|Avenue|Centre|Center|Palace|Park|Foundation|Trust|Hall|House"
    r"|Stadium|Airport|Act|Museum|Committee|Office|Party|Doctrine|Version|Island|Islands|Electric|Motors|Mills"
    r"|Assembly|Council|Court|Election|Series|Show|Conference|Ministers?|Secretary|Affairs|Who|Day|Memorial)\b"
)
_HEAD_AFTER = regex.compile(
    r"^(?:-|[’']s? (?:administration|era)"
    r"|,? (?:administration|era|supporters?|government|team|campaign|years|fans"
    r"|cabinet|speech|visit|impeachment|story|show|character|figure|myth|meme|moniker)\b)"
)
_PARTICLES = frozenset({"de", "van", "von", "bin", "Le", "La", "De"})
_NO_NAME = frozenset(
    (
        "Is Was Has Had Will Who And Or To For In On At Of Said May Must Can Should Would The A Elect "
        "Emeritus General Monday Tuesday Wednesday Thursday Friday Saturday Sunday Republicans Democrats "
        "Americans January February March April June July August September October November December"
    ).split()
)


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield the article and the title."""
    doc = evidence.doc
    for m in _PATTERN.finditer(doc.text):
        span = Span(m.start(), m.end("title"))
        name, title = m["name"], m["title"]
        words = name.split()
        if doc.is_masked(span) or words[0] in _NO_NAME:
            continue
        if _HEADS.search(name) or _HEAD_AFTER.match(m["after"]):
            continue
        # A lone capitalised word may be a people, a party or a company: "the minister Labour chose".
        known = name in evidence.names.words or not _PARTICLES.isdisjoint(words)
        full = rf"\p{{Lu}}\p{{Ll}}+ {regex.escape(name)}\b|\b{regex.escape(name)} \p{{Lu}}\p{{Ll}}+"
        if len(words) == 1 and not (known or regex.search(full, doc.text)):
            continue
        yield Finding(
            span,
            DETECTOR.id,
            f"English drops the article in “the {title} {words[0]}”",
            suggestions=(" ".join(w if w == "of" else w[:1].upper() + w[1:] for w in title.split()),),
            because={"title": title},
        )


DETECTOR = Detector("article-before-title", Category.GRAMMAR, find)
