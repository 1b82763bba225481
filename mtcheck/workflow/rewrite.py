"""Write a changed article back: the same encoding, mark and mode, all of it or nothing.

The new text goes to a file beside the old one and takes its name in one step,
so a reader sees the old article or the new one, never a half.
"""

import codecs
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
# UTF-8 first: what can be read as it, is.
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp1252")


class NotWritten(Exception):
    """Why a file was left as it is, in one line."""


@dataclass(frozen=True)
class Coding:
    """How a file's text became bytes: the encoding, and the mark before it."""

    encoding: str
    mark: str = ""

    def encoded(self, text: str) -> bytes:
        """The bytes of the text, with the mark."""
        return (self.mark + text).encode(self.encoding)


def coding_of(data: bytes, text: str) -> Coding:
    """Find the coding that turns `text` back into exactly `data`. Raises NotWritten.

    There is none where bytes were read as stand-ins, and writing would spoil them.
    """
    if not data:
        return Coding("utf-8")
    # UTF-32 first: its mark begins with that of UTF-16.
    marked = [m for m in (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE) if data.startswith(m)]
    order = sorted(_ENCODINGS, key=lambda e: not e.startswith("utf-32")) if marked else _ENCODINGS
    guess = None if _is_utf8(data) else from_bytes(data).best()
    for encoding in (*order, *([guess.encoding] if guess is not None else [])):
        for mark in ("", _MARK, _MARK * 2):
            coding = Coding(encoding, mark)
            try:
                if coding.encoded(text) == data:
                    return coding
            except UnicodeEncodeError:
                break
    raise NotWritten("holds bytes of no known encoding; save it as UTF-8 first")


def rewrite(path: Path, before: bytes, after: bytes) -> None:
    """Replace the file's content, which must still be `before`. Raises NotWritten.

    A link stays a link: the file that it names is rewritten.
    """
    real = Path(os.path.realpath(path))
    beside = ""
    try:
        mode = stat.S_IMODE(real.stat().st_mode)
        if not os.access(real, os.W_OK):
            raise NotWritten("may not be written; check its permissions")
        with tempfile.NamedTemporaryFile(dir=real.parent, prefix=f".{real.name[:64]}.", delete=False) as new:
            beside = new.name
            new.write(after)
            new.flush()
            os.fsync(new.fileno())
        os.chmod(beside, mode)
        if real.read_bytes() != before:
            raise NotWritten("changed while it was read; nothing was written, run mtcheck again")
        os.replace(beside, real)
        beside = ""
    except OSError as error:
        raise NotWritten(f"can't be written ({error.strerror or error})") from None
    finally:
        if beside:
            Path(beside).unlink(missing_ok=True)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
