"""What an editor shows over a finding: its reason, its facts, its probability, what to do."""

import re

from mtcheck.detectors import DETECTORS
from mtcheck.explain import explain
from mtcheck.findings import Finding

_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+!|~&-])")
_REASONS = {d.id: d for d in DETECTORS}


def hover_text(finding: Finding, *, markdown: bool) -> str:
    """The finding in full, as Markdown or as plain text."""
    shown = _escaped if markdown else str
    strong = "**" if markdown else ""
    lines = [f"{strong}{shown(finding.detector)}{strong}: {shown(finding.message)}"]
    if finding.suggestions:
        lines.append("Perhaps: " + ", ".join(shown(f"“{s}”") for s in finding.suggestions))
    if finding.because:
        lines.append("\n".join(f"- {shown(k)}: {shown(_value(v))}" for k, v in finding.because.items()))
    lines.append(_probability(finding.score))
    detector = _REASONS.get(finding.detector)
    if detector is not None and "Why" in (heads := explain(detector).heads):
        lines.append(f"Why: {shown(heads['Why'])}")
    return "\n\n".join(lines)


def _probability(score: float | None) -> str:
    if score is None:
        return "How often a reader agrees was not measured."
    return f"Of 100 such findings, {score * 100:.0f} were right on our corpora."


def _value(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.3g}"


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
