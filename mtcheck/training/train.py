"""Packed shards -> a masked language model in a standard Hugging Face architecture.

The same code runs on a CPU and on a GPU. It writes a checkpoint every few
minutes and goes on from the newest one, so a stop costs little.
"""

import json
import math
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from mtcheck.scoring.artefact_head import ArtefactHead
from mtcheck.training import batches, labelled, masking, optimiser
from mtcheck.training.damage import Damage, read_vocabulary


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
    damage: float = 0.06  # share of the words that an edit is tried on
    head_weight: float = 3.0  # of the artefact head's loss; the language model's is 1
    filled: int = 16  # rows of a step that the model filled in the step before
    labelled: int = 24  # rows of a step that are marked machine translation ...
    labelled_from: float = 0.75  # ... from this share of the steps on
    meaning_steps: int = 500  # steps between two looks at which words are near in meaning
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


def schedule(step: int, recipe: Recipe) -> float:
    """Return the factor on the learning rate: up, level, then straight down to zero."""
    up = min(1.0, (step + 1) / recipe.warm_up)
    left = (recipe.steps - step) / (recipe.steps * recipe.cool_down)
    return up * max(0.0, min(1.0, left))


def _save(folder: Path, parts: dict[str, Any], optimisers: list[Any], progress: Progress) -> None:
    part = folder / "checkpoint.part"
    state = {
        **{name: module.state_dict() for name, module in parts.items()},
        "optimisers": [o.state_dict() for o in optimisers],
        "progress": asdict(progress),
    }
    torch.save(state, part)
    part.replace(folder / "checkpoint.pt")


def _load(folder: Path, parts: dict[str, Any], optimisers: list[Any], device: torch.device) -> Progress:
    """Fill `parts` and `optimisers` from the newest checkpoint, if there is one."""
    newest = folder / "checkpoint.pt"
    if not newest.exists():
        return Progress()
    state = torch.load(newest, map_location=device, weights_only=True)
    for name, module in parts.items():
        module.load_state_dict(state[name])
    for o, s in zip(optimisers, state["optimisers"], strict=True):
        o.load_state_dict(s)
    return Progress(**state["progress"])


def _mark_loss(logits: Tensor, marks: Tensor, ids: Tensor, mask_id: int) -> Tensor:
    """Cross-entropy of the head over every token that is shown and judged."""
    asked = (marks >= 0) & (ids > mask_id)
    return torch.nn.functional.binary_cross_entropy_with_logits(logits[asked], marks[asked])


