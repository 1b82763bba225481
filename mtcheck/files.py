"""Which files to read: names, folders, patterns and `-`, in a fixed order and each once.

A file that is named is always taken. Folders and patterns give the files of
known suffixes only, and pass by what is hidden. Links to folders are not
followed inside a folder, so a loop of links does no harm.
"""

import os
import re
import stat
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

STDIN = "-"
_MAGIC = re.compile(r"[*?\[]")
_PASSED_BY = frozenset({"node_modules", "__pycache__"})


@dataclass(frozen=True)
class Chosen:
    """A file to read; `path` is None for standard input."""

    name: str
    path: Path | None


@dataclass(frozen=True)
class Refused:
    """An argument that gives nothing to read, and why in one line."""

    name: str
    message: str


def choose(arguments: Sequence[str], suffixes: Collection[str]) -> Iterator[Chosen | Refused]:
    """Yield the files that `arguments` name, in their order; those of one folder or pattern are sorted.

    `suffixes` (lower case, with the dot) are those taken from folders.
    """
    seen: set[str] = set()
    for argument in arguments:
        for item in _chosen(argument, suffixes):
            if isinstance(item, Chosen):
                key = STDIN if item.path is None else os.path.realpath(item.path)
                if key in seen:
                    continue
                seen.add(key)
            yield item


def _chosen(argument: str, suffixes: Collection[str]) -> Iterator[Chosen | Refused]:
    if argument == STDIN:
        yield Chosen("<stdin>", None)
        return
    if not argument:
        yield Refused("''", "an empty name")
        return
    path = Path(argument)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        if _MAGIC.search(argument):
            yield from _matched(argument, suffixes)
        elif isinstance(error, FileNotFoundError):
            yield Refused(argument, "no such file or folder")
        else:
            yield Refused(argument, f"can't be read ({getattr(error, 'strerror', None) or error})")
        return
    if stat.S_ISDIR(mode):
        yield from _in_folder(path, suffixes)
    elif stat.S_ISCHR(mode) or stat.S_ISBLK(mode) or stat.S_ISSOCK(mode):
        yield Refused(argument, "is a device, not a file")
    else:
        yield Chosen(str(path), path)


def _in_folder(folder: Path, suffixes: Collection[str]) -> Iterator[Chosen | Refused]:
    found: list[Path] = []
    refused: list[Refused] = []

    def refuse(error: OSError) -> None:
        refused.append(Refused(str(error.filename), f"can't be read ({error.strerror})"))

    for at, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [f for f in folders if not _is_passed_by(f)]
        found += [Path(at, n) for n in names if not _is_passed_by(n) and Path(n).suffix.lower() in suffixes]
    # A pipe would wait for ever, and a link may lead nowhere.
    regular = sorted(f for f in found if f.is_file())
    yield from refused
    yield from (Chosen(str(f), f) for f in regular)
    if not regular and not refused:
        yield Refused(str(folder), f"no articles in this folder (looked for {_listed(suffixes)})")


def _matched(pattern: str, suffixes: Collection[str]) -> Iterator[Chosen | Refused]:
    parts = Path(pattern).parts
    magic = next(i for i, part in enumerate(parts) if _MAGIC.search(part))
    base, rest = Path(*parts[:magic]), Path(*parts[magic:])
    # "*.log" asks for logs; "**/*" asks for articles, not for every picture beside them.
    by_suffix = not rest.suffix or bool(_MAGIC.search(rest.suffix))
    hidden_asked = any(part.startswith(".") for part in rest.parts)
    try:
        found = sorted(f for f in base.glob(str(rest)) if f.is_file())
    except (ValueError, NotImplementedError, re.error) as error:
        yield Refused(pattern, f"not a pattern ({error})")
        return
    any_match = False
    for f in found:
        inside = f.relative_to(base).parts
        if (any(map(_is_passed_by, inside)) and not hidden_asked) or (
            by_suffix and f.suffix.lower() not in suffixes
        ):
            continue
        any_match = True
        yield Chosen(str(f), f)
    if not any_match:
        yield Refused(pattern, "no article matches this pattern")


def _is_passed_by(name: str) -> bool:
    return name.startswith(".") or name in _PASSED_BY


def _listed(suffixes: Collection[str]) -> str:
    return ", ".join(sorted(suffixes))
