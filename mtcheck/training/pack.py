"""Shards -> one flat file of token ids per shard, ready to be cut into rows."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from mtcheck.training import corpus


def _batches(texts: Iterator[str], size: int) -> Iterator[list[str]]:
    while batch := list(islice(texts, size)):
        yield batch


def pack_shard(shard: Path, tokenizer_folder: Path, out: Path) -> int:
    """Write the shard's token ids as little-endian uint16 to `out`; return their number.

    Documents follow one another, each ended by [SEP]. A finished file is kept:
    it appears under its name only when it is whole.
    """
    import numpy as np
    from tokenizers import Tokenizer

    if out.exists():
        return out.stat().st_size // 2
    tokenizer = Tokenizer.from_file(str(tokenizer_folder / "tokenizer.json"))
    if tokenizer.get_vocab_size() > 2**16:
        raise ValueError("more than 65,536 tokens do not fit into uint16")
    sep = tokenizer.token_to_id("[SEP]")
    part = out.with_suffix(".part")
    total = 0
    with part.open("wb") as f:
        for batch in _batches(corpus.sample(shard), 64):
            for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
                ids = np.array([*encoding.ids, sep], dtype="<u2")
                total += len(ids)
                f.write(ids.tobytes())
    part.rename(out)
    return total
