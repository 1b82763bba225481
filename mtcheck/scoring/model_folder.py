"""What can be told of a model folder without loading the model. No torch here."""

import hashlib
import json
import math
from pathlib import Path

FREQUENCIES = "token_counts.json"
_SHAPES_SCORES = frozenset({".safetensors", ".json"})
# The manifest says where the weights came from, not what they are.
_TELLS_ONLY = frozenset({"manifest.json"})


def signature(folder: Path) -> str:
    """A model folder's name and a short hash of all that shapes a score: another model, another signature.

    Raises OSError if the folder can't be read.
    """
    h = hashlib.blake2b(digest_size=6)
    for file in sorted(folder.iterdir()):
        if file.suffix in _SHAPES_SCORES and file.name not in _TELLS_ONLY:
            with file.open("rb") as f:
                h.update(file.name.encode() + hashlib.file_digest(f, "blake2b").digest())
    return f"{folder.name}:{h.hexdigest()}"


def token_bits(folder: Path) -> list[float] | None:
    """Bits of each token without context, from counts kept beside the model; None without them."""
    file = folder / FREQUENCIES
    if not file.is_file():
        return None
    counts = json.loads(file.read_text("utf-8"))
    total = sum(counts) + len(counts)
    return [math.log2(total / (c + 1)) for c in counts]
