"""Articles, their findings and what editors decided, in one SQLite file.

Half a word is never kept: each call is one transaction. Places count in the
prose (`start`, `end`) and in the file (`file_start`, `file_end`), in code points.
"""

import json
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from mtcheck.check import category_of
from mtcheck.findings import Report
from mtcheck.reports.place import place_of, replacements

_FORM = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS articles (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, prose TEXT NOT NULL, file TEXT NOT NULL, words INTEGER NOT NULL,
  translated REAL, signature TEXT NOT NULL, added TEXT NOT NULL, closed TEXT);
CREATE TABLE IF NOT EXISTS findings (
  id INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
  start INTEGER NOT NULL, end INTEGER NOT NULL, file_start INTEGER NOT NULL, file_end INTEGER NOT NULL,
  detector TEXT NOT NULL, category TEXT NOT NULL, message TEXT NOT NULL, suggestions TEXT NOT NULL,
  fits INTEGER NOT NULL, because TEXT NOT NULL, score REAL, verdict TEXT, replacement TEXT, decided TEXT);
CREATE INDEX IF NOT EXISTS findings_of ON findings (article, start);
"""
# Code points on each side of a match that an exported decision shows.
_CONTEXT = 60
_SURROGATE = re.compile("[\ud800-\udfff]")


def usual_file() -> Path:
    """Where a desk's store lies unless it says otherwise."""
    import platformdirs

    return Path(platformdirs.user_data_dir("mtcheck", appauthor=False)) / "desk.sqlite"


