"""The answer of LanguageTool's `/v2/check`, so that its clients show our findings.

Offsets and lengths count UTF-16 code units, as that API does.
Source: https://languagetool.org/http-api/ (swagger, version 1).
"""

import json
from typing import Any

from mtcheck.check import category_of
from mtcheck.findings import Report
from mtcheck.readers import Unreadable
from mtcheck.readers.assemble import Assembler
from mtcheck.reports.place import place_of, replacements
from mtcheck.reports.writer import installed_version
from mtcheck.text import Document, touching

_CONTEXT = 40


def units(text: str) -> int:
    r"""Length in UTF-16 code units.

    >>> units("a\U0001f600")
    3
    """
    return len(text) + sum(c > "\uffff" for c in text)


def document(data: str) -> Document:
    """LanguageTool's annotated text: places count in its text and markup together. Raises Unreadable."""
    try:
        asked = json.loads(data)
        if isinstance(asked.get("text"), str):
            return Document(asked["text"])
        parts = [(str(p.get("text", p.get("markup"))), "markup" in p, p) for p in asked["annotation"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Unreadable('data must be {"text": …} or {"annotation": [{"text": …}, {"markup": …}]}') from None
    prose = Assembler("".join(said for said, _, _ in parts), "text")
    at = 0
    for said, is_markup, part in parts:
        end = at + len(said)
        stands_for = str(part.get("interpretAs") or "")
        if not is_markup:
            prose.copy(at, end)
        elif "\n\n" in stands_for:
            prose.end_block()
        elif stands_for:
            prose.put(stands_for, at, end)
        at = end
    return prose.document()


def answer(report: Report) -> dict[str, Any]:
    """A report as LanguageTool words it."""
    text = report.doc.file_text
    matches = []
    reach = counted = 0
    placed = sorted(((place_of(f, report.doc), f) for f in report.findings), key=lambda p: p[0].start)
    for at, f in placed:
        reach, counted = at.start, counted + units(text[reach : at.start])
        before, after = text[max(0, at.start - _CONTEXT) : at.start], text[at.end : at.end + _CONTEXT]
        category = category_of(f.detector).value
        length = units(at.match)
        matches.append(
            {
                "message": f.message,
                "shortMessage": "",
                "offset": counted,
                "length": length,
                "replacements": [{"value": s} for s in replacements(f, report.doc)],
                "context": {
                    "text": before + at.match + after,
                    "offset": units(before),
                    "length": length,
                },
                "sentence": report.doc[touching(report.doc.sentences, f.span) or f.span],
                "type": {"typeName": "Other"},
                "rule": {
                    "id": f.detector,
                    "description": f.detector,
                    "issueType": "mistranslation" if category == "mistranslation" else "uncategorized",
                    "category": {"id": category.upper().replace("-", "_"), "name": category},
                },
            }
        )
    language = {"name": "English", "code": "en"}
    return {
        "software": {"name": "mtcheck", "version": installed_version(), "apiVersion": 1, "status": ""},
        "warnings": {"incompleteResults": False},
        "language": {**language, "detectedLanguage": {**language, "confidence": 1.0}},
        "matches": matches,
    }
