"""Plain text: the file is the prose."""

from mtcheck.text import Document


def read(text: str, name: str) -> Document:
    """Return the document; its text is the file's own."""
    return Document(text, name)
