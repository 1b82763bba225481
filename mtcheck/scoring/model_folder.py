"""What can be told of a model folder without loading the model. No torch here."""

import hashlib
import json
import math
from importlib.resources import files
from pathlib import Path

FREQUENCIES = "token_counts.json"
_SHAPES_SCORES = frozenset({".safetensors", ".json"})
MANIFEST = "manifest.json"
# What makes a word's rarity, a part of its score.
PAIR_FILES = ("rare_pairs.py", "word_pairs.py", "word_pairs.xz")


def signature(folder: Path) -> str:
    """A model folder's name and a short hash of all that shapes a score: another model, another signature.

    The table of word pairs is part of it, since each score holds a word's rarity.

    Raises OSError if the folder can't be read.
    """
    h = hashlib.blake2b(digest_size=6)
    for file in sorted(folder.iterdir()):
        if file.suffix in _SHAPES_SCORES and file.name != MANIFEST:
            with file.open("rb") as f:
                h.update(file.name.encode() + hashlib.file_digest(f, "blake2b").digest())
    for name in PAIR_FILES:
        h.update((files("mtcheck") / "lexicon" / name).read_bytes())
    return f"{folder.name}:{h.hexdigest()}"


def sha256(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def check_weights(folder: Path) -> None:
    """Compare the weights with the manifest, where there is one. Raises ValueError, naming what differs."""
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return
    said = json.loads(manifest.read_text("utf-8"))
    said = said.get("weights") if isinstance(said, dict) else None
    if not isinstance(said, dict):
        raise ValueError(f"{MANIFEST} names no weights")
    for name, wanted in said.items():
        if not (folder / name).is_file() or sha256(folder / name) != wanted:
            raise ValueError(f"{name} is not the file that {MANIFEST} names; fetch the model folder again")


def token_bits(folder: Path) -> list[float] | None:
    """Bits of each token without context, from counts kept beside the model; None without them."""
    file = folder / FREQUENCIES
    if not file.is_file():
        return None
    counts = json.loads(file.read_text("utf-8"))
    total = sum(counts) + len(counts)
    return [math.log2(total / (c + 1)) for c in counts]
