"""What an archive looks like as a whole: the worst articles, and counts by kind, source and month."""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from heapq import heappush, heappushpop
from html import escape
from pathlib import Path
from typing import Any

from mtcheck.reports.encoded import legal

DATA, PAGE = "summary.json", "summary.html"
_WORST = 50
_MOST_SOURCES = 30
_MONTH = re.compile(r"(\d{4})-(\d{2})")
# An article without a measured probability counts as one that is right every other time.
_UNKNOWN = 0.5
_STYLE = """
:root { color-scheme: light dark; --ink: #1d1c1a; --ground: #fdfcf9; --quiet: #5c5850; --bar: #c98a00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9e6df; --ground: #1a1a1c; --quiet: #aaa69c; } }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
table { border-collapse: collapse; width: 100%; margin-bottom: 2rem; }
th, td { text-align: start; padding: 0.2rem 0.75rem 0.2rem 0; overflow-wrap: anywhere; font-weight: 400; }
td.n { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; }
thead { color: var(--quiet); }
meter { width: 8rem; }
"""


@dataclass
class _Share:
    articles: int = 0
    words: int = 0
    findings: int = 0

    @property
    def per_1k(self) -> float:
        return round(1000 * self.findings / self.words, 3) if self.words else 0.0


@dataclass
class Summary:
    """Counts that grow with the kinds, sources and months of an archive, not with its size."""

    articles: int = 0
    with_findings: int = 0
    failed: int = 0
    words: int = 0
    findings: int = 0
    detectors: Counter[str] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    sources: dict[str, _Share] = field(default_factory=dict)
    months: dict[str, _Share] = field(default_factory=dict)
    _worst: list[tuple[float, int, str, int]] = field(default_factory=list)

    def add(self, row: dict[str, Any]) -> None:
        """Count one row of the journal."""
        self.articles += 1
        if "error" in row:
            self.failed += 1
            self.reasons[str(row["error"])[:120]] += 1
            return
        found = row["findings"]
        self.words += row["words"]
        self.findings += len(found)
        self.with_findings += bool(found)
        self.detectors.update(f["detector"] for f in found)
        self.categories.update(f["category"] for f in found)
        self.languages.update(
            part for f in found for part in str(f["because"].get("language", "")).split() if part
        )
        month = _MONTH.match(str(row.get("date", "")))
        for shares, key in ((self.sources, row.get("source", "")), (self.months, month and month[0])):
            if key:
                share = shares.setdefault(key, _Share())
                share.articles += 1
                share.words += row["words"]
                share.findings += len(found)
        if found:
            expected = sum(_UNKNOWN if f["score"] is None else f["score"] for f in found)
            # Of equals the earlier stays, whatever the order of the heap.
            entry = (round(1000 * expected / max(row["words"], 1), 2), -self.articles, row["id"], len(found))
            if len(self._worst) < _WORST:
                heappush(self._worst, entry)
            else:
                heappushpop(self._worst, entry)

    def as_dict(self) -> dict[str, Any]:
        """All counts, ready for JSON."""
        most = sorted(self.sources, key=lambda k: (-self.sources[k].findings, k))[:_MOST_SOURCES]
        return {
            "articles": self.articles,
            "with_findings": self.with_findings,
            "failed": self.failed,
            "words": self.words,
            "findings": self.findings,
            "detectors": _by_number(self.detectors),
            "categories": _by_number(self.categories),
            "languages": _by_number(self.languages),
            "reasons": _by_number(self.reasons),
            "sources": {k: _share(self.sources[k]) for k in most},
            "months": {k: _share(self.months[k]) for k in sorted(self.months)},
            "worst": [
                {"id": name, "expected_per_1k": weight, "findings": number}
                for weight, _, name, number in sorted(self._worst, reverse=True)
            ],
        }


def write(summary: Summary, folder: Path) -> None:
    """Write the counts and the page, each whole or not at all."""
    data = summary.as_dict()
    for name, text in ((DATA, json.dumps(data, indent=1, ensure_ascii=False) + "\n"), (PAGE, as_page(data))):
        part = folder / f".{name}.part"
        part.write_text(text, "utf-8", "replace")
        part.replace(folder / name)


def as_page(data: dict[str, Any]) -> str:
    """One page that loads nothing."""
    numbers = (
        f"{data['articles']:,} articles, {data['words']:,} words, {data['findings']:,} findings in "
        f"{data['with_findings']:,} articles; {data['failed']:,} could not be checked"
    )
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>mtcheck: an archive</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
        f"<h1>mtcheck: an archive</h1>\n<p>{numbers}.</p>",
        _table(
            "Worst articles",
            ("article", "findings", "expected in 1,000 words"),
            [(w["id"], w["findings"], w["expected_per_1k"]) for w in data["worst"]],
        ),
        *(
            _table(title, (name, "findings"), list(data[key].items()))
            for key, title, name in (
                ("categories", "Categories", "category"),
                ("detectors", "Detectors", "detector"),
                ("languages", "Languages that betrayed themselves", "language"),
            )
        ),
        *(
            _table(
                title,
                (name, "articles", "findings", "per 1,000 words"),
                [(k, v["articles"], v["findings"], v["per_1k"]) for k, v in data[key].items()],
            )
            for key, title, name in (("months", "Months", "month"), ("sources", "Sources", "source"))
        ),
        _table("Not checked", ("reason", "articles"), list(data["reasons"].items())),
        "</body>\n</html>\n",
    ]
    return "\n".join(p for p in parts if p)


def _table(title: str, heads: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    if not rows:
        return ""
    most = max(float(r[-1]) for r in rows) or 1.0
    head = "".join(f'<th scope="col">{h}</th>' for h in (*heads, ""))
    body = "\n".join(
        f'<tr><th scope="row">{escape(legal(str(name)))}</th>'
        + "".join(f'<td class="n">{n:,}</td>' for n in numbers)
        + f'<td><meter max="{most:g}" value="{float(numbers[-1]):g}" aria-hidden="true"></meter></td></tr>'
        for name, *numbers in rows
    )
    return f"<h2>{title}</h2>\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _by_number(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _share(share: _Share) -> dict[str, float]:
    return {
        "articles": share.articles,
        "words": share.words,
        "findings": share.findings,
        "per_1k": share.per_1k,
    }
