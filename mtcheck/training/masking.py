"""Which tokens a training step hides: whole words, at a rate that falls.

Source: A. Wettig and others, "Should you mask 15 % in masked language
modeling?" (2023); whole-word masking as in Google's BERT release of 2019.
"""

import torch
from torch import Tensor

IGNORED = -100


def mask_whole_words(
    ids: Tensor,
    continues: Tensor,
    *,
    rate: float | Tensor,
    mask_id: int,
    generator: torch.Generator,
    never: Tensor | None = None,
) -> tuple[Tensor, Tensor]:
    """Hide about `rate` of the words of `ids`, each with all its tokens.

    `rate` may be (rows, 1), one for each row; a word with a token in `never`,
    of the shape of `ids`, stays.

    `ids` has shape (rows, tokens); `continues` (vocabulary,) is true for a
    token that carries on a word. Special tokens have ids below `mask_id + 1`
    and are never hidden. Returns (inputs, labels) of the same shape; labels
    are IGNORED where nothing is asked. One word in ten keeps its own token.
    """
    starts = ~continues[ids]
    word = starts.cumsum(dim=1)
    draw = torch.rand(ids.shape, generator=generator, device=ids.device)
    kept = torch.rand(ids.shape, generator=generator, device=ids.device)
    # Every token of a word reads the word's own draw.
    chosen = draw.gather(1, (word - 1).clamp(min=0)) < rate
    shown = kept.gather(1, (word - 1).clamp(min=0)) < 0.1
    chosen &= ids > mask_id
    if never is not None:
        chosen &= ~never
    labels = torch.where(chosen, ids, IGNORED)
    inputs = torch.where(chosen & ~shown, mask_id, ids)
    return inputs, labels
