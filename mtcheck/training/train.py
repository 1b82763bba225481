"""Packed shards -> a masked language model in a standard Hugging Face architecture.

The same code runs on a CPU and on a GPU. It writes a checkpoint every few
minutes and goes on from the newest one, so a stop costs little.
"""

import json
import math
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from mtcheck.training import masking, optimiser


@dataclass(frozen=True)
class Recipe:
    """Everything that shapes a run; written into the model's manifest."""

    hidden: int = 256
    layers: int = 4
    heads: int = 4
    feed_forward: int = 512  # of a gated layer, so 3 matrices of hidden x feed_forward
    row: int = 128  # tokens in a training row
    batch: int = 64  # rows in a step
    steps: int = 6000
    warm_up: int = 200
    lr: float = 3e-3
    weight_decay: float = 0.05
    rate_first: float = 0.3
    rate_last: float = 0.15
    cool_down: float = 0.6  # share of the steps over which the learning rate falls to zero
    seed: int = 1
    positions: int = 512
    checkpoint_seconds: float = 240.0


@dataclass
class Progress:
    """Where a run stands; stored in each checkpoint."""

    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    curve: list[tuple[int, float]] = field(default_factory=list)


def new_model(recipe: Recipe, vocabulary: int, special: dict[str, int]) -> Any:
    """Return an untrained ModernBERT of the recipe's size."""
    from transformers import ModernBertConfig, ModernBertForMaskedLM

    torch.manual_seed(recipe.seed)
    config = ModernBertConfig(
        vocab_size=vocabulary,
        hidden_size=recipe.hidden,
        intermediate_size=recipe.feed_forward,
        num_hidden_layers=recipe.layers,
        num_attention_heads=recipe.heads,
        max_position_embeddings=recipe.positions,
        # Every layer sees the whole window: the windows are short.
        global_attn_every_n_layers=1,
        pad_token_id=special["pad"],
        cls_token_id=special["cls"],
        sep_token_id=special["sep"],
        bos_token_id=special["cls"],
        eos_token_id=special["sep"],
        sparse_prediction=True,
        sparse_pred_ignore_index=masking.IGNORED,
        tie_word_embeddings=True,
    )
    config._attn_implementation = "sdpa"
    return ModernBertForMaskedLM(config)


def rows(files: list[Path], recipe: Recipe, cls: int, *, start: int) -> Iterator[Tensor]:
    """Yield (batch, row) tensors of token ids for ever, from batch number `start` on.

    Each pass cuts the files at another offset and shuffles the rows anew.
    """
    data = np.concatenate([np.fromfile(f, dtype="<u2") for f in files])
    width = recipe.row - 1
    per_pass = (len(data) - width) // width // recipe.batch
    epoch, skip = divmod(start, per_pass)
    while True:
        rng = np.random.default_rng([recipe.seed, epoch])
        offset = int(rng.integers(width))
        order = rng.permutation((len(data) - offset) // width)
        for b in range(skip, per_pass):
            picked = order[b * recipe.batch : (b + 1) * recipe.batch]
            if len(picked) < recipe.batch:
                break
            cut = np.stack([data[offset + i * width : offset + (i + 1) * width] for i in picked])
            block = np.concatenate([np.full((recipe.batch, 1), cls), cut.astype(np.int64)], axis=1)
            yield torch.from_numpy(block)
        epoch, skip = epoch + 1, 0


def schedule(step: int, recipe: Recipe) -> float:
    """Return the factor on the learning rate: up, level, then straight down to zero."""
    up = min(1.0, (step + 1) / recipe.warm_up)
    left = (recipe.steps - step) / (recipe.steps * recipe.cool_down)
    return up * max(0.0, min(1.0, left))


def _save(folder: Path, model: Any, optimisers: list[Any], progress: Progress) -> None:
    part = folder / "checkpoint.part"
    state = {
        "model": model.state_dict(),
        "optimisers": [o.state_dict() for o in optimisers],
        "progress": asdict(progress),
    }
    torch.save(state, part)
    part.replace(folder / "checkpoint.pt")


def run(
    files: list[Path], tokenizer_folder: Path, folder: Path, recipe: Recipe, *, seconds: float = math.inf
) -> tuple[Any, Progress]:
    """Train until the recipe's steps are done or `seconds` have passed; return model and progress.

    A run that is cut short by `seconds` leaves a checkpoint to go on from.
    """
    vocabulary = json.loads((tokenizer_folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    special = {n: vocabulary[f"[{n.upper()}]"] for n in ("pad", "cls", "sep", "mask")}
    size = -(-len(vocabulary) // 64) * 64
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    continues = torch.zeros(size, dtype=torch.bool, device=device)
    continues[[i for t, i in vocabulary.items() if t.startswith("##")]] = True

    folder.mkdir(parents=True, exist_ok=True)
    model = new_model(recipe, size, special).to(device)
    # Starting from each token's own frequency saves the first few hundred steps.
    counts = np.bincount(np.fromfile(files[0], dtype="<u2"), minlength=size)
    model.decoder.bias.data = torch.from_numpy(np.log((counts + 1.0) / counts.sum())).float().to(device)
    optimisers = optimiser.build(model, lr=recipe.lr, weight_decay=recipe.weight_decay)
    progress = Progress()
    newest = folder / "checkpoint.pt"
    if newest.exists():
        state = torch.load(newest, map_location=device, weights_only=True)
        model.load_state_dict(state["model"])
        for o, s in zip(optimisers, state["optimisers"], strict=True):
            o.load_state_dict(s)
        progress = Progress(**state["progress"])
    generator = torch.Generator(device=device).manual_seed(recipe.seed + progress.step)
    model.train()
    begun = saved = time.monotonic()
    before = progress.seconds
    average = 0.0
    with (folder / "log.jsonl").open("a", encoding="utf-8") as log:
        for block in rows(files, recipe, special["cls"], start=progress.step):
            if progress.step >= recipe.steps or time.monotonic() - begun > seconds:
                break
            done = progress.step / recipe.steps
            rate = recipe.rate_first + (recipe.rate_last - recipe.rate_first) * done
            inputs, labels = masking.mask_whole_words(
                block.to(device), continues, rate=rate, mask_id=special["mask"], generator=generator
            )
            with torch.autocast(device.type, dtype=torch.bfloat16):
                loss = model(input_ids=inputs, labels=labels).loss
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            factor = schedule(progress.step, recipe)
            for o in optimisers:
                for group in o.param_groups:
                    group["lr"] = recipe.lr * factor
                o.step()
                o.zero_grad(set_to_none=True)
            progress.step += 1
            progress.tokens += inputs.numel()
            progress.seconds = before + time.monotonic() - begun
            if progress.step % 50 == 0:
                average = loss.item()
                progress.curve.append((progress.step, round(average, 4)))
                line = {
                    "step": progress.step,
                    "tokens": progress.tokens,
                    "loss": round(average, 4),
                    "rate": round(rate, 3),
                    "seconds": round(progress.seconds, 1),
                }
                log.write(json.dumps(line) + "\n")
                log.flush()
            if time.monotonic() - saved > recipe.checkpoint_seconds:
                _save(folder, model, optimisers, progress)
                saved = time.monotonic()
    _save(folder, model, optimisers, progress)
    return model, progress
