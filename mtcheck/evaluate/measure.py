"""Counting: noise on clean copy first, then how many labelled spans are touched.

Floors and ceilings belong beside every number; see the README's table.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mtcheck.check import check
from mtcheck.detectors import DETECTORS
from mtcheck.evaluate.corpora import load_set, read_json_lines
from mtcheck.findings import Detector
from mtcheck.scoring.surprisal import Scorer
from mtcheck.text import Document, Span


@dataclass(frozen=True)
class Sample:
    """A document with the spans that people marked; clean copy has none."""

    doc: Document
    spans: tuple[Span, ...]
    clean: bool


@dataclass
class Tally:
    """Counts over samples: `hits` are findings that touch a label, `touched` labels touched."""

    words: int = 0
    clean_words: int = 0
    labels: int = 0
    touched: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    hits: Counter[str] = field(default_factory=Counter)
    on_clean: Counter[str] = field(default_factory=Counter)

    def noise(self, detector: str | None = None) -> float | None:
        """Findings per 1,000 words of clean copy, of one detector or all; None without clean copy."""
        if not self.clean_words:
            return None
        found = self.on_clean.total() if detector is None else self.on_clean[detector]
        return 1000 * found / self.clean_words

    def precision(self, detector: str) -> float | None:
        """Share of a detector's findings that touch a label; None if it found nothing.

        Shrunk towards one half by one imaginary hit and one miss, so that few
        findings never read as certainty.
        """
        if not self.findings[detector]:
            return None
        return (self.hits[detector] + 1) / (self.findings[detector] + 2)


def read_samples(path: Path, *, split: str | None = None) -> Iterator[Sample]:
    """Yield the samples of a corpora folder or of JSON Lines with text and spans.

    `split` chooses a half of a corpora folder. Segments of JSON Lines
    without spans that name a `doc` are joined to articles.
    Raises OSError or ValueError, naming the file, if it can't be read.
    """
    if path.is_dir():
        for article in load_set(path):
            if split not in (None, article.split):
                continue
            yield Sample(
                Document(article.text, article.file), tuple(x.span for x in article.labels), article.clean
            )
        return
    joined: dict[str, list[str]] = {}
    for record in read_json_lines(path):
        if record.get("spans") or "doc" not in record:
            spans = tuple(sorted({Span(s["start"], s["end"]) for s in record.get("spans", ())}))
            yield Sample(Document(record["text"], record["id"]), spans, "clean" in path.name)
        else:
            joined.setdefault(record["doc"], []).append(record["text"])
    for name, texts in joined.items():
        yield Sample(Document("\n\n".join(texts), name), (), "clean" in path.name)


def measure(
    samples: Iterable[Sample],
    *,
    detectors: Sequence[Detector] = DETECTORS,
    scorer: Scorer | None = None,
) -> Tally:
    """Check every sample and count."""
    tally = Tally()
    for sample in samples:
        report = check(sample.doc, detectors=detectors, scorer=scorer)
        size = len(sample.doc.words)
        tally.words += size
        tally.clean_words += size if sample.clean else 0
        tally.labels += len(sample.spans)
        tally.touched += sum(any(f.span.overlaps(s) for f in report.findings) for s in sample.spans)
        for finding in report.findings:
            tally.findings[finding.detector] += 1
            if any(finding.span.overlaps(s) for s in sample.spans):
                tally.hits[finding.detector] += 1
            if sample.clean:
                tally.on_clean[finding.detector] += 1
    return tally


def table(tally: Tally, detectors: Sequence[Detector] = DETECTORS) -> str:
    """The counts as a Markdown table, a row a detector."""
    lines = [
        f"{tally.words:,} words, of them {tally.clean_words:,} clean; "
        f"{tally.touched} of {tally.labels} labelled spans touched.",
        "",
        "| detector | findings | hits | on clean copy | per 1,000 clean words |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for d in (*[d.id for d in detectors], None):
        name = d or "**all**"
        found, hits, clean = (
            (c.total() if d is None else c[d]) for c in (tally.findings, tally.hits, tally.on_clean)
        )
        noise = tally.noise(d)
        lines.append(f"| {name} | {found} | {hits} | {clean} | {'–' if noise is None else f'{noise:.3f}'} |")
    return "\n".join(lines)


def precision_table(tally: Tally, detectors: Sequence[Detector] = DETECTORS) -> str:
    """The measured precision of each detector, as `mtcheck.check` reads it."""
    measured = {d.id: tally.precision(d.id) for d in detectors}
    table = {
        "how": "mtcheck eval corpora/news-first --split dev --write-precision mtcheck/precision.json",
        "precision": {k: round(v, 3) for k, v in sorted(measured.items()) if v is not None},
    }
    return json.dumps(table, indent=1) + "\n"
