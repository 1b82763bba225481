"""The shipped architecture, run without the library that trained it, and with nothing done twice.

ModernBERT as Hugging Face runs it computes every token of the last layer; a
masked row asks for one. Here the last layer works at the places asked only,
matrices are multiplied in bf16 where the processor has units for it, and the
residual stream stays in fp32, so that findings do not change. Reading the
weights directly also spares two seconds of imports at the start.

Source: B. Warner and others, "Smarter, better, faster, longer" (2024).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import gelu, layer_norm, linear, scaled_dot_product_attention

from mtcheck.scoring.encoder import Tokens

WEIGHTS = "model.safetensors"
# Special tokens of the tokenizer that we train.
_CLS, _SEP, _PAD, _UNK, _MASK = "[CLS]", "[SEP]", "[PAD]", "[UNK]", "[MASK]"


def has_fast_bf16() -> bool:
    """True if the processor multiplies bf16 matrices in hardware."""
    return bool(torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported())


def fits(folder: Path) -> bool:
    """True if the folder holds a ModernBERT without what this file leaves out, and our kind of tokenizer."""
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
        tokenizer = json.loads((folder / "tokenizer.json").read_text("utf-8"))
        special = {t["content"] for t in tokenizer["added_tokens"]}
        return (
            config["model_type"] == "modernbert"
            and set(config["layer_types"]) == {"full_attention"}
            and config["hidden_activation"] == config["classifier_activation"] == "gelu"
            and not any(config[k] for k in ("attention_bias", "mlp_bias", "norm_bias", "classifier_bias"))
            and config["decoder_bias"]
            and config["rope_parameters"]["full_attention"]["rope_type"] == "default"
            and {_CLS, _SEP, _PAD, _UNK, _MASK} <= special
            and (folder / WEIGHTS).is_file()
        )
    except (KeyError, TypeError, ValueError):
        return False


@dataclass(frozen=True)
class _Layer:
    attention_norm: Tensor | None
    qkv: Tensor
    attention_out: Tensor
    mlp_norm: Tensor
    mlp_in: Tensor
    mlp_out: Tensor


class LeanEncoder:
    """An Encoder that reads a model folder for which `fits` is true; states come in fp32.

    Raises OSError, ValueError, KeyError or SafetensorError if the folder is broken.
    """

    def __init__(self, folder: Path, *, bf16: bool) -> None:
        from safetensors.torch import load_file
        from tokenizers import Tokenizer

        config = json.loads((folder / "config.json").read_text("utf-8"))
        weights = {k: v.float() for k, v in load_file(folder / WEIGHTS).items()}
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        by_token = self._tokenizer.get_vocab()
        self.before, self.after = [by_token[_CLS]], [by_token[_SEP]]
        self.mask, self.pad = by_token[_MASK], by_token[_PAD]
        self.unknown: int | None = by_token[_UNK]
        self.vocabulary = [""] * config["vocab_size"]
        for token, i in by_token.items():
            self.vocabulary[i] = token
        self.hidden: int = config["hidden_size"]
        self.limit: int = config["max_position_embeddings"]
        self._type = torch.bfloat16 if bf16 else torch.float32
        self._heads: int = config["num_attention_heads"]
        self._size = self.hidden // self._heads
        self._eps: float = config["norm_eps"]
        self._embedding = weights["model.embeddings.tok_embeddings.weight"]
        self._embedding_norm = weights["model.embeddings.norm.weight"]
        self._final_norm = weights["model.final_norm.weight"]
        self._dense = weights["head.dense.weight"].to(self._type)
        self._dense_norm = weights["head.norm.weight"]
        self._decoder = weights.get("decoder.weight", self._embedding).to(self._type)
        self._decoder_bias = weights["decoder.bias"]
        self._layers = [self._read_layer(weights, i) for i in range(config["num_hidden_layers"])]
        theta = config["rope_parameters"]["full_attention"]["rope_theta"]
        steps = 1.0 / theta ** (torch.arange(0, self._size, 2).float() / self._size)
        angles = torch.outer(torch.arange(self.limit).float(), steps)
        angles = torch.cat((angles, angles), dim=-1)
        self._cos, self._sin = angles.cos().to(self._type), angles.sin().to(self._type)

    def _read_layer(self, weights: Mapping[str, Tensor], i: int) -> _Layer:
        def get(name: str) -> Tensor:
            return weights[f"model.layers.{i}.{name}.weight"]

        return _Layer(
            weights.get(f"model.layers.{i}.attn_norm.weight"),
            get("attn.Wqkv").to(self._type),
            get("attn.Wo").to(self._type),
            get("mlp_norm"),
            get("mlp.Wi").to(self._type),
            get("mlp.Wo").to(self._type),
        )

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """Return the tokens of each text, without special ones."""
        found: list[Any] = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [(e.ids, e.offsets) for e in found]

    def states(self, ids: Tensor, shown: Tensor | None = None) -> Tensor:
        """(rows, tokens) ids -> (rows, tokens, hidden). `shown` is false where a row is padded."""
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
        x = self._normed(h, last.attention_norm)
        k, v = self._split(linear(x, last.qkv[width:]), 2)
        (q,) = self._split(linear(x[rows, places][:, None], last.qkv[:width]), 1)
        q = self._turn(q, self._cos[places][:, None, None], self._sin[places][:, None, None])
        k = self._turn(k, self._cos[: k.shape[2]], self._sin[: k.shape[2]])
        mixed = scaled_dot_product_attention(q, k, v, attn_mask=mask)
        one = h[rows, places] + linear(mixed.transpose(1, 2).flatten(1), last.attention_out)
        return self._norm(self._mlp(last, one), self._final_norm)

    def logits(self, states: Tensor) -> Tensor:
        """(rows, hidden) -> (rows, vocabulary)."""
        inner = self._norm(gelu(linear(states.to(self._type), self._dense)).float(), self._dense_norm)
        return linear(inner.to(self._type), self._decoder).float() + self._decoder_bias

    def _embed(self, ids: Tensor) -> Tensor:
        return self._norm(self._embedding[ids], self._embedding_norm)

    def _norm(self, h: Tensor, weight: Tensor) -> Tensor:
        return layer_norm(h, weight.shape, weight, None, self._eps)

    def _normed(self, h: Tensor, weight: Tensor | None) -> Tensor:
        """The first layer has no norm before its attention: the embedding's own comes last."""
        return (h if weight is None else self._norm(h, weight)).to(self._type)

    def _split(self, x: Tensor, parts: int) -> tuple[Tensor, ...]:
        rows, tokens, _ = x.shape
        return x.view(rows, tokens, parts, self._heads, self._size).transpose(1, 3).unbind(2)

    def _turn(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        """Rotate by position, as the model was trained (RoPE)."""
        a, b = x.chunk(2, dim=-1)
        return x * cos + torch.cat((-b, a), dim=-1) * sin

    def _layer(self, layer: _Layer, h: Tensor, mask: Tensor | None) -> Tensor:
        q, k, v = self._split(linear(self._normed(h, layer.attention_norm), layer.qkv), 3)
        cos, sin = self._cos[: q.shape[2]], self._sin[: q.shape[2]]
        mixed = scaled_dot_product_attention(
            self._turn(q, cos, sin), self._turn(k, cos, sin), v, attn_mask=mask
        )
        return self._mlp(layer, h + linear(mixed.transpose(1, 2).flatten(2), layer.attention_out))

    def _mlp(self, layer: _Layer, h: Tensor) -> Tensor:
        x, gate = linear(self._norm(h, layer.mlp_norm).to(self._type), layer.mlp_in).chunk(2, dim=-1)
        return h + linear(gelu(x) * gate, layer.mlp_out)
