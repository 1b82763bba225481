"""The third head: how likely a whole passage came out of a machine, whatever its single words say.

A machine's habits (word order kept from the source, fewer contractions, the
commonest word each time) show in the average of many tokens long before any one
of them is wrong. A linear map of the encoder's pooled states is enough, and
fits in a few kilobytes beside the weights.
"""

from pathlib import Path

import torch
from torch import Tensor, nn

FILE = "verdict_head.safetensors"


def pooled(states: Tensor, logits: Tensor, inside: Tensor) -> Tensor:
    """(rows, tokens, hidden) states and the artefact head's (rows, tokens) logits -> (rows, 3 x hidden + 2).

    `inside` (rows, tokens) is true for tokens of the text: mean, spread and
    maximum are theirs, then the mean logit and the logarithm of their number.
    """
    m = inside[..., None]
    count = inside.sum(1, keepdim=True).clamp(min=1)
    mean = (states * m).sum(1) / count
    spread = (((states - mean[:, None]) ** 2 * m).sum(1) / count).sqrt()
    # -9 lies below what a normalised state reaches, so that a row without text is no infinity.
    most = states.masked_fill(~m, -9.0).amax(1)
    mean_logit = (logits * inside).sum(1, keepdim=True) / count
    return torch.cat([mean, spread, most, mean_logit, count.float().log()], dim=1)


class VerdictHead(nn.Module):
    """(rows, 3 x hidden + 2) pooled states -> (rows,) log-odds, in nats, of machine translation."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.out = nn.Linear(3 * hidden + 2, 1)

    def forward(self, features: Tensor) -> Tensor:
        """Return the log-odds in float32."""
        return self.out(features).squeeze(-1).float()


def load_verdict_head(folder: Path, hidden: int) -> VerdictHead | None:
    """Return the head of a model folder, or None if it has none.

    Raises ValueError if the file does not fit an encoder of width `hidden`.
    """
    from safetensors.torch import load_file

    if not (folder / FILE).is_file():
        return None
    head = VerdictHead(hidden)
    try:
        head.load_state_dict(load_file(folder / FILE))
    except RuntimeError as error:
        raise ValueError(f"{FILE} does not fit the encoder") from error
    return head.eval()


def save_verdict_head(head: VerdictHead, folder: Path) -> None:
    """Write the head into a model folder, in fp32."""
    from safetensors.torch import save_file

    save_file({k: v.float().contiguous().cpu() for k, v in head.state_dict().items()}, folder / FILE)
    (folder / FILE).chmod(0o644)
