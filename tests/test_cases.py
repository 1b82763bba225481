"""Every detector's cases: `flag` and `clean` must hold, `known-*` must still fail.

A case file is tests/cases/<detector>.toml. Braces in `text` mark the spans that
the detector must report, exactly, and it must report nothing else; `{{` and `}}`
stand for real braces. `suggest` is the first suggestion of each marked span.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from mtcheck.detectors import DETECTORS
from mtcheck.findings import Evidence, Finding
from mtcheck.lexicon.names import load_names
from mtcheck.scoring.surprisal import TokenScore
from mtcheck.text import Document, Span

CASES = Path(__file__).parent / "cases"
_MARK = re.compile(r"\{\{|\}\}|[{}]")

# What a model would bring; the cases are written against it.
THRESHOLDS = {"suspect_wording": 0.5}


def unmark(marked: str) -> tuple[str, list[Span]]:
    """Take the braces out; return the text and the spans that they marked."""
    text, spans, at, opened = "", [], 0, -1
    for m in _MARK.finditer(marked):
        text += marked[at : m.start()]
        at = m.end()
        if len(m[0]) == 2:
            text += m[0][0]
        elif m[0] == "{":
            opened = len(text)
        else:
            spans.append(Span(opened, len(text)))
    return text + marked[at:], spans


def scores_of(doc: Document, case: dict[str, Any]) -> tuple[TokenScore, ...]:
    """Fake scores: the bits that the case gives, 4 for every other word."""
    bits, expected = case.get("bits", {}), case.get("expected", {})
    rank, frequency = case.get("rank", {}), case.get("frequency", {})
    alternatives = case.get("alternatives", {})
    return tuple(
        TokenScore(
            w,
            bits.get(doc[w], 4.0),
            entropy=3.0,
            gap=case.get("gap", {}).get(doc[w], 12.0),
            rank=rank.get(doc[w], 1 if bits.get(doc[w], 0) < 8 else 5000),
            expected=tuple(expected.get(doc[w], ())),
            frequency_bits=frequency.get(doc[w], 12.0),
            alternatives=tuple(alternatives.get(doc[w], {}).items()),
            chance=case.get("chance", {}).get(doc[w]),
        )
        for w in doc.words
    )


def _all_cases() -> list[Any]:
    params = []
    for detector in DETECTORS:
        file = CASES / f"{detector.id}.toml"
        if not file.exists():
            continue  # the house test says so
        for kind, cases in tomllib.loads(file.read_text("utf-8")).items():
            for case in cases:
                marks: tuple[pytest.MarkDecorator, ...] = ()
                if kind.startswith("known-"):
                    marks = (pytest.mark.xfail(strict=True, raises=AssertionError, reason=case["why"]),)
                params.append(
                    pytest.param(
                        detector, kind, case, marks=marks, id=f"{detector.id}: {kind}: {case['why']}"
                    )
                )
    return params


@pytest.mark.parametrize(("detector", "kind", "case"), _all_cases())
def test_case(detector: Any, kind: str, case: dict[str, Any]) -> None:
    text, spans = unmark(case["text"])
    assert bool(spans) == (kind in {"flag", "known-miss"}), "marks and kind disagree"
    doc = Document(text)
    scores = scores_of(doc, case) if detector.needs_scores or "bits" in case else None
    found: list[Finding] = sorted(
        detector.find(Evidence(doc, scores, load_names(), THRESHOLDS)), key=lambda f: f.span
    )
    assert [doc[f.span] for f in found] == [text[s.start : s.end] for s in spans]
    assert [f.span for f in found] == spans
    if "suggest" in case:
        wanted = case["suggest"] if isinstance(case["suggest"], list) else [case["suggest"]]
        assert [f.suggestions[0] if f.suggestions else "" for f in found] == wanted
