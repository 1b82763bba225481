"""The HTTP API, version 1, and LanguageTool's way of asking.

Every error is `{"error": "one line"}`. `/v1/openapi.json` describes it.
"""

import json
import re
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from mtcheck.detectors import DETECTORS
from mtcheck.explain import explain
from mtcheck.findings import Profile
from mtcheck.readers import Unreadable
from mtcheck.reports.json import SCHEMA_VERSION, finding_as_dict
from mtcheck.reports.writer import installed_version
from mtcheck.serve import languagetool
from mtcheck.serve.room import Asked, Room, file_name
from mtcheck.serve.store import Store
from mtcheck.text import Document

_ENGLISH = re.compile(r"(?i)auto|en(-[a-z]{2,})?")


class TextToCheck(BaseModel):
    """The body of `POST /v1/check`. `format` is a suffix as of a file name: md, html, "" for plain text."""

    model_config = ConfigDict(extra="forbid")

    text: str
    name: str = "text"
    format: Annotated[str, Field(pattern="^[a-z]{0,10}$")] = ""
    profile: Profile | None = None


def routes(room: Room, store: Store) -> APIRouter:
    """The API over one room and one store."""
    router = APIRouter()

    @router.get("/v1/health")
    async def health() -> dict[str, Any]:
        """Say that the server is there, and which."""
        return {"status": "ok", "mtcheck": installed_version(), "model": room.has_model}

    @router.get("/v1/detectors")
    async def detectors() -> list[dict[str, Any]]:
        """What is looked for, why, and what is missed."""
        told = [explain(d) for d in DETECTORS]
        return [
            {
                "detector": e.detector,
                "category": e.category.value,
                "needs_model": e.needs_scores,
                "pattern": e.pattern,
                "heads": dict(e.heads),
            }
            for e in told
        ]

    @router.post("/v1/check")
    async def check_text(asked: TextToCheck) -> dict[str, Any]:
        """Check one text. Offsets are code points into `text`, without a byte-order mark."""
        report = await room.text(asked.text, Asked(file_name(asked.name), asked.format, asked.profile))
        return {
            "schema_version": SCHEMA_VERSION,
            "signature": report.signature,
            "findings": [finding_as_dict(f, report.doc) for f in report.findings],
            "ran": list(report.ran),
            "skipped": dict(report.skipped),
            "translated": report.translated,
        }

    @router.get("/v1/decisions.jsonl")
    def decisions() -> StreamingResponse:
        """What editors decided, one finding a line."""
        return StreamingResponse(_lines(store), media_type="application/jsonl")

    @router.post("/v2/check")
    async def languagetool_check(
        text: Annotated[str | None, Form()] = None,
        data: Annotated[str | None, Form()] = None,
        language: Annotated[str, Form()] = "auto",
    ) -> dict[str, Any]:
        """Check as LanguageTool does; offsets are UTF-16 code units."""
        if not _ENGLISH.fullmatch(language):
            raise Unreadable("mtcheck reads English only; language must be auto or en")
        if data is not None:
            return languagetool.answer(await room.document(languagetool.document(data)))
        if text is None:
            raise Unreadable("text is missing; send text or data")
        return languagetool.answer(await room.document(Document(text)))

    @router.get("/v2/languages")
    async def languages() -> list[dict[str, str]]:
        """The one language."""
        return [{"name": "English", "code": "en", "longCode": f"en{tail}"} for tail in ("", "-GB", "-US")]

    return router


def _lines(store: Store) -> Iterator[str]:
    for row in store.decisions():
        yield json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n"
