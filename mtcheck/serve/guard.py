"""What stands before every request: who may ask, how much may be sent, and what a page may load.

A page of another site can make a browser send requests here. So the Host header
must name this server (against DNS rebinding), and whatever changes something
must come from a page of this server or from no page at all.
"""

import json
from collections.abc import Awaitable, Callable, Collection, MutableMapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_HEADERS = (
    (b"content-security-policy", b"default-src 'none'; style-src 'self'; script-src 'self'; "
     b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)  # fmt: skip


class _TooLarge(Exception):
    pass


def _server_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


class Guard:
    """ASGI middleware. `hosts` are the names that this server answers to; None lets every name in."""

    def __init__(self, app: App, *, hosts: Collection[str] | None, most_bytes: int) -> None:
        self._app = app
        self._hosts = hosts
        self._most_bytes = most_bytes

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer at once, or pass the request on with its body counted and its answer's headers set."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}
        wrong = self._wrong(scope["method"], headers)
        if wrong is not None:
            await _answer(send, *wrong)
            return
        read = 0
        too_large = answered = False

        async def counted() -> Message:
            nonlocal read, too_large
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._most_bytes:
                too_large = True
                raise _TooLarge
            return message

        async def headed(message: Message) -> None:
            nonlocal answered
            # Whoever reads the body may take the exception for a fault of its own.
            if too_large:
                if not answered:
                    answered = True
                    await _answer(send, 413, self._too_large())
                return
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *_HEADERS]
            await send(message)

        with suppress(_TooLarge):
            await self._app(scope, counted, headed)
        if too_large and not answered:
            await _answer(send, 413, self._too_large())

    def _wrong(self, method: str, headers: dict[str, str]) -> tuple[int, str] | None:
        host = headers.get("host", "")
        if self._hosts is not None and _server_of(f"//{host}") not in self._hosts:
            return 421, "this server does not answer to that name; start it with --name"
        if method not in _SAFE:
            origin = headers.get("origin")
            if origin is not None and origin.partition("://")[2] != host:
                return 403, "a page of another site may not send this"
            if headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}:
                return 403, "a page of another site may not send this"
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > self._most_bytes:
            return 413, self._too_large()
        return None

    def _too_large(self) -> str:
        return f"larger than {self._most_bytes:,} bytes; send it in parts"


async def _answer(send: Send, status: int, reason: str) -> None:
    body = json.dumps({"error": reason}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        *_HEADERS,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
