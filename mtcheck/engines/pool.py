"""Worker processes that each do one thing at a time, with results in the order of the work.

A worker that dies takes only its own item with it: the item is tried once more
in a new worker and then given up. An item that takes too long is given up with
its worker. What is in flight is bounded, so memory does not grow with the work.
"""

import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

# How often an item is given to a worker before it is given up.
MOST_TRIES = 2
# Items that may be done ahead of the one that is waited for, for each worker.
AHEAD = 16


@dataclass(frozen=True)
class Failed:
    """Why an item has no result: the worker died, took too long, or raised."""

    reason: str


class PoolError(Exception):
    """The workers can't work at all; one line says why."""


@dataclass(frozen=True)
class _Unable:
    reason: str


@dataclass
class _Job:
    number: int
    item: Any
    tries: int = 0


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, make: Callable[[], Callable[[Any], Any]], jobs: int) -> None:
        # Fork shares what is loaded already; elsewhere a fresh process loads it again.
        context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, self.pipe, make, jobs), daemon=True)
        self.process.start()
        theirs.close()
        self.job: _Job | None = None
        self.until = float("inf")

    def give(self, job: _Job, limit_s: float | None) -> None:
        self.job = job
        job.tries += 1
        self.until = time.monotonic() + limit_s if limit_s is not None else float("inf")
        # A worker that died meanwhile is noticed when its answer is read.
        with suppress(OSError):
            self.pipe.send(job.item)

    def stop(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.join()


def in_order(
    make: Callable[[], Callable[[Any], Any]],
    items: Iterable[Any],
    *,
    jobs: int,
    limit_s: float | None = None,
) -> Generator[Any, None, None]:
    """Yield `make()(item)`, or Failed, for each item in its order; `make` runs once in each worker.

    Items and results are pickled. `limit_s` bounds the seconds of one item.
    Closing the iterator stops the workers. Raises PoolError if `make` raises.
    """
    waiting: deque[_Job] = deque()
    done: dict[int, Any] = {}
    source = enumerate(items)
    workers = [_Worker(make, jobs) for _ in range(jobs)]
    following = begun = 0
    more = True
    try:
        while more or begun > following:
            while more and len(waiting) < jobs and begun - following < AHEAD * jobs:
                try:
                    number, item = next(source)
                except StopIteration:
                    more = False
                    break
                waiting.append(_Job(number, item))
                begun += 1
            for i, worker in enumerate(workers):
                if worker.job is None and waiting:
                    if not worker.process.is_alive():
                        worker.stop()
                        worker = workers[i] = _Worker(make, jobs)
                    worker.give(waiting.popleft(), limit_s)
            busy = [w for w in workers if w.job is not None]
            if busy:
                _collect(busy, workers, waiting, done, make, jobs, limit_s)
            while following in done:
                yield done.pop(following)
                following += 1
    finally:
        for worker in workers:
            worker.stop()


def _collect(
    busy: list[_Worker],
    workers: list[_Worker],
    waiting: deque[_Job],
    done: dict[int, Any],
    make: Callable[[], Callable[[Any], Any]],
    jobs: int,
    limit_s: float | None,
) -> None:
    """Wait until some worker has answered, died or run out of time, and act on it."""
    timeout = max(0.0, min(w.until for w in busy) - time.monotonic())
    ready = wait([w.pipe for w in busy], None if timeout == float("inf") else timeout)
    for worker in busy:
        job = worker.job
        assert job is not None
        if worker.pipe in ready:
            try:
                answer = worker.pipe.recv()
                if isinstance(answer, _Unable):
                    raise PoolError(answer.reason)
                done[job.number] = answer
                worker.job = None
                continue
            except (EOFError, OSError):
                worker.process.join()
                reason = f"the worker died ({_cause(worker.process.exitcode)})"
        elif time.monotonic() >= worker.until:
            job.tries = MOST_TRIES
            reason = f"not done within {limit_s:g} seconds"
        else:
            continue
        worker.stop()
        workers[workers.index(worker)] = _Worker(make, jobs)
        if job.tries < MOST_TRIES:
            waiting.appendleft(job)
        else:
            done[job.number] = Failed(reason)


def _cause(code: int | None) -> str:
    if code is None or code >= 0:
        return f"exit status {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def _serve(
    pipe: Connection, parents: Connection, make: Callable[[], Callable[[Any], Any]], jobs: int
) -> None:
    """What a worker does: answer until the pipe is closed."""
    parents.close()
    # Ctrl-C goes to the whole group; the parent says when it is over.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # Read by torch when a worker loads it: all workers together use each core once.
    os.environ["OMP_NUM_THREADS"] = str(max(1, (os.cpu_count() or 1) // jobs))
    try:
        work = make()
    except Exception as error:
        pipe.send(_Unable(" ".join(str(error).split()) or type(error).__name__))
        return
    # A pipe that breaks says that the parent is gone.
    with suppress(EOFError, OSError):
        while True:
            item = pipe.recv()
            try:
                answer = work(item)
            except Exception as error:
                answer = Failed(" ".join(f"{type(error).__name__}: {error}".split()))
            pipe.send(answer)
