"""Reading a table: tab-separated, first row the names of the columns, `#` lines are comments."""

from collections.abc import Iterator
from importlib.resources import files

_TABLES = files("mtcheck") / "lexicon"


def rows(name: str, columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of table `name`.

    Raises ValueError, naming the table and line, if a row has not `columns`.
    """
    text = (_TABLES / name).read_text("utf-8")
    head: tuple[str, ...] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        row = tuple(line.split("\t"))
        if head is None:
            head = row
            if head != columns:
                raise ValueError(f"{name}:{number}: columns are {head}, expected {columns}")
            continue
        if len(row) != len(columns):
            raise ValueError(f"{name}:{number}: {len(row)} columns, expected {len(columns)}")
        yield row
