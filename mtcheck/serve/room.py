"""One place that checks for all requests: one model, one text at a time, in bounded time.

A text that takes too long is given up on by its reader; the work itself ends on
its own, since the size of a text is bounded, and until then others wait.
"""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import PurePath

from mtcheck.check import check
from mtcheck.detectors import DETECTORS
from mtcheck.findings import Detector, Profile, Report
from mtcheck.lexicon.names import NameDictionary
from mtcheck.readers import read_bytes, read_text
from mtcheck.scoring.surprisal import Scorer
from mtcheck.text import Document

# Requests that may wait for the one that is checked; more are told to come back.
MOST_WAITING = 32


class Busy(Exception):
    """Too many wait, or this text took too long; one line says which."""


@dataclass(frozen=True)
class Rules:
    """What holds for every request."""

    detectors: tuple[Detector, ...] = DETECTORS
    min_probability: float | None = None
    names: NameDictionary | None = None
    profile: Profile = Profile.DEFAULT
    precision: Mapping[str, float] | None = None


@dataclass(frozen=True)
class Asked:
    """What one request may change: nothing here reads a file of the server."""

    name: str = "text"
    suffix: str = ""
    profile: Profile | None = None


class Room:
    """Checks texts by the server's rules. `limit_s` bounds what a reader waits for."""

    def __init__(self, rules: Rules, scorer: Scorer | None, *, limit_s: float) -> None:
        self._rules = rules
        self._scorer = scorer
        self._limit_s = limit_s
        self._waiting = 0
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="check")

    @property
    def has_model(self) -> bool:
        """Whether a language model speaks too."""
        return self._scorer is not None

    async def text(self, text: str, asked: Asked) -> Report:
        """Check a text. Raises Unreadable or Busy."""
        return await self._run(text, asked)

    async def document(self, doc: Document) -> Report:
        """Check what is read already. Raises Busy."""
        return await self._run(doc, Asked())

    async def file(self, data: bytes, asked: Asked) -> Report:
        """Check the bytes of a file whose suffix says the format. Raises Unreadable or Busy."""
        return await self._run(data, asked)

    def shut(self) -> None:
        """Let the worker go."""
        self._worker.shutdown(wait=False, cancel_futures=True)

    async def _run(self, given: str | bytes | Document, asked: Asked) -> Report:
        if self._waiting >= MOST_WAITING:
            raise Busy(f"{MOST_WAITING} texts wait already; try again in a moment")
        self._waiting += 1
        work = asyncio.get_running_loop().run_in_executor(self._worker, self._checked, given, asked)
        work.add_done_callback(self._one_less)
        try:
            return await asyncio.wait_for(asyncio.shield(work), self._limit_s)
        except TimeoutError:
            work.cancel()
            raise Busy(f"not checked within {self._limit_s:g} seconds; send it in parts") from None

    def _one_less(self, _: object) -> None:
        self._waiting -= 1

    def _checked(self, given: str | bytes | Document, asked: Asked) -> Report:
        if isinstance(given, bytes):
            doc = read_bytes(given, asked.name, asked.suffix)
        else:
            doc = given if isinstance(given, Document) else read_text(given, asked.name, asked.suffix)
        return check(
            doc,
            detectors=self._rules.detectors,
            scorer=self._scorer,
            min_probability=self._rules.min_probability,
            names=self._rules.names,
            profile=asked.profile or self._rules.profile,
            precision=self._rules.precision,
        )


def file_name(given: str) -> str:
    r"""The last part of a name that a browser sent, short and printable.

    >>> file_name("../../etc/pass\x00wd.txt")
    'pass_wd.txt'
    """
    last = PurePath(given.replace("\\", "/")).name
    return "".join(c if c.isprintable() else "_" for c in last)[:120] or "article"
