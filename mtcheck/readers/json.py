"""JSON: the strings under keys of prose, in file order, each with its escapes mapped.

A string in a list belongs to the key of the list. A string in an object
belongs to its own key, except `rendered` and `value`, which publishing
systems put between a key and its text. The scanner keeps its own stack, so
depth costs nothing but memory.
"""

import re
from collections.abc import Collection

from mtcheck.readers.assemble import Assembler, decoded
from mtcheck.readers.decode import Unreadable
from mtcheck.readers.fields import TEXT_KEYS, chosen, no_text, normalized, take
from mtcheck.text import Document

_TOKEN = re.compile(
    r"[ \t\r\n]*+(?:(?P<mark>[\[\]{},:])"
    r'|"(?P<string>(?:[^"\\]|\\.)*+)"'
    r"|(?P<word>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null|NaN|-?Infinity)\b))",
    re.S,
)
_BLANKS = re.compile(r"[ \t\r\n]*+")
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.S
)
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
_PAIR = len(r"\ud83d\ude00")
_NAMED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_PASSED_THROUGH = frozenset({"rendered", "value"})


def read(text: str, name: str, keys: Collection[str] = TEXT_KEYS) -> Document:
    """Return the values under `keys`, each a paragraph or more. Raises Unreadable where it is no JSON."""
    into = Assembler(text, name)
    if text.strip():
        scanner = Scanner(into, keys)
        scanner.scan(0, len(text))
        scanner.finish()
    return into.document()


class Scanner:
    """Walks JSON values and hands the strings of prose to an assembler."""

    def __init__(self, into: Assembler, keys: Collection[str]) -> None:
        self._into = into
        self._keys = chosen(keys)
        self._found = False

    def scan(self, start: int, end: int) -> None:
        """Read the one value between `start` and `end`. Raises Unreadable."""
        source = self._into.source
        # One entry for each open container: what closes it, and whether its own key is one of prose.
        open_: list[tuple[str, bool]] = []
        is_prose = False
        expected = "value"
        at = start
        while expected != "end":
            m = _TOKEN.match(source, at, end)
            if m is None:
                raise self._refused(_BLANKS.match(source, at, end).end())  # type: ignore[union-attr]
            place = m.end() - 1 if m["mark"] else m.start(m.lastgroup or 0) - (m["string"] is not None)
            token = m["mark"] or ("string" if m["string"] is not None else "word")
            at = m.end()
            if token in ("[", "{") and expected in ("value", "value or ]"):
                open_.append(("]" if token == "[" else "}", is_prose))
                expected = "value or ]" if token == "[" else "key or }"
                continue
            if token in ("string", "word") and expected in ("value", "value or ]"):
                if token == "string":
                    self._string(m.start("string"), m.end("string"), is_prose=is_prose)
            elif token == "string" and expected in ("key", "key or }"):
                self._check(m.start("string"), m.end("string"))
                is_prose = self._is_prose(_unquoted(m["string"]), inherited=open_[-1][1])
                expected = ":"
                continue
            elif token == ":" and expected == ":":
                expected = "value"
                continue
            elif token == "," and expected == "more":
                expected = "value" if open_[-1][0] == "]" else "key"
                is_prose = open_[-1][1]
                continue
            elif token in ("]", "}") and open_ and open_[-1][0] == token and expected not in _UNFINISHED:
                is_prose = open_.pop()[1]
            else:
                raise self._refused(place)
            expected = "more" if open_ else "end"
        rest = _BLANKS.match(source, at, end).end()  # type: ignore[union-attr]
        if rest < end:
            raise self._refused(rest)

    def finish(self) -> None:
        """Raise Unreadable when no key of prose was met: silence would pass for praise."""
        if not self._found:
            raise Unreadable(no_text(self._into.name, "keys"))

    def _is_prose(self, key: str, *, inherited: bool) -> bool:
        plain = normalized(key)
        is_chosen = plain in self._keys
        self._found |= is_chosen
        return is_chosen or (inherited and plain in _PASSED_THROUGH)

    def _check(self, start: int, end: int) -> None:
        bad = next(
            (
                m
                for m in _ESCAPE.finditer(self._into.source, start, end)
                if _BAD_ESCAPE.match(self._into.source, m.start(), end)
            ),
            None,
        )
        if bad is not None:
            raise self._refused(bad.start())

    def _string(self, start: int, end: int, *, is_prose: bool) -> None:
        self._check(start, end)
        if not is_prose:
            return
        value = Assembler(self._into.source, self._into.name)
        decoded(value, start, end, _ESCAPE, _unescaped)
        take(self._into, value.document())

    def _refused(self, at: int) -> Unreadable:
        into = self._into
        line, column = Document("", into.name, into.source).line_col(at)
        return Unreadable(
            f"{into.name}: not JSON at line {line}, column {column}; mend it, or save the article as text"
        )


_UNFINISHED = frozenset({"value", "key", ":"})


def _unquoted(raw: str) -> str:
    return _ESCAPE.sub(_unescaped, raw) if "\\" in raw else raw


def _unescaped(m: re.Match[str]) -> str:
    whole = m[0]
    if whole[1] != "u" or len(whole) < 6:
        return _NAMED.get(whole[1], whole[1])
    if len(whole) == _PAIR:
        high, low = int(whole[2:6], 16), int(whole[8:], 16)
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    code = int(whole[2:], 16)
    # Half a character can't be printed.
    return "\N{REPLACEMENT CHARACTER}" if 0xD800 <= code < 0xE000 else chr(code)
