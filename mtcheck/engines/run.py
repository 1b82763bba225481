"""An archive run: articles through worker processes into the journal, then the summary."""

import json
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from mtcheck.engines import summary
from mtcheck.engines.articles import Article, articles
from mtcheck.engines.journal import ROWS, Journal, JournalError, rows
from mtcheck.engines.pool import Failed, in_order
from mtcheck.engines.score import ArticleScorer, Row, Rules, signature

DEAD_LETTERS = "dead-letters.jsonl"


@dataclass(frozen=True)
class Counts:
    """Of the whole archive: articles, how many have findings, how many could not be checked."""

    articles: int
    with_findings: int
    failed: int


def archive(
    inputs: Sequence[str],
    out: Path,
    rules: Rules,
    *,
    jobs: int,
    limit_s: float | None,
    resume: bool,
    say: Callable[[int], None] = lambda _: None,
) -> Counts:
    """Check every article of `inputs`; leave the results in `out`.

    `say` is told how many articles are done. Raises JournalError, or ModelError
    if the model can't be loaded.
    """
    journal = Journal(out, {"inputs": list(inputs), "rules": signature(rules)}, resume=resume)
    try:
        source = articles(inputs)
        _pass_by(source, journal)
        asked: deque[Article] = deque()

        def noted() -> Iterator[Article]:
            for article in source:
                asked.append(article)
                yield article

        with closing(in_order(partial(ArticleScorer, rules), noted(), jobs=jobs, limit_s=limit_s)) as answers:
            for answer in answers:
                article = asked.popleft()
                journal.add(answer if not isinstance(answer, Failed) else _failed(article, answer.reason))
                say(journal.done)
    finally:
        journal.close()
    return _finish(out)


def _pass_by(source: Iterator[Article], journal: Journal) -> None:
    """Skip what is done already, and make sure that it is what was done."""
    if not journal.done:
        return
    last = None
    for _ in range(journal.done):
        last = next(source, None)
        if last is None:
            raise JournalError("the archive has fewer articles than the run had; name another folder")
    if last is not None and last.id != journal.last():
        raise JournalError("the archive is not the one that the run began with; name another folder")


def _failed(article: Article, reason: str) -> Row:
    return {"id": article.id, "file": article.file, "row": article.row, "error": reason}


def _finish(out: Path) -> Counts:
    """Write the dead letters and the summary from the journal alone."""
    gathered = summary.Summary()
    part = out / f".{DEAD_LETTERS}.part"
    with part.open("w", encoding="utf-8") as dead:
        for row in rows(out / ROWS):
            gathered.add(row)
            if "error" in row:
                dead.write(json.dumps(row, ensure_ascii=False) + "\n")
    part.replace(out / DEAD_LETTERS)
    summary.write(gathered, out)
    return Counts(gathered.articles, gathered.with_findings, gathered.failed)
