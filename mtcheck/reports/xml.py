"""How the XML reports are written: built as a tree, so nothing of an article can be markup."""

from typing import TextIO
from xml.etree import ElementTree as ET

from mtcheck.reports.encoded import as_markup, legal


def element(parent: ET.Element, tag: str, about: dict[str, str], text: str | None = None) -> ET.Element:
    """Add an element; characters that XML forbids become signs."""
    child = ET.SubElement(parent, tag, {name: legal(value) for name, value in about.items()})
    child.text = None if text is None else legal(text)
    return child


def write(root: ET.Element, stream: TextIO) -> None:
    """Write the whole document."""
    ET.indent(root)
    body = ET.tostring(root, encoding="unicode")
    stream.write(as_markup(f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n', stream))
