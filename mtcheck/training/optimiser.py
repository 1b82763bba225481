"""Muon for the encoder's matrices, AdamW for everything else.

Source: K. Jordan and others, "Muon: an optimizer for hidden layers" (2024);
I. Loshchilov and F. Hutter, "Decoupled weight decay regularization" (2019).
"""

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor, nn

# Coefficients of the quintic iteration published with Muon.
_QUINTIC = (3.4445, -4.7750, 2.0315)


def orthogonalised(gradient: Tensor, *, steps: int = 5) -> Tensor:
    """Return the nearest semi-orthogonal matrix, roughly, to a (rows, columns) gradient."""
    a, b, c = _QUINTIC
    x = gradient.to(torch.bfloat16)
    wide = x.size(0) <= x.size(1)
    x = x if wide else x.mT
    x = x / (x.norm() + 1e-7)
    for _ in range(steps):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x if wide else x.mT


class Muon(torch.optim.Optimizer):
    """Momentum whose update is made orthogonal; for two-dimensional parameters only."""

    def __init__(
        self, params: Iterable[Tensor], *, lr: float, momentum: float = 0.95, weight_decay: float
    ) -> None:
        super().__init__(params, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: Any = None) -> None:
        """Apply one update in place."""
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                if not state:
                    state["momentum"] = torch.zeros_like(p)
                buffer = state["momentum"]
                buffer.lerp_(p.grad, 1 - group["momentum"])
                update = orthogonalised(p.grad.lerp(buffer, group["momentum"]))
                p.mul_(1 - group["lr"] * group["weight_decay"])
                # An orthogonal matrix has unit singular values; this factor
                # gives an update the size that AdamW's would have had.
                scale = 0.2 * max(p.size(0), p.size(1)) ** 0.5
                p.add_(update.to(p.dtype), alpha=-group["lr"] * scale)


def build(model: nn.Module, *, lr: float, weight_decay: float) -> list[torch.optim.Optimizer]:
    """Return the two optimisers, each over its own parameters."""
    matrices: list[Tensor] = []
    rest: list[Tensor] = []
    for name, p in model.named_parameters():
        hidden = p.ndim == 2 and ".layers." in name
        (matrices if hidden else rest).append(p)
    return [
        Muon(matrices, lr=lr, weight_decay=weight_decay),
        torch.optim.AdamW(rest, lr=lr, betas=(0.9, 0.98), eps=1e-6, weight_decay=weight_decay),
    ]
