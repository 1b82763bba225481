"""The measurement as one HTML page that loads nothing: the Markdown's tables, and three plots a set."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

import regex

from mtcheck.evaluate.against import Difference, as_table
from mtcheck.evaluate.markdown import as_markdown
from mtcheck.evaluate.plots import plot

_STYLE = """
:root { color-scheme: light dark; --ink: #1c2733; --pale: #d5dbe1; --line: #1f6f8b; --ideal: #b3562f;
  --page: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e3e8ed; --pale: #3a4651; --line: #7cc4dd;
  --ideal: #e59a72; --page: #141a20; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page);
  margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: 0.6rem 0 1.2rem; font-variant-numeric: tabular-nums; }
th, td { padding: 0.2rem 0.6rem; border-bottom: 1px solid var(--pale); text-align: right; }
th:first-child, td:first-child { text-align: left; }
thead th { border-bottom-width: 2px; vertical-align: bottom; }
.plots { display: flex; flex-wrap: wrap; gap: 1rem; }
figure { margin: 0; width: 20rem; }
svg { width: 100%; height: auto; }
svg text { font: 11px system-ui, sans-serif; fill: var(--ink); }
svg .grid { stroke: var(--pale); stroke-width: 0.6; }
svg .ideal { stroke: var(--ideal); stroke-dasharray: 4 3; }
svg polyline { fill: none; stroke: var(--line); stroke-width: 1.6; }
svg circle { fill: var(--line); fill-opacity: 0.75; }
"""
_CELL = regex.compile(r"(?<!\\)\|")
_CODE = regex.compile(r"`([^`]+)`")


def as_page(results: Mapping[str, Any], changes: Sequence[Difference] | None = None) -> str:
    """The whole page."""
    text = as_markdown(results) + (f"\n{as_table(changes)}" if changes is not None else "")
    plots = {name: "".join(_plots(name, told)) for name, told in results["datasets"].items()}
    body = "\n".join(_blocks(text, plots))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>What mtcheck finds</title><style>{_STYLE}</style></head>\n<body>\n{body}\n</body></html>"
    )


def _blocks(text: str, plots: Mapping[str, str]) -> Iterator[str]:
    """HTML of the few shapes that `markdown.py` writes: headings, tables, paragraphs."""
    for block in text.split("\n\n"):
        lines = block.strip("\n").split("\n")
        if lines[0].startswith("|"):
            yield _table([_cells(line) for line in lines])
        elif lines[0].startswith("#"):
            level = len(lines[0]) - len(lines[0].lstrip("#"))
            name = lines[0][level:].strip()
            yield f"<h{level}>{escape(name)}</h{level}>"
            if level == 2 and plots.get(name):
                yield f'<div class="plots">{plots[name]}</div>'
        elif lines[0]:
            yield f"<p>{_inline(' '.join(lines))}</p>"


def _cells(line: str) -> list[str]:
    return [c.strip().replace("\\|", "|") for c in _CELL.split(line)[1:-1]]


def _inline(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", escape(text))


def _table(rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{_inline(c)}</th>' for c in rows[0])
    body = "".join(f"<tr>{''.join(f'<td>{_inline(c)}</td>' for c in row)}</tr>" for row in rows[2:])
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _plots(name: str, told: Mapping[str, Any]) -> Iterator[str]:
    table = told.get("reliability")
    if table:
        most = max(b["findings"] for b in table)
        yield _figure(
            plot(
                f"{name}: reliability",
                [(b["mean"], b["observed"]) for b in table],
                x_label="probability said",
                y_label="share that touched a label",
                diagonal=True,
                sizes=[3 + 6 * (b["findings"] / most) ** 0.5 for b in table],
            )
        )
    curve = told.get("curve")
    if not curve:
        return
    most = max(p["hit_rate"] for p in curve)
    yield _figure(
        plot(
            f"{name}: precision and recall",
            [(p["hit_rate"], p["precision"]) for p in curve],
            x_label="labels touched",
            y_label="precision of findings",
            x_most=most,
        )
    )
    if curve[0]["noise"] is not None:
        yield _figure(
            plot(
                f"{name}: noise and recall",
                [(p["noise"], p["hit_rate"]) for p in curve],
                x_label="findings per 1,000 clean words",
                y_label="labels touched",
                x_most=max(p["noise"] for p in curve),
                y_most=most,
            )
        )


def _figure(svg: str) -> str:
    return f"<figure>{svg}</figure>"
