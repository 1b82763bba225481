"""Machine-translated sentences that people marked -> rows of token ids with a mark for each token.

JSON Lines, plain or compressed, with `text` and `spans` of `start`, `end`
(code points) and, where several people marked the same sentence, `rater`.
"""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mtcheck.training import corpus

# A span longer than this many characters says that the sentence is bad, not
# which words are; it counts as a weak mark.
LONG_SPAN = 60
WEAK = 0.3


PARTS = ("train", "calibrate", "train", "test")


def part_of(record: dict[str, Any]) -> str:
    """Which part a document belongs to, by its name: half of all train the heads, a quarter
    calibrates them, a quarter is left to measure.
    """
    return PARTS[zlib.crc32(str(record.get("doc", record["id"])).encode()) % 4]


def marks(record: dict[str, Any], offsets: list[tuple[int, int]]) -> list[float]:
    """Return for each token the share of raters who marked it, between 0 and 1."""
    raters = int(record.get("n_raters", 1))
    seen: list[set[str]] = [set() for _ in offsets]
    weak: list[set[str]] = [set() for _ in offsets]
    for span in record.get("spans", ()):
        target = weak if span["end"] - span["start"] > LONG_SPAN else seen
        for i, (start, end) in enumerate(offsets):
            if start < span["end"] and span["start"] < end:
                target[i].add(str(span.get("rater", "")))
    return [min(1.0, (len(s) + WEAK * len(w - s)) / raters) for s, w in zip(seen, weak, strict=True)]


def read(files: list[Path], tokenizer_folder: Path) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return (ids, marks) of the training halves of all files, sentences shuffled and joined by [SEP].

    Raises OSError if a file can't be read, ValueError if a line is no JSON.
    """
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(tokenizer_folder / "tokenizer.json"))
    sep: int = tokenizer.get_vocab()["[SEP]"]
    rows = list(_rows(files, tokenizer, sep))
    order = np.random.default_rng(1).permutation(len(rows))
    return (
        np.concatenate([np.array(rows[i][0], dtype=np.int64) for i in order]),
        np.concatenate([np.array(rows[i][1], dtype=np.float32) for i in order]),
    )


def _rows(files: list[Path], tokenizer: Any, sep: int) -> Iterator[tuple[list[int], list[float]]]:
    for file in files:
        for record in corpus.read_shard(file):
            if part_of(record) == "train":
                encoding = tokenizer.encode(record["text"], add_special_tokens=False)
                yield [*encoding.ids, sep], [*marks(record, encoding.offsets), 0.0]