def run(
    files: list[Path],
    tokenizer_folder: Path,
    folder: Path,
    recipe: Recipe,
    *,
    seconds: float = math.inf,
    marked: list[Path] | None = None,
) -> tuple[Any, ArtefactHead, Progress]:
    """Train until the recipe's steps are done or `seconds` have passed; return model, head and progress.

    `marked` are files of labelled machine translation for the last steps. A
    run that is cut short by `seconds` leaves a checkpoint to go on from.
    """
    vocabulary = json.loads((tokenizer_folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    special = {n: vocabulary[f"[{n.upper()}]"] for n in ("pad", "cls", "sep", "mask")}
    size = -(-len(vocabulary) // 64) * 64
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    continues = torch.zeros(size, dtype=torch.bool, device=device)
    continues[[i for t, i in vocabulary.items() if t.startswith("##")]] = True

    folder.mkdir(parents=True, exist_ok=True)
    model = new_model(recipe, size, special).to(device)
    head = ArtefactHead(recipe.hidden).to(device)
    # Starting from each token's own frequency saves the first few hundred steps.
    counts = np.bincount(np.fromfile(files[0], dtype="<u2"), minlength=size)
    model.decoder.bias.data = torch.from_numpy(np.log((counts + 1.0) / counts.sum())).float().to(device)
    parts = {"model": model, "head": head}
    together = torch.nn.ModuleDict(parts)
    optimisers = optimiser.build(together, lr=recipe.lr, weight_decay=recipe.weight_decay)
    progress = _load(folder, parts, optimisers, device)
    generator = torch.Generator(device=device).manual_seed(recipe.seed + progress.step)

    damage = Damage(read_vocabulary(vocabulary, counts)) if recipe.damage else None
    common = {"width": recipe.row, "cls": special["cls"], "seed": recipe.seed}
    new_rows = batches.fresh(
        files,
        count=recipe.batch - recipe.filled,
        damage=damage,
        rate=recipe.damage,
        start=progress.step,
        **common,
    )
    real = None
    if marked:
        common["seed"] += progress.step
        real = batches.labelled(*labelled.read(marked, tokenizer_folder), count=recipe.labelled, **common)
    refilled: batches.Rows | None = None
    model.train()
    begun = saved = time.monotonic()
    before = progress.seconds
    with (folder / "log.jsonl").open("a", encoding="utf-8") as log:
        while progress.step < recipe.steps and time.monotonic() - begun < seconds:
            if damage is not None and progress.step % recipe.meaning_steps == 0 and progress.step:
                damage.learn_meaning(model.get_input_embeddings().weight.detach().float().cpu().numpy())
            done = progress.step / recipe.steps
            rate = recipe.rate_first + (recipe.rate_last - recipe.rate_first) * done
            rows = next(new_rows)
            ids, marks = rows.ids.to(device), rows.marks.to(device)
            if real is not None and done >= recipe.labelled_from:
                kept = len(ids) - recipe.labelled
                seen = next(real)
            else:
                kept, seen = len(ids), None
            # Rows with few words hidden look like the text that the head will judge.
            rates = 2 * rate * torch.rand((kept, 1), generator=generator, device=device)
            inputs, labels = masking.mask_whole_words(
                ids[:kept],
                continues,
                rate=rates,
                mask_id=special["mask"],
                generator=generator,
                never=marks[:kept] > 0,
            )
            others = [r for r in (seen, refilled) if r is not None]
            inputs = torch.cat([inputs, *(r.ids.to(device) for r in others)])
            marks = torch.cat([marks[:kept], *(r.marks.to(device) for r in others)])
            asked = torch.zeros(inputs.shape, dtype=torch.bool, device=device)
            asked[:kept] = labels != masking.IGNORED
            with torch.autocast(device.type, dtype=torch.bfloat16):
                states = model.model(input_ids=inputs).last_hidden_state
                logits = model.decoder(model.head(states[asked]))
                suspicion = head(states)
            words = torch.nn.functional.cross_entropy(logits.float(), labels[labels != masking.IGNORED])
            artefacts = _mark_loss(suspicion, marks, inputs, special["mask"])
            (words + recipe.head_weight * artefacts).backward()
            if recipe.filled:
                refilled = _fill(inputs[: recipe.filled], labels[: recipe.filled], logits, generator)
            torch.nn.utils.clip_grad_norm_(together.parameters(), 1.0)
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
                progress.curve.append((progress.step, round(words.item(), 4)))
                line = {
                    "step": progress.step,
                    "tokens": progress.tokens,
                    "loss": round(words.item(), 4),
                    "artefact_loss": round(artefacts.item(), 4),
                    "rate": round(rate, 3),
                    "seconds": round(progress.seconds, 1),
                }
                log.write(json.dumps(line) + "\n")
                log.flush()
            if time.monotonic() - saved > recipe.checkpoint_seconds:
                _save(folder, parts, optimisers, progress)
                saved = time.monotonic()
    _save(folder, parts, optimisers, progress)
    return model, head, progress


@torch.no_grad()
def _fill(inputs: Tensor, labels: Tensor, logits: Tensor, generator: torch.Generator) -> batches.Rows:
    """Fill the hidden tokens of the first rows with guesses drawn from the model."""
    asked = int((labels != masking.IGNORED).sum())
    chances = torch.softmax(logits[:asked].float(), dim=-1)
    guesses = torch.multinomial(chances, 1, generator=generator).squeeze(-1)
    return batches.filled(inputs, labels, guesses, ignored=masking.IGNORED)
