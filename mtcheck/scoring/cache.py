"""Scores kept from the last scan: a paragraph that did not change is not read again.

A SQLite file with one row a paragraph. The key is a hash of the model's
signature, the paragraph's text, its words and the alternatives asked for; so
nothing stale can be found, and nothing needs to be thrown away but for room.
A cache that is broken or can't be written is left aside: it never stops a scan.
"""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, replace
from pathlib import Path

from mtcheck.scoring.surprisal import Scorer, TokenScore
from mtcheck.text import Document, Span

# Rises when a row is written in another form.
_FORM = "2"
# About 400 MB at the 400 bytes or so that a paragraph takes; the oldest half goes when it is full.
MOST_ROWS = 1_000_000
_AT_ONCE = 500


class ScoreCache:
    """Rows of bytes by key in one SQLite file. Faults of the file are swallowed: then it finds nothing."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._db = self._opened() or self._opened(anew=True)

    def _opened(self, *, anew: bool = False) -> sqlite3.Connection | None:
        try:
            if anew:
                self._file.unlink(missing_ok=True)
            self._file.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(self._file, timeout=5, isolation_level=None, check_same_thread=False)
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=NORMAL")
            db.execute("CREATE TABLE IF NOT EXISTS scores (key BLOB PRIMARY KEY, value BLOB NOT NULL)")
            db.execute("SELECT value FROM scores LIMIT 1").fetchone()
        except (sqlite3.Error, OSError):
            return None
        return db

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return what is kept of `keys`."""
        found: dict[bytes, bytes] = {}
        if self._db is None:
            return found
        try:
            for at in range(0, len(keys), _AT_ONCE):
                some = keys[at : at + _AT_ONCE]
                marks = ",".join("?" * len(some))
                found.update(self._db.execute(f"SELECT key, value FROM scores WHERE key IN ({marks})", some))
        except sqlite3.Error:
            self._db = None
        return found

    def put(self, rows: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep `rows`; when there are too many, the oldest half is dropped."""
        if self._db is None:
            return
        try:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany("INSERT OR REPLACE INTO scores VALUES (?, ?)", rows)
            (count,) = self._db.execute("SELECT max(rowid) - min(rowid) FROM scores").fetchone()
            if count and count > MOST_ROWS:
                self._db.execute(
                    "DELETE FROM scores WHERE rowid < (SELECT max(rowid) FROM scores) - ?", (MOST_ROWS // 2,)
                )
            self._db.execute("COMMIT")
        except sqlite3.Error:
            self._db = None


class CachedScorer:
    """A Scorer that asks another only for paragraphs it has not seen, and loads it only then."""

    def __init__(
        self, load: Callable[[], Scorer], signature: str, thresholds: Mapping[str, float], cache: ScoreCache
    ) -> None:
        self.signature = signature
        self.thresholds = thresholds
        self._load = load
        self._scorer: Scorer | None = None
        self._cache = cache

    def score(
        self,
        doc: Document,
        alternatives: Mapping[Span, tuple[str, ...]] | None = None,
        *,
        paragraphs: Collection[Span] | None = None,
    ) -> tuple[TokenScore, ...]:
        """Return one TokenScore for each of `doc.words`, as the other scorer would."""
        asked = alternatives or {}
        wanted = list(doc.paragraphs if paragraphs is None else paragraphs)
        keys = {p: self._key(doc, p, asked) for p in wanted}
        kept = self._cache.get(list(set(keys.values())))
        missing = [p for p in wanted if keys[p] not in kept]
        scores = {w: TokenScore(w, None) for w in doc.words}
        if missing:
            fresh = self._loaded().score(doc, alternatives, paragraphs=missing)
            scores = {s.span: s for s in fresh}
            packed = {keys[p]: _packed([scores[w] for w in doc.words_in(p)]) for p in missing}
            self._cache.put(packed.items())
        for p in wanted:
            if keys[p] in kept:
                words = doc.words_in(p)
                scores.update(zip(words, _unpacked(kept[keys[p]], words), strict=True))
        return tuple(scores[w] for w in doc.words)

    def warm(self) -> None:
        """Load the other scorer now, so that the next new paragraph need not wait for it."""
        self._loaded()

    def _loaded(self) -> Scorer:
        if self._scorer is None:
            self._scorer = self._load()
        return self._scorer

    def _key(self, doc: Document, paragraph: Span, alternatives: Mapping[Span, tuple[str, ...]]) -> bytes:
        words = doc.words_in(paragraph)
        said = [
            _FORM,
            self.signature,
            doc[paragraph],
            [(w.start - paragraph.start, w.end - paragraph.start) for w in words],
            [(i, alternatives[w]) for i, w in enumerate(words) if w in alternatives],
        ]
        return hashlib.blake2b(json.dumps(said).encode(), digest_size=16).digest()


def _packed(scores: Sequence[TokenScore]) -> bytes:
    return zlib.compress(json.dumps([astuple(s)[1:] for s in scores]).encode(), 1)


def _unpacked(row: bytes, words: Sequence[Span]) -> list[TokenScore]:
    found = []
    for word, values in zip(words, json.loads(zlib.decompress(row)), strict=True):
        score = TokenScore(word, *values)
        tried = tuple((w, b) for w, b in score.alternatives)
        found.append(replace(score, expected=tuple(score.expected), alternatives=tried))
    return found
