"""Reports in each form a user may ask for. To add one: a file here, and its line in WRITERS."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from mtcheck.reports.json import JsonWriter
from mtcheck.reports.text import TextWriter
from mtcheck.reports.writer import Output, Summary, Writer, installed_version

__all__ = ["WRITERS", "Output", "Summary", "Writer", "installed_version"]

WRITERS: Mapping[str, Callable[[Output], Writer]] = MappingProxyType({"text": TextWriter, "json": JsonWriter})
