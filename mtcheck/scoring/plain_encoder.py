"""Any Hugging Face encoder's forward pass, in the shape that the scorer asks for."""

from typing import Any

import torch
from torch import Tensor


class PlainEncoder:
    """Encoder states of a masked language model of whatever architecture."""

    def __init__(self, model: Any) -> None:
        self._base = model.base_model

    def states(self, ids: Tensor, shown: Tensor | None = None) -> Tensor:
        """Return (rows, tokens, hidden). `shown` (rows, tokens) is false where a row is padded."""
        mask = torch.ones_like(ids) if shown is None else shown.long()
        return self._base(input_ids=ids, attention_mask=mask).last_hidden_state

    def states_at(self, ids: Tensor, places: Tensor, shown: Tensor | None = None) -> Tensor:
        """Return (rows, hidden): the state of each row at its one place."""
        return self.states(ids, shown)[torch.arange(len(ids)), places]
