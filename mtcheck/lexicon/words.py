"""The English words: forms that edited English writes in lower case.

Made from a training corpus by `python -m mtcheck.lexicon.words SHARD... OUT`:
every form that stands there in lower case often enough. A list of facts about
English, no text of anybody's.
"""

import json
import lzma
import subprocess
import sys
from collections import Counter
from functools import cache
from importlib.resources import files
from pathlib import Path

import regex

TABLE = "words.txt.xz"
_LOWER = regex.compile(r"(?<![\p{L}\p{N}’'-])\p{Ll}{2,}(?![\p{L}\p{N}])")
# Below this a form is as likely to be a slip as a word.
FEWEST = 8


@cache
def english_words() -> frozenset[str]:
    """Return the words, all in lower case."""
    raw = lzma.decompress((files("mtcheck") / "lexicon" / TABLE).read_bytes())
    return frozenset(raw.decode("utf-8").split("\n"))


def main(arguments: list[str]) -> None:
    """Count the forms of the shards and write the list to the last argument."""
    *shards, out = map(Path, arguments)
    seen: Counter[str] = Counter()
    for shard in shards:
        command = ["zstd", "-dc", "--long=27", str(shard)] if shard.suffix == ".zst" else ["cat", str(shard)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as unpacking:
            assert unpacking.stdout is not None
            for line in unpacking.stdout:
                seen.update(_LOWER.findall(json.loads(line)["text"]))
    kept = sorted(w for w, n in seen.items() if n >= FEWEST)
    out.write_bytes(lzma.compress("\n".join(kept).encode("utf-8"), preset=9))


if __name__ == "__main__":
    main(sys.argv[1:])
