"""Known findings, so that only new ones are shown.

An entry knows a finding by its detector, its text and the words of its
sentence, not by its place: it lives on when the paragraph moves or its
neighbours change. A file that is gone lends its entries to the others, so a
renamed file keeps its own.
"""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mtcheck.findings import Finding, Report
from mtcheck.text import Document, Span, touching

VERSION = 1


class BaselineError(ValueError):
    """A file that can't be used, in one line that names it."""


@dataclass(frozen=True, order=True)
class Entry:
    """One known finding; `file` is relative to the baseline, `match` is there for readers."""

    file: str
    detector: str
    match: str
    fingerprint: str


class Baseline:
    """The entries of one file, and which of them a scan has met."""

    def __init__(self, file: Path, entries: Iterable[Entry] = ()) -> None:
        self._folder = Path(os.path.abspath(file)).parent
        self._file = file
        self._entries = set(entries)
        self._met: set[Entry] = set()
        self._scanned: dict[str, frozenset[str]] = {}
        self._found: set[Entry] = set()
        self._homeless: dict[str, list[Entry]] = {}
        for entry in sorted(self._entries):
            if not (self._folder / entry.file).is_file():
                self._homeless.setdefault(entry.fingerprint, []).append(entry)

    def without_known(self, report: Report) -> Report:
        """The report with its new findings only; takes note of all."""
        name = self._name(report.doc)
        self._scanned[name] = frozenset(report.ran)
        entries = entries_of(report, name)
        self._found |= set(entries)
        new = [f for f, e in zip(report.findings, entries, strict=True) if not self._is_known(e)]
        return replace(report, findings=tuple(new))

    def stale(self) -> int:
        """The number of entries whose finding is gone, among what this scan looked at."""
        return sum(self._was_looked_at(e) for e in self._entries - self._met)

    def write(self) -> int:
        """Write what was found, with the entries of what was not looked at; return the number of entries."""
        kept = {e for e in self._entries if not self._was_looked_at(e)}
        entries = sorted(kept | self._found)
        data = {"version": VERSION, "findings": [vars(e) for e in entries]}
        text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        beside = self._file.with_name(f"{self._file.name}.new")
        try:
            beside.write_text(text, "utf-8", newline="\n")
            beside.replace(self._file)
        except OSError as error:
            raise BaselineError(f"{self._file}: can't be written ({error.strerror})") from None
        return len(entries)

    def _is_known(self, entry: Entry) -> bool:
        if entry in self._entries:
            self._met.add(entry)
            return True
        waiting = self._homeless.get(entry.fingerprint)
        if not waiting:
            return False
        self._met.add(waiting.pop())
        return True

    def _was_looked_at(self, entry: Entry) -> bool:
        if entry.file in self._scanned:
            return entry.detector in self._scanned[entry.file]
        return not (self._folder / entry.file).is_file()

    def _name(self, doc: Document) -> str:
        return Path(os.path.relpath(os.path.abspath(doc.name), self._folder)).as_posix()


def load(file: Path) -> Baseline:
    """Read a baseline. Raises BaselineError, FileNotFoundError when there is none."""
    try:
        data = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise BaselineError(f"{file}: can't be read ({error.strerror})") from None
    except (ValueError, RecursionError):
        raise BaselineError(f"{file}: not a baseline; write it anew with --update-baseline") from None
    version = data.get("version") if isinstance(data, dict) else None
    if version != VERSION:
        raise BaselineError(f"{file}: not a baseline of version {VERSION}; write it anew")
    listed = data.get("findings")
    if not isinstance(listed, list):
        raise BaselineError(f"{file}: “findings” must be a list")
    return Baseline(file, [_entry(item, file) for item in listed])


def entries_of(report: Report, name: str) -> list[Entry]:
    """One entry a finding, in order; equal ones in one file are told apart by their number."""
    seen: Counter[str] = Counter()
    out = []
    for finding in report.findings:
        match = " ".join(report.doc[finding.span].split())
        content = "\0".join((finding.detector, match, _around(report.doc, finding)))
        seen[content] += 1
        whole = f"{content}\0{seen[content]}".encode()
        out.append(Entry(name, finding.detector, match, hashlib.sha256(whole).hexdigest()[:20]))
    return out


def _around(doc: Document, finding: Finding) -> str:
    start = Span(finding.span.start, finding.span.start + 1)
    sentence = touching(doc.sentences, start) or finding.span
    return " ".join(doc[w].casefold() for w in doc.words_in(sentence))


def _entry(item: Any, file: Path) -> Entry:
    keys = ("file", "detector", "match", "fingerprint")
    if not isinstance(item, dict) or not all(isinstance(item.get(k), str) for k in keys):
        raise BaselineError(f"{file}: an entry lacks one of {', '.join(keys)}")
    if "\0" in item["file"]:
        raise BaselineError(f"{file}: an entry's file name holds a zero character")
    return Entry(*(item[k] for k in keys))
