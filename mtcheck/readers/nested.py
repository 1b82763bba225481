"""Join two maps: prose made from a value, and the value made from the file.

A value is what a format decodes (a JSON string without its escapes, a
paragraph without its indents). What reads it further sees the value only;
`compose` leads its prose back to the file through both.
"""

from bisect import bisect_right

from mtcheck.readers.assemble import Assembler
from mtcheck.text import Document, Run, Span


def compose(into: Assembler, inner: Document, value: Document) -> None:
    """Take each paragraph of `inner`, which was made from the text of `value`, as a block."""
    into.end_block()
    hidden = {h.start for h in inner.hidden}
    runs = inner.runs or (Run(0, Span(0, len(inner.text)), len(inner.text)),)
    for block in inner.paragraphs:
        first = max(0, bisect_right(runs, block.start, key=lambda r: r.start) - 1)
        for i in range(first, len(runs)):
            run = runs[i]
            if run.start >= block.end:
                break
            start, end = max(run.start, block.start), min(run.start + run.length, block.end)
            if start >= end:
                continue
            into.hiding += run.start in hidden
            if run.length == len(run.source):
                shift = run.source.start - run.start
                _copy(into, value, start + shift, end + shift)
            else:
                place = value.to_source(run.source)
                into.put(inner.text[start:end], place.start, place.end)
            into.hiding -= run.start in hidden
        into.end_block()


def _copy(into: Assembler, value: Document, start: int, end: int) -> None:
    """Copy `start`..`end` of the value, each stretch as the value itself was made."""
    first = max(0, bisect_right(value.runs, start, key=lambda r: r.start) - 1)
    for i in range(first, len(value.runs)):
        run = value.runs[i]
        if run.start >= end:
            return
        low, high = max(run.start, start), min(run.start + run.length, end)
        if low >= high:
            continue
        if run.length == len(run.source):
            shift = run.source.start - run.start
            into.copy(low + shift, high + shift)
        else:
            into.put(value.text[low:high], run.source.start, run.source.end)
