"""The second head on the encoder: how likely each token is part of an artefact.

One pass over the unmasked text judges every word. The head is one small file
beside a standard checkpoint; a model without the file works as before.

Source: K. Clark and others, "ELECTRA" (2020).
"""

from pathlib import Path

import torch
from torch import Tensor, nn

FILE = "artefact_head.safetensors"


class ArtefactHead(nn.Module):
    """(…, hidden) encoder output -> (…) logits, positive where an artefact is the likelier."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(hidden)
        self.dense = nn.Linear(hidden, hidden)
        self.out = nn.Linear(hidden, 1)

    def forward(self, states: Tensor) -> Tensor:
        """Return the logits in float32."""
        inner = nn.functional.gelu(self.dense(self.norm(states)))
        return self.out(inner).squeeze(-1).float()


def load_head(folder: Path, hidden: int) -> ArtefactHead | None:
    """Return the head of a model folder, or None if it has none.

    Raises ValueError if the file does not fit an encoder of width `hidden`.
    """
    from safetensors.torch import load_file

    if not (folder / FILE).is_file():
        return None
    head = ArtefactHead(hidden)
    try:
        head.load_state_dict({k: v.float() for k, v in load_file(folder / FILE).items()})
    except RuntimeError as error:
        raise ValueError(f"{FILE} does not fit the encoder") from error
    return head.eval()


def save_head(head: ArtefactHead, folder: Path) -> None:
    """Write the head into a model folder, in bf16."""
    from safetensors.torch import save_file

    weights = {k: v.to(torch.bfloat16).contiguous().cpu() for k, v in head.state_dict().items()}
    save_file(weights, folder / FILE)
    (folder / FILE).chmod(0o644)
