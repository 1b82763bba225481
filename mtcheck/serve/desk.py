"""The pages of a desk: paste or drop an article, see what is doubtful, decide, take the text away.

Plain forms that work without a script; what is shown is escaped by the
templates, and signs stand for what a browser would obey.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FunctionLoader

from mtcheck.readers import READERS, Unreadable
from mtcheck.reports.encoded import legal
from mtcheck.serve.room import Asked, Room, file_name
from mtcheck.serve.store import Article, NoSuchRow, Row, Store, Verdict

_SEE_OTHER = 303
_TYPES = {"desk.css": "text/css", "desk.js": "text/javascript"}
NEITHER = "paste an article or choose a file first"


@dataclass(frozen=True)
class Piece:
    """A stretch of prose, with the finding that stands on it if there is one."""

    text: str
    finding: Row | None = None


def routes(room: Room, store: Store) -> APIRouter:
    """The pages over one room and one store."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def queue() -> HTMLResponse:
        return page("queue.html", articles=store.articles())

    @router.get("/desk/{name}")
    def part(name: str) -> Response:
        if name not in _TYPES:
            raise NoSuchRow(name)
        return Response(_part(name), media_type=_TYPES[name])

    @router.post("/articles")
    async def add(
        text: Annotated[str, Form()] = "",
        name: Annotated[str, Form()] = "",
        file: UploadFile | None = None,
    ) -> Response:
        if file is not None and file.filename:
            called = file_name(file.filename)
            report = await room.file(await file.read(), Asked(called, PurePath(called).suffix))
        elif text.strip():
            called = file_name(name) if name.strip() else _first_words(text)
            suffix = PurePath(called).suffix.lower()
            report = await room.text(text, Asked(called, suffix if suffix in READERS else ""))
        else:
            raise Unreadable(NEITHER)
        return RedirectResponse(f"/articles/{store.add(report)}", _SEE_OTHER)

    @router.get("/articles/{number}")
    def show(number: int) -> HTMLResponse:
        article = store.article(number)
        return page("article.html", article=article, pieces=list(_pieces(article)), Verdict=Verdict)

    @router.get("/articles/{number}/text")
    def text_of(number: int) -> Response:
        article = store.article(number)
        called = quote(
            f"{PurePath(article.name).stem}-edited{PurePath(article.name).suffix or '.txt'}", safe=""
        )
        return Response(
            article.edited().encode("utf-8"),
            media_type="text/plain; charset=utf-8",
            headers={"content-disposition": f"attachment; filename*=UTF-8''{called}"},
        )

    @router.post("/articles/{number}/findings/{finding}")
    def decide(
        number: int,
        finding: int,
        verdict: Annotated[str, Form()],
        replacement: Annotated[str | None, Form()] = None,
    ) -> Response:
        said = Verdict(verdict) if verdict in set(Verdict) else None
        store.decide(number, finding, said, replacement if said is Verdict.ACCEPTED else None)
        after = [f.id for f in store.article(number).findings if f.verdict is None or f.id == finding]
        at = after.index(finding)
        following = after[at + 1] if said is not None and at + 1 < len(after) else finding
        return RedirectResponse(f"/articles/{number}#finding-{following}", _SEE_OTHER)

    @router.post("/articles/{number}/state")
    def state(number: int, to: Annotated[str, Form()]) -> Response:
        if to == "removed":
            store.remove(number)
        else:
            store.close(number, closed=to == "closed")
        return RedirectResponse("/", _SEE_OTHER)

    return router


def page(name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page made from a template; every value in it is escaped."""
    return HTMLResponse(_templates().get_template(name).render(**values), status)


def is_page(request: Request) -> bool:
    """Whether a browser's page asked, which wants its errors as a page."""
    return not request.url.path.startswith(("/v1/", "/v2/"))


def _pieces(article: Article) -> Iterator[Piece]:
    at = 0
    for f in article.findings:
        start = max(at, f.start)
        yield Piece(article.prose[at:start])
        at = max(start, f.end)
        yield Piece(article.prose[start:at], f)
    yield Piece(article.prose[at:])


def _first_words(text: str) -> str:
    first = " ".join(text.split()[:8])[:60]
    return first or "article"


def _part(name: str) -> str:
    return (files("mtcheck") / "serve" / "templates" / name).read_text("utf-8")


@cache
def _templates() -> Environment:
    made = Environment(loader=FunctionLoader(_part), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.filters["legal"] = legal
    made.filters["fact"] = lambda v: f"{v:.4g}" if isinstance(v, float) else str(v)
    return made