class Verdict(StrEnum):
    """What an editor said of a finding."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


class NoSuchRow(KeyError):
    """An article or finding that is not there."""


@dataclass(frozen=True)
class Row:
    """A finding as it is kept. `fits` is false where the file holds markup inside the match."""

    id: int
    start: int
    end: int
    file_start: int
    file_end: int
    detector: str
    category: str
    message: str
    suggestions: tuple[str, ...]
    fits: bool
    because: dict[str, str | float | None]
    score: float | None
    verdict: Verdict | None
    replacement: str | None
    decided: str | None


@dataclass(frozen=True)
class Article:
    """An article as it is kept; `prose` is what was checked, `file` what came in."""

    id: int
    name: str
    prose: str
    file: str
    words: int
    translated: float | None
    signature: str
    added: str
    closed: str | None
    findings: tuple[Row, ...]

    @property
    def open(self) -> int:
        """How many findings nobody has decided on."""
        return sum(f.verdict is None for f in self.findings)

    @property
    def weight(self) -> float:
        """Expected artefacts per 1,000 words: the worst article comes first."""
        return 1000 * sum(f.score or 0.5 for f in self.findings) / max(self.words, 1)

    def edited(self) -> str:
        """The file with the replacements that editors chose."""
        parts, at = [], 0
        for f in sorted(self.findings, key=lambda f: f.file_start):
            if f.verdict is Verdict.ACCEPTED and f.replacement is not None and f.fits and f.file_start >= at:
                parts += [self.file[at : f.file_start], f.replacement]
                at = f.file_end
        return "".join([*parts, self.file[at:]])


class Store:
    """One SQLite file, opened once, used by one thread at a time. Raises ValueError if it is no store."""

    def __init__(self, file: Path | None) -> None:
        self._lock = threading.Lock()
        try:
            if file is not None:
                file.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(file or ":memory:", timeout=5, check_same_thread=False)
            self._db.row_factory = sqlite3.Row
            form = self._db.execute("PRAGMA user_version").fetchone()[0]
            if form not in (0, _FORM):
                raise ValueError(f"{file}: written by another version of mtcheck; give another --store")
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA foreign_keys=ON")
            self._db.executescript(_TABLES)
            self._db.execute(f"PRAGMA user_version={_FORM}")
        except (sqlite3.Error, OSError) as error:
            raise ValueError(f"{file}: can't be used as a store ({error}); give another --store") from None

    def add(self, report: Report) -> int:
        """Keep a report; return the number of its article."""
        doc = report.doc
        with self._transaction() as db:
            article = db.execute(
                "INSERT INTO articles (name, prose, file, words, translated, signature, added)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    _sound(doc.name),
                    _sound(doc.text),
                    _sound(doc.file_text),
                    len(doc.words),
                    report.translated,
                    report.signature,
                    _now(),
                ),
            ).lastrowid
            for f in report.findings:
                at = place_of(f, doc)
                db.execute(
                    "INSERT INTO findings (article, start, end, file_start, file_end, detector, category,"
                    " message, suggestions, fits, because, score)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        article,
                        f.span.start,
                        f.span.end,
                        at.start,
                        at.end,
                        f.detector,
                        category_of(f.detector).value,
                        _sound(f.message),
                        json.dumps(list(replacements(f, doc)) or list(f.suggestions)),
                        at.match == at.text,
                        json.dumps(dict(f.because)),
                        f.score,
                    ),
                )
        assert article is not None
        return article

    def article(self, number: int) -> Article:
        """Return an article with its findings. Raises NoSuchRow."""
        with self._lock:
            row = self._db.execute("SELECT * FROM articles WHERE id = ?", (number,)).fetchone()
            if row is None:
                raise NoSuchRow(number)
            return self._article(row)

    def articles(self) -> list[Article]:
        """All articles, the worst of the open ones first, closed ones last."""
        with self._lock:
            found = [self._article(row) for row in self._db.execute("SELECT * FROM articles ORDER BY id")]
        return sorted(found, key=lambda a: (a.closed is not None, -a.weight, a.id))

    def decide(self, article: int, finding: int, verdict: Verdict | None, replacement: str | None) -> None:
        """Keep what an editor said of a finding; None takes it back. Raises NoSuchRow."""
        with self._transaction() as db:
            changed = db.execute(
                "UPDATE findings SET verdict = ?, replacement = ?, decided = ? WHERE id = ? AND article = ?",
                (
                    verdict,
                    None if replacement is None else _sound(replacement),
                    None if verdict is None else _now(),
                    finding,
                    article,
                ),
            ).rowcount
        if not changed:
            raise NoSuchRow(finding)

    def close(self, article: int, *, closed: bool) -> None:
        """Mark an article as done, or open it again. Raises NoSuchRow."""
        with self._transaction() as db:
            changed = db.execute(
                "UPDATE articles SET closed = ? WHERE id = ?", (_now() if closed else None, article)
            ).rowcount
        if not changed:
            raise NoSuchRow(article)

    def remove(self, article: int) -> None:
        """Forget an article and all that was decided on it. Raises NoSuchRow."""
        with self._transaction() as db:
            changed = db.execute("DELETE FROM articles WHERE id = ?", (article,)).rowcount
        if not changed:
            raise NoSuchRow(article)

    def decisions(self) -> Iterator[dict[str, object]]:
        """Yield each decided finding as `mtcheck calibrate --decisions` reads it."""
        for article in sorted(self.articles(), key=lambda a: a.id):
            for f in article.findings:
                if f.verdict is None:
                    continue
                yield {
                    "article": article.name,
                    "detector": f.detector,
                    "category": f.category,
                    "accepted": f.verdict is Verdict.ACCEPTED,
                    "replacement": f.replacement,
                    "start": f.file_start,
                    "end": f.file_end,
                    "match": article.file[f.file_start : f.file_end],
                    "context": article.prose[max(0, f.start - _CONTEXT) : f.end + _CONTEXT],
                    "score": f.score,
                    "decided": f.decided,
                    "signature": article.signature,
                }

    def shut(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def _article(self, row: sqlite3.Row) -> Article:
        found = self._db.execute("SELECT * FROM findings WHERE article = ? ORDER BY start, id", (row["id"],))
        return Article(
            **{k: row[k] for k in row.keys()},  # noqa: SIM118 (a Row iterates over its values)
            findings=tuple(_row(r) for r in found),
        )

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._db:
            yield self._db


def _row(row: sqlite3.Row) -> Row:
    return Row(
        id=row["id"],
        start=row["start"],
        end=row["end"],
        file_start=row["file_start"],
        file_end=row["file_end"],
        detector=row["detector"],
        category=row["category"],
        message=row["message"],
        suggestions=tuple(json.loads(row["suggestions"])),
        fits=bool(row["fits"]),
        because=json.loads(row["because"]),
        score=row["score"],
        verdict=None if row["verdict"] is None else Verdict(row["verdict"]),
        replacement=row["replacement"],
        decided=row["decided"],
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _sound(text: str) -> str:
    """The text as SQLite can keep it: half a character becomes its stand-in, and offsets stay."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
