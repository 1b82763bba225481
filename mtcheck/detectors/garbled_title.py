"""An official title or the name of a body with its words in the wrong order.

Why: a system that translates a title word by word keeps the source's order,
    so the Director of National Intelligence becomes the National Intelligence Director.
Looks at: runs of capitalised words, against a table of titles.
Misses: titles not in the table; titles in lower case; a wrong content word.
False alarms: bodies of other countries with the same words in their own order.
Source: the offices' and bodies' own names.
"""

from collections.abc import Iterator

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.lexicon.titles import SMALL, Title, accepted, by_content, content_key, content_words, words_of
from mtcheck.text import Document, Span

_LONGEST = 12
_TO_BE_CONTINUED = frozenset(["foreign", "internal", "national", "european", "international"])
_HEADS = frozenset(["minister", "ministry", "director", "secretary", "commissioner"])


def _runs(doc: Document) -> Iterator[tuple[Span, ...]]:
    """Stretches of capitalised words, small words between them, no punctuation but hyphens."""
    run: list[Span] = []
    for word in doc.words:
        text = doc[word]
        gap = doc.text[run[-1].end : word.start] if run else ""
        joined = not run or gap in {" ", "-", "\u00a0"}
        fits = text[:1].isupper() or (bool(run) and text in SMALL)
        if run and not (joined and fits):
            yield tuple(run)
            run = []
        if text[:1].isupper() or (run and fits):
            run.append(word)
    if run:
        yield tuple(run)


def _is_headline(doc: Document, run: tuple[Span, ...]) -> bool:
    """Headlines capitalise every long word, so a run there need not be a name."""
    paragraph = doc.paragraph_at(run[0].start)
    words = doc.words_in(paragraph) if paragraph is not None else ()
    return not any(doc[w].islower() and len(w) > 3 for w in words)


def _is_garbled(title: Title, words: tuple[str, ...], *, before_name: bool) -> bool:
    content = content_words(words)
    if title.kind == "garbled":
        return words == words_of(title.title)
    if content == title.content:
        # Two words of another order are often another office: Chief Justice, Justice Chief.
        return len(content) == 2 and len(words) > len(words_of(title.title)) and words[1] in {"of", "for"}
    if len(content) < 3:
        return False
    return words[-1] not in {"treaty", "convention", "committee"} and not before_name


def _suggestion(title: Title) -> str:
    return title.variants[0] if title.kind == "garbled" else title.title


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield the longest garbled title of each place."""
    doc, titles = evidence.doc, by_content()
    for run in _runs(doc):
        first = 0
        while first < len(run):
            span, title = _garbled_at(doc, run, first, titles)
            if span is None:
                first += 1
                continue
            yield Finding(
                span,
                DETECTOR.id,
                f"“{doc[span]}” is not how this title reads in English",
                suggestions=(_suggestion(title),) if title else (),
            )
            first = next((i for i, w in enumerate(run) if w.start >= span.end), len(run))


def _garbled_at(
    doc: Document,
    run: tuple[Span, ...],
    first: int,
    titles: dict[frozenset[tuple[str, int]], tuple[Title, ...]],
) -> tuple[Span | None, Title | None]:
    for last in range(min(len(run), first + _LONGEST) - 1, first, -1):
        words = words_of(" ".join(doc[w] for w in run[first : last + 1]))
        if words[0] in SMALL or words[-1] in SMALL:
            continue
        if words in accepted():
            return None, None
        following = doc[run[last + 1]] if last + 1 < len(run) else ""
        candidates = titles.get(content_key(content_words(words)), ())
        for title in sorted(candidates, key=lambda t: t.kind != "garbled"):
            if _is_garbled(title, words, before_name=following[:1].isupper()) and not _is_headline(doc, run):
                return Span(run[first].start, run[last].end), title
    span = Span(run[first].start, run[-1].end)
    words = words_of(doc[span])
    cut = len(words) == 3 and words[0] in _HEADS and words[1] == "of" and words[2] in _TO_BE_CONTINUED
    if (
        cut
        and not _is_headline(doc, run)
        and doc.text[span.end : span.end + 2].rstrip() in {"", ".", ",", "’", "'"}
    ):
        return span, None
    return None, None


DETECTOR = Detector("garbled-title", Category.TERMINOLOGY, find)
