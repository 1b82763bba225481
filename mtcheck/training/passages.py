"""Passages that a machine translated, each beside the same passage by people: what the verdict learns from.

The same content on both sides, so that the verdict can't learn a subject. Three
kinds of JSON Lines are read: records with `text` and `original`; whole documents
with `is_mt`, a `system` and a `doc`; segments of a `doc` with one `system` that
begins with HUMAN.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mtcheck.training import corpus, labelled

_HUMAN = "HUMAN"
# Sentences in a passage: single ones are the hardest, paragraphs the commonest.
_SIZES = (1, 1, 2, 3, 4)
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "\ufeff": None, "\u200b": None})

_DOUBLE_OPENS = re.compile(r'(?<![^\s(\[])"')
_SINGLE_OPENS = re.compile(r"(?<![^\s(\[])'")


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage twice. `article` names the system and the document it belongs to."""

    machine: str
    human: str
    article: str
    part: str


def read_passages(path: Path) -> Iterator[Passage]:
    """Yield the passages of a file. Raises OSError or ValueError, naming the file, if it can't be read."""
    chance = random.Random(path.name)
    pairs: dict[str, list[tuple[str, str]]] = {}
    parts: dict[str, str] = {}
    for article, part, machine, human in _sentences(path):
        pairs.setdefault(article, []).append((machine, human))
        parts[article] = part
    if not pairs:
        raise ValueError(f"{path}: no passage with a machine's and a human's version in it")
    for article, sentences in pairs.items():
        at = 0
        while at < len(sentences):
            size = chance.choice(_SIZES)
            # Quotation marks are a habit of the system or of the desk, not of translation.
            dress = curly if chance.random() < 0.5 else straight
            some = sentences[at : at + size]
            at += size
            machine, human = (dress(" ".join(side)) for side in zip(*some, strict=True))
            yield Passage(machine, human, article, parts[article])


def _sentences(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """Article, part, machine's sentence, human sentence."""
    together: dict[tuple[str, str], dict[str, dict[Any, str]]] = {}
    part: dict[tuple[str, str], str] = {}
    for r in corpus.read_shard(path):
        pair = r.get("lang_pair", "")
        if "original" in r:
            article = f"{path.stem}:{pair}:{r['system']}:{r['doc']}"
            yield article, labelled.part_of(r), r["text"], r["original"]
            continue
        key = (pair, r["doc"])
        part[key] = labelled.part_of(r)
        lines = {r["seg"]: r["text"]} if "seg" in r else dict(enumerate(r["text"].split("\n")))
        together.setdefault(key, {}).setdefault(r["system"], {}).update(lines)
    for key, versions in together.items():
        human = next((v for s, v in sorted(versions.items()) if s.startswith(_HUMAN)), None)
        for system, machine in versions.items():
            if human is None or system.startswith(_HUMAN) or machine.keys() != human.keys():
                continue
            for line in machine:
                yield f"{path.stem}:{key[0]}:{system}:{key[1]}", part[key], machine[line], human[line]


def straight(text: str) -> str:
    """Return `text` with typewriter quotation marks."""
    return text.translate(_STRAIGHT)


def curly(text: str) -> str:
    """Return `text` with typographer's quotation marks.

    >>> curly("The 'offer' wasn't theirs.")
    'The ‘offer’ wasn’t theirs.'
    """
    opened = _DOUBLE_OPENS.sub("“", straight(text)).replace('"', "”")
    return _SINGLE_OPENS.sub("‘", opened).replace("'", "’")
