"""The open documents: when each is checked, and what the editor is told of it.

Rules run on one thread and the model on another, so findings by rule appear
while the model loads. A document that the model has read once is shown with
the model's findings only, or they would flicker at every key.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from lsprotocol.types import Diagnostic, MessageType

from mtcheck.editor.checked import Checked, Version
from mtcheck.editor.checking import Settings, Workspace, checked
from mtcheck.editor.languages import path_of
from mtcheck.models import ModelError
from mtcheck.readers import Unreadable
from mtcheck.scoring.cache import CachedScorer
from mtcheck.scoring.surprisal import Scorer

# Seconds of rest after a key before the text is checked, and for how long an answer waits for a check.
PAUSE = 0.15
PATIENCE = 2.0

# The scorer that settings ask for, None for rules alone. Raises ValueError with one line.
LoadScorer = Callable[[Settings], Scorer | None]


class Editor(Protocol):
    """What the desk says to the editor."""

    def show(self, version: Version, diagnostics: list[Diagnostic]) -> None:
        """Show these findings, and no others, in a document."""
        ...

    def clear(self, uri: str) -> None:
        """Show no finding in a document."""
        ...

    def tell(self, message: str, kind: MessageType) -> None:
        """Show a line to the person, who can act on it."""
        ...

    def log(self, message: str) -> None:
        """Write a line to the log."""
        ...


@dataclass
class _Open:
    version: Version
    checked: Checked | None = None
    task: "asyncio.Task[None] | None" = None
    is_scored: bool = False
    fresh: asyncio.Event = field(default_factory=asyncio.Event)


class Desk:
    """Checks what is open. All methods are called on the loop's own thread."""

    def __init__(self, editor: Editor, workspace: Workspace, load: LoadScorer) -> None:
        self._editor = editor
        self._workspace = workspace
        self._load = load
        self._open: dict[str, _Open] = {}
        self._scorers: dict[str | None, Scorer | None] = {}
        self._told: dict[Path | None, str] = {}
        self._rules = ThreadPoolExecutor(1, "rules")
        self._model = ThreadPoolExecutor(1, "model")

    def put(self, version: Version, *, pause: float = 0.0) -> None:
        """Take a new or changed document, and check it after `pause` seconds unless it changes again."""
        held = self._open.get(version.uri)
        if held is None:
            held = self._open[version.uri] = _Open(version)
        held.version = version
        held.fresh = asyncio.Event()
        self._begin(held, pause)

    def again(self, uri: str | None = None) -> None:
        """Read the settings anew, and check one document or all."""
        self._workspace.forget()
        for held in self._open.values():
            if uri is None or held.version.uri == uri:
                self._begin(held, 0.0)

    def close(self, uri: str) -> None:
        """Let a document go."""
        held = self._open.pop(uri, None)
        if held is not None:
            if held.task is not None:
                held.task.cancel()
            self._editor.clear(uri)

    def stop(self) -> None:
        """Begin nothing new."""
        for held in self._open.values():
            if held.task is not None:
                held.task.cancel()
        for pool in (self._rules, self._model):
            pool.shutdown(wait=False, cancel_futures=True)

    async def current(self, uri: str) -> Checked | None:
        """What was found in the newest version; waits a little for it."""
        held = self._open.get(uri)
        if held is None:
            return None
        version, fresh = held.version, held.fresh
        try:
            await asyncio.wait_for(fresh.wait(), PATIENCE)
        except TimeoutError:
            return None
        return held.checked if held.checked is not None and held.checked.version is version else None

    def _begin(self, held: _Open, pause: float) -> None:
        if held.task is not None:
            held.task.cancel()
        held.task = asyncio.get_running_loop().create_task(self._examine(held, pause))

    async def _examine(self, held: _Open, pause: float) -> None:
        await asyncio.sleep(pause)
        version, loop = held.version, asyncio.get_running_loop()
        try:
            path = path_of(version.uri)
            settings, wrong = await loop.run_in_executor(self._rules, self._workspace.settings, path)
            self._complain(path, wrong)
            if not held.is_scored:
                self._show(held, await loop.run_in_executor(self._rules, checked, version, settings, None))
            scorer = await self._scorer(settings)
            if scorer is not None:
                await self._score(held, version, settings, scorer)
            elif held.is_scored:
                held.is_scored = False
                self._show(held, await loop.run_in_executor(self._rules, checked, version, settings, None))
        except Unreadable as error:
            self._editor.clear(version.uri)
            self._editor.log(str(error))
        except Exception as error:
            # One document that can't be checked must not take the others along.
            self._editor.log(f"{version.uri}: {type(error).__name__}: {error}")

    async def _score(self, held: _Open, version: Version, settings: Settings, scorer: Scorer) -> None:
        loop = asyncio.get_running_loop()
        try:
            found = await loop.run_in_executor(self._model, checked, version, settings, scorer)
        except ModelError as error:
            self._scorers[settings.model] = None
            held.is_scored = False
            self._editor.tell(f"{error}; findings by rule go on", MessageType.Warning)
            found = await loop.run_in_executor(self._rules, checked, version, settings, None)
            self._show(held, found)
            return
        held.is_scored = True
        self._show(held, found)
        if isinstance(scorer, CachedScorer):
            # Where all was in the cache, nothing is loaded yet, and the first edit would wait for it.
            await loop.run_in_executor(self._model, scorer.warm)

    def _show(self, held: _Open, found: Checked) -> None:
        if held.version is not found.version or self._open.get(found.version.uri) is not held:
            return
        held.checked = found
        self._editor.show(found.version, found.diagnostics())
        held.fresh.set()

    async def _scorer(self, settings: Settings) -> Scorer | None:
        if settings.model not in self._scorers:
            loop, scorer = asyncio.get_running_loop(), None
            try:
                scorer = await loop.run_in_executor(self._model, self._load, settings)
            except ValueError as error:
                self._editor.tell(f"{error}; findings by rule go on", MessageType.Warning)
            self._scorers[settings.model] = scorer
        return self._scorers[settings.model]

    def _complain(self, path: Path | None, wrong: str) -> None:
        folder = path.parent if path is not None else None
        if wrong and self._told.get(folder) != wrong:
            self._editor.tell(f"{wrong}; the settings before hold", MessageType.Error)
        self._told[folder] = wrong
