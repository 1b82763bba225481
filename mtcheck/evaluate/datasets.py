"""One door to every format of labelled text; the name of the file says which it is."""

from collections.abc import Iterator
from pathlib import Path

from mtcheck.evaluate.corpora import load_set
from mtcheck.evaluate.json_lines import read_records_of_lines
from mtcheck.evaluate.mqm_table import read_mqm
from mtcheck.evaluate.perturbed import read_perturbed
from mtcheck.evaluate.records import Marked, Record
from mtcheck.evaluate.word_level import read_word_level

_BY_SUFFIX = {
    ".jsonl": read_records_of_lines,
    ".jsonl.zst": read_records_of_lines,
    ".tsv": read_mqm,
    ".mt": read_word_level,
    ".json": read_perturbed,
}


def read_records(path: Path, *, split: str | None = None) -> tuple[Record, ...]:
    """The records of a corpora folder, or of a file in one of the formats of this room.

    `split` chooses a half of a corpora folder. Raises OSError or ValueError,
    naming the file, if it can't be read.
    """
    if path.is_dir():
        return tuple(_records_of_folder(path, split))
    for suffix, read in _BY_SUFFIX.items():
        if path.name.endswith(suffix):
            return tuple(read(path))
    raise ValueError(f"{path}: not one of the formats {', '.join(_BY_SUFFIX)}")


def _records_of_folder(folder: Path, split: str | None) -> Iterator[Record]:
    for article in load_set(folder):
        if split not in (None, article.split):
            continue
        yield Record(
            article.file,
            article.text,
            folder.resolve().name,
            article.file,
            marked=tuple(Marked(x.span, str(x.category)) for x in article.labels),
            labelled=True,
            clean=article.clean,
            translated=not article.clean,
            language=article.language,
            whole=True,
        )
