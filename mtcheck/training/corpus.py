"""Documents of a training corpus, read a line at a time.

A shard is JSON Lines, plain or compressed with Zstandard; each line is an
object with at least `text`, and `domain` where sampling by domain is wanted.
"""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Wikipedia extracts keep italics as straight quotes and some non-native
# English, so they are sampled; the other domains are taken whole.
SHARE_KEPT = {"wiki": 0.4}


def read_shard(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the documents of one shard.

    Raises OSError if the file can't be read, ValueError, naming file and line, if a
    line is no object with a text.
    """
    with path.open("rb") as raw:
        if path.suffix == ".zst":
            import zstandard

            # The shards are written with a 128 MiB window (zstd --long=27).
            stream: Any = zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(raw)
            lines = io.TextIOWrapper(stream, encoding="utf-8")
        else:
            lines = io.TextIOWrapper(raw, encoding="utf-8")
        for number, line in enumerate(lines, 1):
            try:
                record = json.loads(line)
            except ValueError as error:
                raise ValueError(f"{path}:{number}: no JSON ({error})") from error
            if not isinstance(record, dict) or "text" not in record:
                raise ValueError(f"{path}:{number}: no object with a text")
            yield record


def sample(path: Path) -> Iterator[str]:
    """Yield the texts of one shard, thinned by domain.

    Deterministic: a domain with share s keeps the documents whose running
    number crosses a whole number when multiplied by s.
    """
    seen: dict[str, int] = {}
    for document in read_shard(path):
        domain = document.get("domain", "")
        share = SHARE_KEPT.get(domain, 1.0)
        count = seen.get(domain, 0)
        seen[domain] = count + 1
        if int((count + 1) * share) > int(count * share):
            yield document["text"]
