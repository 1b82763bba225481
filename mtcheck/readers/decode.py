"""Bytes to text, or one clear line that says why not.

Newlines stay as they are. A byte-order mark is taken off, so offsets count
from the first character after it.
"""

import codecs

from charset_normalizer import from_bytes


class Unreadable(Exception):
    """What can't be read as an article: one line with the name of it and the way out."""


# No article is as large; the rules would be at one such file for minutes and hold gigabytes.
MOST_BYTES = 32 << 20
_SAVE_AS = "save it as plain text, Markdown or HTML first"
# First bytes -> what the file is and what to do with it.
_MAGIC = (
    (b"%PDF-", f"a PDF; {_SAVE_AS}"),
    (b"PK\x03\x04", f"a zip archive or an office document; if it is Word, call it .docx, else {_SAVE_AS}"),
    (b"\xd0\xcf\x11\xe0", f"an old Office document; {_SAVE_AS}"),
    (b"{\\rtf", f"rich text (RTF); {_SAVE_AS}"),
    (b"\x1f\x8b", "compressed (gzip); unpack it first"),
    (b"BZh", "compressed (bzip2); unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed (zstd); unpack it first"),
    (b"\xfd7zXZ", "compressed (xz); unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it first"),
    (b"\x89PNG", "an image; give its text instead"),
    (b"\xff\xd8\xff", "an image; give its text instead"),
    (b"GIF8", "an image; give its text instead"),
    (b"\x7fELF", "a program"),
)
# UTF-32 first: its mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_SAMPLE = 1 << 16
# More than one control character in a hundred is no article.
_MOST_CONTROLS = 0.01
# English in a Western encoding is nearly all ASCII: accents and curly quotes only.
_MOST_WESTERN = 0.1


def too_large(name: str) -> Unreadable:
    """The error for a file above MOST_BYTES."""
    return Unreadable(f"{name}: is larger than {MOST_BYTES >> 20} MiB; split it into articles first")


def decode(data: bytes, name: str) -> str:
    """Return the text of `data` without a byte-order mark. Raises Unreadable."""
    if len(data) > MOST_BYTES:
        raise too_large(name)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                if encoding != "utf-8":
                    at = error.start + len(mark)
                    raise Unreadable(
                        f"{name}: says {encoding}, but byte {at} is not; save it as UTF-8"
                    ) from None
                data = data[len(mark) :]
    for magic, advice in _MAGIC:
        if data.startswith(magic):
            raise Unreadable(f"{name}: is {advice}")
    if b"\0" in data:
        return _wide(data, name)
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > _MOST_CONTROLS * len(sample) and controls > 1:
        raise Unreadable(f"{name}: is not text; {_SAVE_AS}")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _foreign(data, name)


def _wide(data: bytes, name: str) -> str:
    """UTF-16 without its mark: in English every other byte is zero."""
    sample = data[:_SAMPLE]
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if len(data) % 2 == 0 and max(odd, even) > len(sample) * 0.4 and min(odd, even) == 0:
        try:
            return data.decode("utf-16-le" if odd else "utf-16-be")
        except UnicodeDecodeError:
            pass
    raise Unreadable(f"{name}: is not text (it holds zero bytes); {_SAVE_AS}")


def _foreign(data: bytes, name: str) -> str:
    """What is not UTF-8: broken UTF-8, Western, or what charset-normalizer says."""
    repaired = data.decode("utf-8", "replace")
    lost = repaired.count("\N{REPLACEMENT CHARACTER}")
    good = len(repaired) - len(repaired.encode("ascii", "ignore")) - lost
    if good > lost:
        # A few bad bytes in UTF-8: reading all of it as Western would spoil every accent.
        return repaired
    high = len(data) - len(data.decode("ascii", "ignore"))
    if high <= _MOST_WESTERN * len(data):
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            pass
    best = from_bytes(data[:_SAMPLE]).best()
    if best is not None:
        try:
            text = data.decode(best.encoding)
        except UnicodeDecodeError:
            text = ""
        odd = sum("\x7f" <= c <= "\x9f" for c in text)
        if text and odd <= _MOST_CONTROLS * len(text):
            return text
    raise Unreadable(f"{name}: its encoding can't be told; save it as UTF-8")
