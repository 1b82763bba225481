"""The application: room, store, API and pages behind one guard, and how their errors are told."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from mtcheck.models import ModelError
from mtcheck.readers import Unreadable
from mtcheck.reports.writer import installed_version
from mtcheck.serve import api, desk
from mtcheck.serve.guard import Guard
from mtcheck.serve.room import Busy, Room
from mtcheck.serve.store import NoSuchRow, Store


def application(room: Room, store: Store, *, hosts: Collection[str] | None, most_bytes: int) -> FastAPI:
    """Put the parts together. `hosts` and `most_bytes` are the guard's."""

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        yield
        room.shut()
        store.shut()

    # The pages that describe the API in a browser would load their scripts from elsewhere.
    app = FastAPI(
        title="mtcheck",
        version=installed_version(),
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        lifespan=life,
    )
    app.include_router(api.routes(room, store))
    app.include_router(desk.routes(room, store))
    app.add_middleware(Guard, hosts=hosts, most_bytes=most_bytes)

    def told(request: Request, status: int, reason: str) -> Response:
        if desk.is_page(request):
            return desk.page("error.html", status, reason=reason)
        return JSONResponse({"error": reason}, status)

    async def unreadable(request: Request, error: Exception) -> Response:
        return told(request, 422, " ".join(str(error).split()))

    async def busy(request: Request, error: Exception) -> Response:
        return told(request, 503, str(error))

    async def missing(request: Request, _: Exception) -> Response:
        return told(request, 404, "nothing is here")

    async def wrong_body(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        first = error.errors()[0]
        where = ".".join(str(p) for p in first["loc"] if p != "body" and isinstance(p, str))
        return told(request, 422, f"{where or 'body'}: {first['msg']}")

    async def other(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return told(request, error.status_code, str(error.detail))

    app.add_exception_handler(Unreadable, unreadable)
    app.add_exception_handler(ModelError, unreadable)
    app.add_exception_handler(Busy, busy)
    app.add_exception_handler(NoSuchRow, missing)
    app.add_exception_handler(RequestValidationError, wrong_body)
    app.add_exception_handler(HTTPException, other)
    return app
