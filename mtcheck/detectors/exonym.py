"""A name in the form of another language.

Why: a system that doesn't know a name copies it, so a French article leaves
    Poutine and OTAN behind, a German one Moskau and Gorbatschow.
Looks at: the name dictionary; for a form that is also an English word or
    surname, a title or given name before it, or the English form elsewhere.
Misses: names not in the dictionary; forms that English shares.
False alarms: names of firms, clubs and works; history told in its own names.
Source: names.tsv, whose rows name their own sources.
"""

from collections.abc import Iterator

import regex

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.lexicon.name_bearers import bears_it, is_explained, stands_alone_in_quotes
from mtcheck.lexicon.names import HOUSE, NameEntry
from mtcheck.text import Document, Span

_TITLES = frozenset(
    [
        "President",
        "Premier",
        "Chancellor",
        "Minister",
        "Pope",
        "Leader",
        "Mr",
        "Mr.",
        "Tsar",
        "Emperor",
        "Marshal",
    ]
)
_LEADERS = frozenset(
    (
        "Vladimir Wladimir Mikhail Michail Mijaíl Mikhaïl Boris Dmitry Dmitri Dimitri Sergei Sergey "
        "Sergueï Josef Joseph Leonid Nikita Volodymyr Alexander Viktor Benjamin Hosni Anwar"
    ).split()
)
# A club is joined, beaten and left, and taken an interest in; only a town has things happen in it.
_CLUB = "club"
_NOWHERE_ELSE = regex.compile(
    r"(?<!\b(?:interest|stake|share|shares|faith|confidence|interested) )\b(?:in|near|outside) $"
)
_OPENER = regex.compile(
    r"(?:\p{Lu}\p{Ll}{0,3}|While|When|Where|Since|Until|Although|Though|Because|After|Before|Between|Outside|Inside"
    r"|Around|Under|Without|Within|Against|Across|Among|Through|Throughout|Today|Yesterday|About|Should|Could|Would"
    r"|There|Other|Every|Their|These|Those|Official|Meanwhile|However|Towards?|Despite|Beyond|Behind|Leaving)$"
)
# Letters that only foreign names have, and the small words between foreign words.
_FOREIGN = regex.compile(
    r"^(?:de|du|des|la|le|les|el|los|las|der|die|das|von|und|et|y|di|del|della|al|do|da|van|het"
    r"|am|im|zum|zur|beim|auf|dem|den|ob|na|nad|aan|op|te|du|degli|delle|dei|nel|nella|Vuelta"
    r"|FC|SC|AC|AS)$"
)

_POSSESSIVE = regex.compile(r"['’]s?$")


def _neighbour(doc: Document, at: int, step: int) -> str:
    """The word beside word number `at`, if nothing but a blank or hyphen stands between."""
    other = at + step
    if not 0 <= other < len(doc.words):
        return ""
    first, last = sorted((doc.words[at], doc.words[other]))
    return doc[doc.words[other]] if doc.text[first.end : last.start] in {" ", "-", "\u00a0"} else ""


def _in_a_name(doc: Document, first: int, last: int, entry: NameEntry) -> bool:
    """Whether the mention is a part of a longer name, a foreign phrase or a headline's capitals."""
    before, after = _neighbour(doc, first, -1), _neighbour(doc, last, 1)
    if _FOREIGN.match(before) or _FOREIGN.match(after):
        return True
    start, end = doc.words[first].start, doc.words[last].end
    # El-Sissi is no Sissi.
    if doc.text[max(0, start - 1) : start] == "-" or stands_alone_in_quotes(doc, start, end):
        return True
    if entry.kind == "place" and bears_it(doc, start, end):
        return True
    if entry.kind == "person":
        return after[:1].isupper()
    if after[:1].isupper():
        return True
    opens = _opens(doc, first - 1) and _OPENER.match(before) is not None
    return before[:1].isupper() and before not in _TITLES and not opens


def _opens(doc: Document, at: int) -> bool:
    start = doc.words[at].start
    paragraph = doc.paragraph_at(start)
    before = doc.text[max(0, start - 2) : start].strip()
    return paragraph is None or start == paragraph.start or before in {".", "“", '"'}


def _supported(doc: Document, first: int, entry: NameEntry) -> bool:
    if entry.relation == "former":
        return False
    before = _neighbour(doc, first, -1)
    if entry.homograph == _CLUB and _NOWHERE_ELSE.search(doc.text[: doc.words[first].start][-40:]):
        return True
    if entry.kind == "person" and (before in _TITLES or before in _LEADERS):
        return True
    return entry.kind == "person" and bool(regex.search(rf"\b{regex.escape(entry.preferred)}\b", doc.text))


def _entry_at(evidence: Evidence, at: int) -> tuple[NameEntry, int] | None:
    """The longest row that begins at word `at`, and the number of its last word."""
    doc = evidence.doc
    start = doc.words[at].start
    if not doc.text[start].isupper() or not evidence.names.may_open(doc.text[start : start + 4]):
        return None
    for last in range(min(at + evidence.names.longest, len(doc.words)) - 1, at - 1, -1):
        end = doc.words[last].end
        name = doc.text[start:end]
        for form in (name, _POSSESSIVE.sub("", name), doc.text[start : end + 1]):
            entry = evidence.names.lookup(form)
            if entry is not None:
                return entry, last
    return None


def _names_a_club(doc: Document, entry: NameEntry) -> bool:
    """Whether the article has a club of this name, which it may then call by the place alone."""
    return (
        regex.search(rf"\b(?:FC|SC|SV|AC|AS|CF|SK|TSV|VfB|VfL) {regex.escape(entry.variant)}\b", doc.text)
        is not None
    )


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield each mention of a form that is not English."""
    doc, at = evidence.doc, 0
    while at < len(doc.words):
        found = _entry_at(evidence, at)
        if found is None:
            at += 1
            continue
        entry, last = found
        first, at = at, last + 1
        start = doc.words[first].start
        span = Span(start, start + len(entry.variant))
        if entry.relation == "valid" or not entry.variant[:1].isupper():
            continue
        if entry.relation == HOUSE:
            message = f"“{entry.variant}” is not the form that the desk has chosen"
            yield Finding(span, DETECTOR.id, message, (entry.preferred,), {"table": entry.source})
            continue
        if entry.kind == "place" and _names_a_club(doc, entry):
            continue
        if _in_a_name(doc, first, last, entry) or (entry.homograph and not _supported(doc, first, entry)):
            continue
        if is_explained(doc, start, span.end):
            continue
        yield Finding(
            span,
            DETECTOR.id,
            f"“{entry.variant}” is not the English form of this name",
            suggestions=(entry.preferred,),
            because={"language": entry.language},
        )


DETECTOR = Detector("exonym", Category.ENTITY, find)
