"""A structure of another language, word for word.

Why: a machine that keeps the source's frame writes "since three weeks", "he has
    31 years", "the 9 of March", "informations", "explained us that".
Looks at: a table of such frames with places for figures, spans of time, names.
Misses: frames not in the table; anything that English allows as well.
False alarms: speech of people who talk so; text about how people talk.
Source: calques.tsv, from the learners' errors that grammars of English list for
    the languages named there.
"""

from collections.abc import Iterator

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.lexicon.calques import load_calques
from mtcheck.text import Span, touching


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield the frames outside quotations, each place once."""
    doc = evidence.doc
    lower = doc.text.lower()
    taken: set[int] = set()
    for calque in load_calques():
        if calque.anchor not in lower:
            continue
        for m in calque.pattern.finditer(doc.text):
            span = Span(*m.span())
            if not taken.isdisjoint(range(*m.span())) or doc.is_masked(span):
                continue
            if touching(doc.quotes, span) is not None and _is_short_quote(evidence, span):
                continue
            taken.update(range(*m.span()))
            meant = m.expand(calque.meant)
            yield Finding(
                span,
                DETECTOR.id,
                f"word for word from another language; English says “{meant}”",
                () if "…" in meant or "+" in meant else (meant,),
                {"language": " ".join(calque.languages)},
            )


def _is_short_quote(evidence: Evidence, span: Span) -> bool:
    """Whether the frame itself is what is quoted."""
    quote = touching(evidence.doc.quotes, span)
    return quote is not None and len(quote) <= len(span) + 4


DETECTOR = Detector("calqued-structure", Category.GRAMMAR, find)
