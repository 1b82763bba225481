"""DEMETR: a JSON list of minimal pairs, a machine translation and the same damaged on purpose.

What differs between `mt_sent` and `pert_sent` is the label; words that were
only taken out leave none. The reference is `eng_sent`.
"""

import difflib
import json
import re
from collections.abc import Iterator
from pathlib import Path

from mtcheck.evaluate.records import Marked, Record
from mtcheck.text import Span

_TOKEN = re.compile(r"\w+|[^\w\s]|\s+")


def read_perturbed(path: Path) -> Iterator[Record]:
    """Yield a record a pair. Raises OSError, or ValueError naming the file."""
    try:
        rows = json.loads(path.read_text("utf-8"))
        if not isinstance(rows, list):
            raise ValueError("no list")
        for number, row in enumerate(rows, 1):
            id_ = f"{path.stem}:{row.get('id', number)}"
            clean, text = row["mt_sent"], row["pert_sent"]
            yield Record(
                id_,
                text,
                path.stem,
                id_,
                number,
                tuple(Marked(s, str(row.get("pert_name", path.stem))) for s in changed(clean, text)),
                labelled=True,
                language=str(row.get("lang_tag", "")),
                twin=clean,
                reference=row.get("eng_sent"),
                kind=str(row.get("pert_name", path.stem)),
            )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path}: no DEMETR file ({error})") from error


def changed(clean: str, text: str) -> list[Span]:
    """What stands in `text` and not in `clean`, token by token; white space alone is no span.

    >>> changed("He came home.", "He came came home.")
    [Span(start=3, end=7)]
    """
    before, after = _TOKEN.findall(clean), _TOKEN.findall(text)
    starts = [0]
    for token in after:
        starts.append(starts[-1] + len(token))
    found = []
    for kind, _, _, first, past in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        while first < past and after[first].isspace():
            first += 1
        while past > first and after[past - 1].isspace():
            past -= 1
        if first < past:
            found.append(Span(starts[first], starts[past]))
    return found
