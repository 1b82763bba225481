"""What one training step sees: rows of tokens, what is hidden in them, what is damaged.

A step's rows are of three kinds. Fresh rows come from the corpus, with some
words damaged and others hidden. Filled rows are hidden words of the step
before, filled by the model's own guesses: it learns to tell them from the
author's. Labelled rows, near the end, are real machine translation.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from mtcheck.training.damage import Damage

NOT_ASKED = -1.0
# Tokens read beyond a row's width, since damage may shorten it; a row that
# loses more stays undamaged.
_SPARE = 32


@dataclass(frozen=True)
class Rows:
    """`ids` (rows, tokens); `marks` of the same shape, 0 to 1, NOT_ASKED where nobody knows."""

    ids: Tensor
    marks: Tensor


def fresh(
    files: list[Path],
    *,
    width: int,
    count: int,
    cls: int,
    damage: Damage | None,
    rate: float,
    seed: int,
    start: int,
) -> Iterator[Rows]:
    """Yield `count` corpus rows of `width` tokens for ever, from batch number `start` on.

    Each pass cuts the files at another offset and shuffles the rows anew.
    """
    data = np.concatenate([np.fromfile(f, dtype="<u2") for f in files])
    inner = width - 1
    per_pass = (len(data) - inner - _SPARE) // inner // count
    epoch, skip = divmod(start, per_pass)
    while True:
        rng = np.random.default_rng([seed, epoch])
        offset = int(rng.integers(inner))
        order = rng.permutation((len(data) - offset - _SPARE) // inner)
        for b in range(skip, per_pass):
            picked = order[b * count : (b + 1) * count]
            if len(picked) < count:
                break
            ids = np.full((count, width), cls, dtype=np.int64)
            marks = np.zeros((count, width), dtype=np.float32)
            if damage is not None:
                damage.reseed([seed, epoch, b])
            for r, i in enumerate(picked):
                row = data[offset + i * inner : offset + (i + 1) * inner + _SPARE].astype(np.int64)
                flags = np.zeros(len(row), dtype=bool)
                if damage is not None:
                    damaged, where = damage.apply(row, rate=rate)
                    if len(damaged) >= inner:
                        row, flags = damaged, where
                ids[r, 1:], marks[r, 1:] = row[:inner], flags[:inner]
            yield Rows(torch.from_numpy(ids), torch.from_numpy(marks))
        epoch, skip = epoch + 1, 0


def labelled(
    ids: NDArray[np.int64], marks: NDArray[np.float32], *, width: int, count: int, cls: int, seed: int
) -> Iterator[Rows]:
    """Yield `count` rows of marked machine translation for ever, cut at random places."""
    rng = np.random.default_rng(seed)
    while True:
        at = rng.integers(len(ids) - width, size=count)
        rows = np.stack([ids[a : a + width] for a in at])
        rows[:, 0] = cls
        yield Rows(torch.from_numpy(rows), torch.from_numpy(np.stack([marks[a : a + width] for a in at])))


def filled(hidden: Tensor, labels: Tensor, guesses: Tensor, *, ignored: int) -> Rows:
    """Return rows whose hidden tokens the model guessed; a guess that errs is marked.

    `hidden` and `labels` are (rows, tokens) as masked, `guesses` (n,) the ids
    guessed at the places asked, in reading order.
    """
    ids, asked = hidden.clone(), labels != ignored
    ids[asked] = guesses
    wrong = torch.zeros_like(ids, dtype=torch.bool)
    wrong[asked] = guesses != labels[asked]
    return Rows(ids, wrong.float())
