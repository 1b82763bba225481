"""One page for a desk without a terminal: articles with their spans marked, reasons beside them.

It loads nothing and its policy lets nothing in but its own style and script;
without the script it shows everything.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files

from mtcheck.check import category_of
from mtcheck.findings import Finding, Report
from mtcheck.reports.encoded import as_markup, legal
from mtcheck.reports.place import place_of
from mtcheck.reports.writer import Output, Summary


class HtmlWriter:
    """Gathers all articles and writes the page at the end."""

    def __init__(self, output: Output) -> None:
        self._stream = output.stream
        self._articles: list[str] = []
        self._clean: list[str] = []
        self._errors: list[str] = []
        self._numbers = 0
        self._kinds: dict[str, set[str]] = {"detector": set(), "category": set()}

    def report(self, report: Report) -> None:
        """Keep one article."""
        if not report.findings:
            self._clean.append(f"<li>{_plain(report.doc.name)}</li>")
            return
        first, self._numbers = self._numbers + 1, self._numbers + len(report.findings)
        numbered = list(enumerate(report.findings, first))
        for finding in report.findings:
            self._kinds["detector"].add(finding.detector)
            self._kinds["category"].add(category_of(finding.detector).value)
        notes = "\n".join(_note(number, finding, report) for number, finding in numbered)
        self._articles.append(
            f'<article aria-labelledby="file-{first}">\n'
            f'<h2 id="file-{first}">{_plain(report.doc.name)}</h2>\n<div class="sides">\n'
            f'<div class="text" dir="auto">{"".join(_marked(numbered, report))}</div>\n'
            f"<ol>\n{notes}\n</ol>\n</div>\n</article>"
        )

    def error(self, file: str, message: str) -> None:
        """Keep one error."""
        self._errors.append(f"<li>{_plain(file)}: {_plain(message)}</li>")

    def end(self, summary: Summary) -> None:
        """Write the page."""
        title = f"{_counted(summary.findings, 'finding')} in {_counted(summary.files, 'article')}"
        style, script = _part("page.css"), _part("page.js")
        policy = (
            f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
            "base-uri 'none'; form-action 'none'"
        )
        parts = [
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>mtcheck: {title}</title>\n<style>{style}</style>\n</head>\n<body>",
            f"<header>\n<h1>mtcheck: {title}</h1>",
            self._controls() if self._numbers else "",
            "</header>\n<main>",
            _section("Not checked", self._errors),
            *self._articles,
            _section("Without findings", self._clean),
            f"</main>\n<script>{script}</script>\n</body>\n</html>",
        ]
        self._stream.write(as_markup("\n".join(p for p in parts if p) + "\n", self._stream))

    def _controls(self) -> str:
        choices = "\n".join(_choice(name, values) for name, values in self._kinds.items())
        return (
            f'<form class="scripted" hidden>\n{choices}\n<output role="status"></output>\n</form>\n'
            '<p class="keys quiet scripted" hidden><kbd>j</kbd> next finding, <kbd>k</kbd> the one before</p>'
        )


def _marked(numbered: Iterable[tuple[int, Finding]], report: Report) -> Iterator[str]:
    """The article as pieces of HTML. A span that overlaps the one before gives way to it."""
    text, at = report.doc.text, 0
    for number, finding in numbered:
        start = max(at, finding.span.start)
        end = max(start, finding.span.end)
        yield _plain(text[at:start])
        yield (
            f'<mark id="mark-{number}" tabindex="0" aria-describedby="note-{number}" '
            f'data-detector="{_plain(finding.detector)}" '
            f'data-category="{category_of(finding.detector).value}">{_plain(text[start:end])}</mark>'
        )
        at = end
    yield _plain(text[at:])


def _note(number: int, finding: Finding, report: Report) -> str:
    at = place_of(finding, report.doc)
    facts = [("text", at.text)]
    facts += [("suggestion", s if s.strip() else "(nothing)") for s in finding.suggestions if s != at.text]
    if finding.score is not None:
        facts.append(("probability", f"{finding.score:.2f}"))
    facts += [(name, f"{v:.4g}" if isinstance(v, float) else str(v)) for name, v in finding.because.items()]
    listed = "".join(f"<dt>{_plain(name)}</dt><dd>{_plain(value)}</dd>" for name, value in facts)
    return (
        f'<li id="note-{number}"><a href="#mark-{number}">{at.line}:{at.column}</a> '
        f"<strong>{_plain(finding.detector)}</strong> "
        f'<span class="quiet">{category_of(finding.detector).value}</span>\n'
        f'<p dir="auto">{_plain(finding.message)}</p>\n<dl>{listed}</dl></li>'
    )


def _choice(name: str, values: set[str]) -> str:
    options = "".join(f"<option>{_plain(v)}</option>" for v in sorted(values))
    return f'<label>{name} <select name="{name}"><option value="">all</option>{options}</select></label>'


def _section(title: str, items: list[str]) -> str:
    return f"<section>\n<h2>{title}</h2>\n<ul>{''.join(items)}</ul>\n</section>" if items else ""


def _plain(text: str) -> str:
    return escape(legal(text))


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _part(name: str) -> str:
    return (files("mtcheck") / "reports" / name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
