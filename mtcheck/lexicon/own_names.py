"""A desk's own names: a small table that is read on top of the one that ships.

Tab-separated lines of variant and preferred form; `#` begins a comment. A row
whose two forms are equal says that the form is right, and silences the
shipped table.
"""

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from mtcheck.lexicon.names import HOUSE, NameEntry

HEAD = "variant\tpreferred"
_STYLES = Path(str(files("mtcheck"))) / "lexicon" / "styles"


def read_own_names(file: Path) -> tuple[NameEntry, ...]:
    """Return the rows of a desk's table. Raises ValueError, naming file and line, or the file alone."""
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except OSError as error:
        raise ValueError(f"{file}: can't be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ValueError(f"{file}: not UTF-8; save it as UTF-8") from None
    entries: dict[str, NameEntry] = {}
    numbers: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#") or line == HEAD:
            continue
        cells = [c.strip() for c in line.split("\t")]
        if len(cells) != 2 or not all(cells):
            raise ValueError(f"{file}:{number}: not two columns with a tab between: variant, preferred")
        variant, preferred = cells
        if not variant[0].isupper():
            raise ValueError(f"{file}:{number}: “{variant}” begins with no capital, so it is no name")
        if variant in entries:
            raise ValueError(f"{file}:{number}: “{variant}” stands in line {numbers[variant]} already")
        relation = "valid" if variant == preferred else HOUSE
        entries[variant], numbers[variant] = _entry(variant, preferred, relation, file), number
    for entry in entries.values():
        other = entries.get(entry.preferred)
        if other is not None and other.relation == HOUSE:
            line_of = numbers[entry.variant]
            raise ValueError(
                f"{file}:{line_of}: “{entry.preferred}” is itself replaced by “{other.preferred}”"
            )
    return tuple(entries.values())


def _entry(variant: str, preferred: str, relation: str, file: Path) -> NameEntry:
    return NameEntry(variant, preferred, "person", relation, "", "", str(file))


def add_own_name(file: Path, variant: str, preferred: str) -> None:
    """Add a row, making the file if it is new; the file stays as it was if the row is wrong.

    Raises ValueError as `read_own_names` does, OSError if the file can't be written.
    """
    if any(c in name for name in (variant, preferred) for c in "\t\n\r"):
        raise ValueError("a name holds no tab and no line break")
    before = file.read_text("utf-8-sig") if file.exists() else HEAD + "\n"
    if before and not before.endswith("\n"):
        before += "\n"
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(f"{before}{variant}\t{preferred}\n", "utf-8")
    try:
        read_own_names(beside)
    except ValueError as error:
        beside.unlink()
        raise ValueError(str(error).replace(str(beside), str(file))) from None
    beside.replace(file)


def styles() -> list[str]:
    """The houses whose forms ship with mtcheck."""
    return sorted(f.stem for f in _STYLES.glob("*.tsv"))


def style_file(name: str) -> Path:
    """The table of a house. Raises ValueError if there is none of this name."""
    if name not in styles():
        raise ValueError(f"no style “{name}”; there are {', '.join(styles())}")
    return _STYLES / f"{name}.tsv"


def read_all(tables: Iterable[Path]) -> tuple[NameEntry, ...]:
    """The rows of several tables; a later one beats an earlier one."""
    return tuple({e.variant: e for f in tables for e in read_own_names(f)}.values())
