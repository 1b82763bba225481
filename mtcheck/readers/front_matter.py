"""Front matter: the values that are printed (title, description, caption ...) become blocks.

YAML stands between lines of `---`, TOML between lines of `+++`, at the very
start of the file.
"""

import re
from collections.abc import Iterator

import yaml

from mtcheck.readers.assemble import Assembler, decoded

_PROSE = frozenset(
    (
        "title subtitle headline heading subheading standfirst description summary excerpt abstract lead "
        "lede deck dek teaser blurb tagline alt caption kicker intro highlights"
    ).split()
)
_YAML_ESCAPE = re.compile(
    r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|(?:\r\n|\r|\n)[ \t]*|.)|[ \t]*(?:\r\n|\r|\n)\s*"
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_YAML_QUOTE = re.compile(r"''|[ \t]*(?:\r\n|\r|\n)\s*")
_FOLD = re.compile(r"[ \t]*(?:\r\n|\r|\n)\s*")
_BLOCK_HEADER = re.compile(r"[|>][^\r\n]*(?:\r\n|\r|\n)\s*")
_NAMED = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "_": "\N{NO-BREAK SPACE}",
    "N": "\x85",
    "0": "",
    "a": "",
    "b": "",
    "e": "",
}
_TOML = re.compile(
    r"^[ \t]*[\"']?(?P<key>[\w-]+)[\"']?[ \t]*=[ \t]*"
    r"(?:\"\"\"(?P<long>(?:[^\\]|\\.)*?)\"\"\"|'''(?P<long_literal>.*?)'''"
    r"|\"(?P<basic>(?:[^\"\\\r\n]|\\.)*)\"|'(?P<literal>[^'\r\n]*)')",
    re.M | re.S,
)


def read(into: Assembler) -> int:
    """Take the printed values of the front matter; return where the article itself begins."""
    source = into.source
    if not source.startswith(("---", "+++")):
        return 0
    inside = _fenced(source)
    if inside is None:
        return 0
    start, end, after = inside
    (_yaml if source[0] == "-" else _toml)(into, start, end)
    return after


def _fenced(source: str) -> tuple[int, int, int] | None:
    """Where the lines between the fences begin and end, and where the article begins."""
    fence = source[:3]
    closing = ("---", "...") if fence == "---" else ("+++",)
    first = _LINE.match(source)
    if first is None or first[0].rstrip() != fence:
        return None
    start = at = first.end()
    while at < len(source):
        line = _LINE.match(source, at)
        if line is None:
            return None
        if line[0].rstrip() in closing:
            return start, at, line.end()
        at = line.end()
    return None


def _is_prose(key: str) -> bool:
    words = re.split(r"[_\-.: ]", key.lower())
    return words[-1] in _PROSE


def _yaml(into: Assembler, start: int, end: int) -> None:
    try:
        root = yaml.compose(into.source[start:end], Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return
    for node in _printed(root):
        first, last = start + node.start_mark.index, start + node.end_mark.index
        if node.style == '"':
            decoded(into, first + 1, last - 1, _YAML_ESCAPE, _unescaped)
        elif node.style == "'":
            decoded(into, first + 1, last - 1, _YAML_QUOTE, lambda m: "'" if m[0] == "''" else _folded(m))
        elif node.style in ("|", ">"):
            header = _BLOCK_HEADER.match(into.source, first, last)
            if header is not None:
                stop = first + len(into.source[first:last].rstrip())
                decoded(into, header.end(), stop, _FOLD, _folded)
        else:
            decoded(into, first, last, _FOLD, _folded)
        into.end_block()


def _printed(root: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """Scalars under a key of prose, in file order; an alias counts once."""
    waiting: list[tuple[yaml.Node | None, bool]] = [(root, False)]
    seen: set[int] = set()
    found: list[yaml.ScalarNode] = []
    while waiting:
        node, prose = waiting.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            if prose and node.tag == "tag:yaml.org,2002:str":
                found.append(node)
        elif isinstance(node, yaml.SequenceNode):
            waiting += [(n, prose) for n in node.value]
        elif isinstance(node, yaml.MappingNode):
            waiting += [(v, _is_prose(str(k.value))) for k, v in node.value]
    yield from sorted(found, key=lambda n: int(n.start_mark.index))


def _folded(m: re.Match[str]) -> str:
    return "\n"


def _unescaped(m: re.Match[str]) -> str:
    whole = m[0]
    if whole[0] != "\\":
        return "\n"
    if whole[1] in "xuU" and len(whole) > 2:
        code = int(whole[2:], 16)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\N{REPLACEMENT CHARACTER}"
    if whole[1] in "\r\n":
        return ""
    return _NAMED.get(whole[1], whole[1])


def _toml(into: Assembler, start: int, end: int) -> None:
    for m in _TOML.finditer(into.source, start, end):
        if not _is_prose(m["key"]):
            continue
        kind = m.lastgroup or ""
        pattern = _FOLD if kind.endswith("literal") else _YAML_ESCAPE
        decoded(into, m.start(kind), m.end(kind), pattern, _unescaped)
        into.end_block()
