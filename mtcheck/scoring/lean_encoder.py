"""The shipped architecture's forward pass with nothing done twice.

ModernBERT as Hugging Face runs it computes every token of the last layer; a
masked row asks for one. Here the last layer works at the places asked only,
matrices are multiplied in bf16 where the processor has units for it, and the
residual stream stays in fp32, so that findings do not change.

Source: B. Warner and others, "Smarter, better, faster, longer" (2024).
"""

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import gelu, layer_norm, linear, scaled_dot_product_attention

MIN_POSITIONS = 512


def has_fast_bf16() -> bool:
    """True if the processor multiplies bf16 matrices in hardware."""
    return bool(torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported())


def fits(model: Any) -> bool:
    """True if `model` is a ModernBERT without what this file leaves out: biases, local attention."""
    c = model.config
    return (
        c.model_type == "modernbert"
        and set(c.layer_types) == {"full_attention"}
        and c.hidden_activation == "gelu"
        and not (c.attention_bias or c.mlp_bias or c.norm_bias)
    )


@dataclass(frozen=True)
class _Layer:
    attention_norm: Tensor | None
    qkv: Tensor
    attention_out: Tensor
    mlp_norm: Tensor
    mlp_in: Tensor
    mlp_out: Tensor


class LeanEncoder:
    """Encoder states of a ModernBERT; (rows, tokens) ids in, fp32 states out."""

    def __init__(self, model: Any, *, bf16: bool) -> None:
        c = model.config
        self._type = torch.bfloat16 if bf16 else torch.float32
        self._heads = c.num_attention_heads
        self._size = c.hidden_size // c.num_attention_heads
        self._eps = c.norm_eps
        base = model.base_model
        self._embedding = base.embeddings.tok_embeddings.weight
        self._embedding_norm = base.embeddings.norm.weight
        self._final_norm = base.final_norm.weight
        self._layers = [
            _Layer(
                getattr(layer.attn_norm, "weight", None),
                layer.attn.Wqkv.weight.to(self._type),
                layer.attn.Wo.weight.to(self._type),
                layer.mlp_norm.weight,
                layer.mlp.Wi.weight.to(self._type),
                layer.mlp.Wo.weight.to(self._type),
            )
            for layer in base.layers
        ]
        theta = c.rope_parameters["full_attention"]["rope_theta"]
        steps = 1.0 / theta ** (torch.arange(0, self._size, 2).float() / self._size)
        angles = torch.outer(torch.arange(max(MIN_POSITIONS, c.max_position_embeddings)).float(), steps)
        angles = torch.cat((angles, angles), dim=-1)
        self._cos, self._sin = angles.cos().to(self._type), angles.sin().to(self._type)

    def states(self, ids: Tensor, shown: Tensor | None = None) -> Tensor:
        """Return (rows, tokens, hidden). `shown` (rows, tokens) is false where a row is padded."""
        h = self._embed(ids)
        mask = None if shown is None else shown[:, None, None, :]
        for layer in self._layers:
            h = self._layer(layer, h, mask)
        return self._norm(h, self._final_norm)

    def states_at(self, ids: Tensor, places: Tensor, shown: Tensor | None = None) -> Tensor:
        """Return (rows, hidden): the state of each row at its one place."""
        h = self._embed(ids)
        mask = None if shown is None else shown[:, None, None, :]
        for layer in self._layers[:-1]:
            h = self._layer(layer, h, mask)
        last, rows = self._layers[-1], torch.arange(len(ids))
        width = h.shape[-1]
        x = (h if last.attention_norm is None else self._norm(h, last.attention_norm)).to(self._type)
        k, v = self._split(linear(x, last.qkv[width:]), 2)
        (q,) = self._split(linear(x[rows, places][:, None], last.qkv[:width]), 1)
        q = self._turn(q, self._cos[places][:, None, None], self._sin[places][:, None, None])
        k = self._turn(k, self._cos[: k.shape[2]], self._sin[: k.shape[2]])
        mixed = scaled_dot_product_attention(q, k, v, attn_mask=mask)
        one = h[rows, places] + linear(mixed.transpose(1, 2).flatten(1), last.attention_out)
        return self._norm(self._mlp(last, one), self._final_norm)

    def _embed(self, ids: Tensor) -> Tensor:
        return self._norm(self._embedding[ids], self._embedding_norm)

    def _norm(self, h: Tensor, weight: Tensor) -> Tensor:
        return layer_norm(h, weight.shape, weight, None, self._eps)

    def _split(self, x: Tensor, parts: int) -> tuple[Tensor, ...]:
        rows, tokens, _ = x.shape
        return x.view(rows, tokens, parts, self._heads, self._size).transpose(1, 3).unbind(2)

    def _turn(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        """Rotate by position, as the model was trained (RoPE)."""
        a, b = x.chunk(2, dim=-1)
        return x * cos + torch.cat((-b, a), dim=-1) * sin

    def _layer(self, layer: _Layer, h: Tensor, mask: Tensor | None) -> Tensor:
        x = (h if layer.attention_norm is None else self._norm(h, layer.attention_norm)).to(self._type)
        q, k, v = self._split(linear(x, layer.qkv), 3)
        cos, sin = self._cos[: q.shape[2]], self._sin[: q.shape[2]]
        mixed = scaled_dot_product_attention(
            self._turn(q, cos, sin), self._turn(k, cos, sin), v, attn_mask=mask
        )
        return self._mlp(layer, h + linear(mixed.transpose(1, 2).flatten(2), layer.attention_out))

    def _mlp(self, layer: _Layer, h: Tensor) -> Tensor:
        x, gate = linear(self._norm(h, layer.mlp_norm).to(self._type), layer.mlp_in).chunk(2, dim=-1)
        return h + linear(gelu(x) * gate, layer.mlp_out)
