"""A copy of a Word document with its findings as review comments, each on exactly its words.

The document is walked as `readers.docx` reads it, so every character of the
prose is known by its place in the XML; where a finding begins or ends inside
a run, the run becomes two of the same form. Nothing else changes: the copy is
read again, and one that says anything new is not handed out.
"""

import zipfile
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import Any

from mtcheck.findings import Finding, Report
from mtcheck.readers import Unreadable, read_bytes
from mtcheck.readers.docx import CHARACTERS, LEFT_OUT, PICTURES
from mtcheck.reports.encoded import legal
from mtcheck.text import Span

AUTHOR, INITIALS = "mtcheck", "mt"
# Pictures and all; python-docx holds the whole of it in memory.
_MOST_BYTES = 500_000_000
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
_TEXT, _RUN, _FORM = f"{_WORD}t", f"{_WORD}r", f"{_WORD}rPr"


class NotAnnotated(Exception):
    """Why there is no copy, in one line."""


@dataclass
class _Origin:
    """Where a character of the prose stands: the element that holds it, and its place there."""

    element: Any
    at: int


def annotated(data: bytes, report: Report) -> bytes:
    """The bytes of the copy. Raises NotAnnotated, or ImportError without python-docx."""
    import docx

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MOST_BYTES:
                raise NotAnnotated(f"unpacks to more than {_MOST_BYTES:,} bytes")
        document = docx.Document(BytesIO(data))
    except NotAnnotated:
        raise
    except Exception as error:
        # python-docx meets a broken package with whatever breaks first.
        raise NotAnnotated(f"can't be opened for comments ({type(error).__name__}: {error})") from None
    paragraphs = _walked(document.element)
    if "\n".join(text for text, _ in paragraphs) != report.doc.text:
        raise NotAnnotated("its words can't be found again for comments; open it in Word and save it anew")
    characters: list[_Origin | None] = []
    for _, origins in paragraphs:
        characters += [*origins, None]
    # From the end, so that what was split stands behind what is still to be split.
    placed = []
    for finding in sorted(report.findings, key=lambda f: f.span, reverse=True):
        runs = _isolated(characters, finding.span)
        if runs is not None:
            placed.append((finding, runs))
    for finding, (first, last) in reversed(placed):
        _comment(document, finding, first, last)
    out = BytesIO()
    document.save(out)
    copy = out.getvalue()
    try:
        same = read_bytes(copy, report.doc.name, ".docx").text == report.doc.text
    except Unreadable:
        same = False
    if not same or len(placed) < len(report.findings):
        raise NotAnnotated("comments would change its text; open it in Word and save it anew")
    return copy


def remark(finding: Finding) -> str:
    """What a comment says: why, what instead, how likely."""
    lines = [finding.message]
    if finding.suggestions:
        lines.append("Perhaps: " + ", ".join(f"“{s}”" for s in finding.suggestions))
    likely = "probability not measured" if finding.score is None else f"probability {finding.score:.2f}"
    return legal("\n".join([*(" ".join(line.split()) for line in lines), f"{finding.detector}, {likely}"]))


def _comment(document: Any, finding: Finding, first: Any, last: Any) -> None:
    from docx.text.run import Run

    runs = [Run(first, document), Run(last, document)]
    document.add_comment(runs, text=remark(finding), author=AUTHOR, initials=INITIALS)


def _walked(root: Any) -> list[tuple[str, list[_Origin | None]]]:
    """Each paragraph's text with the origin of every character, as the reader has it."""
    from lxml import etree

    paragraphs: list[tuple[str, list[_Origin | None]]] = []
    text: list[str] = []
    origins: list[_Origin | None] = []
    depth = left_out = properties = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str) or not element.tag.startswith(_WORD):
            continue
        tag, is_start = f"w:{element.tag.removeprefix(_WORD)}", event == "start"
        step = 1 if is_start else -1
        if tag in LEFT_OUT:
            if is_start and tag in PICTURES and not left_out and depth:
                text.append("\N{OBJECT REPLACEMENT CHARACTER}")
                origins.append(_Origin(element, 0))
            left_out += step
        elif left_out:
            continue
        elif tag == "w:p":
            depth += step
            if not depth:
                paragraphs.append(("".join(text), origins))
                text, origins = [], []
        elif tag in ("w:pPr", "w:rPr"):
            properties += step
        elif is_start and tag == "w:t" and depth:
            said = (element.text or "").replace("\n", " ").replace("\r", " ")
            text.append(said)
            origins += [_Origin(element, at) for at in range(len(said))]
        elif is_start and tag in CHARACTERS and depth and not properties:
            text.append(CHARACTERS[tag])
            origins += [_Origin(element, 0)] * len(CHARACTERS[tag])
    return paragraphs


def _isolated(characters: Sequence[_Origin | None], span: Span) -> tuple[Any, Any] | None:
    """The first and the last run of a span, split so that they hold nothing else."""
    ends = range(span.start, max(span.end, span.start + 1))
    inside = [i for i in ends if i < len(characters) and _run_of(characters[i]) is not None]
    if not inside:
        return None
    first, last = inside[0], inside[-1]
    if _run_of(characters[last + 1]) is _run_of(characters[last]):
        _split(characters, last + 1)
    _split(characters, first)
    return _run_of(characters[first]), _run_of(characters[last])


def _run_of(origin: _Origin | None) -> Any:
    """The run that holds a character, or None for what stands in no run: the end of a paragraph."""
    if origin is None:
        return None
    element = origin.element.getparent()
    while element is not None and element.tag != _RUN:
        element = element.getparent()
    return element


def _split(characters: Sequence[_Origin | None], index: int) -> None:
    """Make the character the first of a run of its own form."""
    origin = characters[index]
    run = _run_of(origin)
    if origin is None or run is None:
        return
    child = origin.element
    while child.getparent() is not run:
        child = child.getparent()
    at = origin.at if child.tag == _TEXT else 0
    if not at and all(c.tag == _FORM for c in child.itersiblings(preceding=True)):
        return
    rest = deepcopy(run)
    rest.tail = None
    for old in [c for c in rest if c.tag != _FORM]:
        rest.remove(old)
    following = list(child.itersiblings())
    if at:
        second = deepcopy(child)
        child.text, second.text = child.text[:at], child.text[at:]
        for part in (child, second):
            part.set(_PRESERVE, "preserve")
        rest.append(second)
        for moved in islice(characters, index, None):
            if moved is None or moved.element is not child:
                break
            moved.element, moved.at = second, moved.at - at
    else:
        rest.append(child)
    rest.extend(following)
    run.addnext(rest)
