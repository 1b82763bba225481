"""A trained checkpoint -> a model folder: weights, tokenizer, token counts, manifest, card."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from mtcheck.scoring.artefact_head import FILE as HEAD_FILE
from mtcheck.scoring.artefact_head import ArtefactHead, save_head
from mtcheck.scoring.model_folder import sha256
from mtcheck.training import loss_curve
from mtcheck.training.train import Progress, Recipe

_CARD = """# {name}

A small masked language model of edited English, trained from nothing for mtcheck.
It runs offline and loads with `AutoModelForMaskedLM`.

- Architecture: ModernBERT, {layers} layers, width {hidden}, {parameters:,} parameters, cased WordPiece of {vocabulary:,} tokens, rows of {row} tokens.
- Seen in training: {tokens:,} tokens in {steps:,} steps; whole words hidden at {rate_first:.0%}, falling to {rate_last:.0%}; Muon and AdamW, peak learning rate {lr}.
- Last training loss: {loss} nats a hidden token.
- Weights: bf16, safetensors, SHA-256 `{sha256}`.

## Data
Edited English of these kinds: news (Article-Bias-Prediction outlets, Reuters C50 and Reuters-21578,
BBC, CNN, Al Jazeera, Yahoo Finance, Fox News, OneStopEnglish), Wikipedia extracts (CC BY-SA 3.0, four documents in
ten kept), US government texts (public domain), open textbooks (OpenStax CC BY 4.0, Saylor
CC BY-NC-SA 3.0), speeches, Standard Ebooks fiction (CC0), technical documentation (MIT, Apache-2.0,
CC BY). The licences of the texts differ and some forbid commercial use of the texts themselves;
the model holds no text, only weights. Mostly US politics in the news part.

## Heads
- `artefact_head.safetensors`: how likely each token is part of an artefact, with nothing hidden. Trained
  together with the encoder on damage made from the corpus, on the model's own wrong guesses, and on
  half of the documents of real machine translation that people marked: WMT MQM and BioMQM
  (Apache-2.0), MLQE-PE (CC0).
- `verdict_head.safetensors` (written by `mtcheck calibrate`): how likely a passage as a whole came out of a
  machine. Fitted on half of the documents of English news translated back by machine (WMT15), of WMT21
  documents, and of French news by two engines of 2012, each beside its human version.
- `calibration.json`: thresholds from a quarter of clean news; the probability of a word from the dev half of
  our own labelled articles; that of a whole text from a quarter of the documents in two versions.

## Limits
A small model: it has seen {tokens_seen} tokens where a good one needs a billion. Its surprisal ranks
single words poorly in rare subjects, and its heads know the engines that they were shown; the detectors use
them as voices among several. English only.

## Loss
![Training loss by step](loss.svg)
"""


def write_model(
    model: Any,
    head: ArtefactHead,
    tokenizer: Path,
    packed: Sequence[Path],
    folder: Path,
    recipe: Recipe,
    progress: Progress,
) -> None:
    """Write everything that a user needs to load and judge the model into `folder`."""
    import torch

    folder.mkdir(parents=True, exist_ok=True)
    model.to(torch.bfloat16).save_pretrained(folder)
    save_head(head, folder)
    weights = folder / "model.safetensors"
    weights.chmod(0o644)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(tokenizer / name, folder / name)
    vocabulary = model.config.vocab_size
    counts = sum(np.bincount(np.fromfile(f, dtype="<u2"), minlength=vocabulary) for f in packed)
    (folder / "token_counts.json").write_text(
        json.dumps(np.asarray(counts).tolist(), separators=(",", ":")) + "\n", "utf-8"
    )
    manifest = {
        "recipe": asdict(recipe),
        "progress": {"step": progress.step, "tokens": progress.tokens, "curve": progress.curve},
        "data": {f.stem: sha256(f) for f in packed},
        "weights": {f.name: sha256(f) for f in (weights, folder / HEAD_FILE)},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
    card = _CARD.format(
        name=folder.name,
        parameters=sum(p.numel() for p in model.parameters()),
        vocabulary=vocabulary,
        tokens=progress.tokens,
        tokens_seen=f"{progress.tokens / 1e6:.0f} million",
        loss=progress.curve[-1][1] if progress.curve else "unknown",
        sha256=sha256(weights),
        **{
            k: getattr(recipe, k)
            for k in ("layers", "hidden", "row", "steps", "rate_first", "rate_last", "lr")
        },
    )
    (folder / "README.md").write_text(card, "utf-8")
    (folder / "loss.svg").write_text(loss_curve.as_svg(progress.curve), "utf-8")
