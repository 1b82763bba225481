"""Who is measured against whom: mtcheck, one rater, and the checker that flags everything.

A share of labels says nothing alone. Beside it stand the human ceiling, one
rater against another (who all saw the source, which mtcheck does not), and
the floor, every word flagged.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mtcheck.evaluate.bootstrap import intervals
from mtcheck.evaluate.counts import Counts, Page, count, everything
from mtcheck.evaluate.outcomes import Checked
from mtcheck.evaluate.ratios import RATIOS, number
from mtcheck.evaluate.records import Record
from mtcheck.text import Span

MTCHECK_UNION = "mtcheck against all raters"
MTCHECK_ONE = "mtcheck against one rater"
RATER_UNION = "a rater against the others"
RATER_ONE = "a rater against another"
FLOOR_UNION = "every word flagged, against all raters"
FLOOR_ONE = "every word flagged, against one rater"

ByDocument = dict[str, Counts]


def readings(page: Page, record: Record, found: Sequence[Span]) -> dict[str, Counts]:
    """The counts of each reading of one text; those that need a second rater only where there is one.

    Against one rater means the sum over raters, of texts that two or more read,
    so the ratios are their means weighted by what each marked.
    """
    marks = {r: [m.span for m in record.marked if m.rater == r] for r in record.raters}
    union = [m.span for m in record.marked]
    words = everything(page, record.text)
    told = {MTCHECK_UNION: count(page, found, union), FLOOR_UNION: count(page, words, union)}
    if len(marks) < 2:
        return told
    others = {r: [s for o, spans in marks.items() if o != r for s in spans] for r in marks}
    told[MTCHECK_ONE] = summed(count(page, found, spans) for spans in marks.values())
    told[FLOOR_ONE] = summed(count(page, words, spans) for spans in marks.values())
    told[RATER_UNION] = summed(count(page, marks[r], others[r]) for r in marks)
    told[RATER_ONE] = summed(count(page, marks[r], marks[o]) for r in marks for o in marks if o != r)
    return told


def summed(counts: Iterable[Counts]) -> Counts:
    """The sum of counts."""
    total = Counts()
    for c in counts:
        total = total.plus(c)
    return total


def by_document(checked: Iterable[Checked]) -> dict[str, ByDocument]:
    """Reading -> document -> counts, over the labelled records."""
    tables: dict[str, ByDocument] = {}
    for item in checked:
        spans = [f.span for f in item.outcome.found]
        for name, counts in readings(item.page(), item.record, spans).items():
            table = tables.setdefault(name, {})
            table[item.record.document] = table.get(item.record.document, Counts()).plus(counts)
    return tables


def against_all(checked: Iterable[Checked], *, threshold: float | None = 0.0) -> ByDocument:
    """Document -> counts of mtcheck against all raters, of findings at least so probable."""
    table: ByDocument = {}
    for item in checked:
        found = [f.span for f in item.outcome.above(threshold)]
        counts = count(item.page(), found, [m.span for m in item.record.marked])
        table[item.record.document] = table.get(item.record.document, Counts()).plus(counts)
    return table


def summary(table: Mapping[str, Counts], *, resamples: int, seed: int) -> dict[str, Any]:
    """Counts and ratios with their intervals, ready for output."""
    total = summed(table.values())
    sure = intervals(list(table.values()), Counts._fields, RATIOS, resamples=resamples, seed=seed)
    values = {name: number(ratio(total._asdict())) for name, ratio in RATIOS.items()}
    return {
        "documents": len(table),
        "found": int(total.found),
        "labels": int(total.labels),
        "ratios": {name: {"value": value, "interval": sure[name]} for name, value in values.items()},
    }
