"""From the bytes of UTF-8 to characters."""

import re
from bisect import bisect_right

# Characters of one width side by side.
_SAME_WIDTH = re.compile("[\x80-\u07ff]+|[\u0800-\uffff]+|[\U00010000-\U0010ffff]+")


class CharacterOffsets:
    """Turns byte offsets into a text's UTF-8 into character offsets; memory only for what is not ASCII."""

    def __init__(self, text: str) -> None:
        self._bytes = [0]
        self._characters = [0]
        self._widths = [1]
        if text.isascii():
            return
        byte = character = 0
        for m in _SAME_WIDTH.finditer(text):
            byte += m.start() - character
            width = len(m[0][0].encode())
            self._add(byte, m.start(), width)
            byte += width * len(m[0])
            character = m.end()
            self._add(byte, character, 1)

    def _add(self, byte: int, character: int, width: int) -> None:
        self._bytes.append(byte)
        self._characters.append(character)
        self._widths.append(width)

    def of(self, byte: int) -> int:
        """The offset of the character that begins at `byte`."""
        i = bisect_right(self._bytes, byte) - 1
        return self._characters[i] + (byte - self._bytes[i]) // self._widths[i]
