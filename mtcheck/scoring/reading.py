"""Logits at a hidden place -> what the model says of the token that stands there."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

BEST = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """Surprisal, entropy and gap in bits; rank 1 is the first choice; `best` are token ids."""

    surprisal: float
    entropy: float
    rank: int
    gap: float
    best: tuple[int, ...]


def read(logits: Tensor, wanted: list[int], starts_word: Tensor) -> Iterator[Reading]:
    """Yield a Reading for each row of `logits` (rows, vocabulary).

    `starts_word` (vocabulary,) is true for the tokens that may be offered as fillers.
    """
    log_p = torch.log_softmax(logits.float(), dim=-1)
    entropy = -(log_p.exp() * log_p).sum(-1) / math.log(2)
    target = log_p[torch.arange(len(wanted)), torch.tensor(wanted)]
    rank = (log_p > target[:, None]).sum(-1) + 1
    gap = (log_p.max(-1).values - target) / math.log(2)
    best = log_p.masked_fill(~starts_word, -torch.inf).topk(min(BEST, log_p.shape[-1])).indices
    bits = target / -math.log(2)
    for row in zip(bits.tolist(), entropy.tolist(), rank.tolist(), gap.tolist(), best.tolist(), strict=True):
        yield Reading(row[0], row[1], row[2], row[3], tuple(row[4]))
