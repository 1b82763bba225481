"""Reports in each form a user may ask for. To add one: a file here, and its line in WRITERS."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from mtcheck.reports.checkstyle import CheckstyleWriter
from mtcheck.reports.concise import ConciseWriter
from mtcheck.reports.diff import DiffWriter
from mtcheck.reports.github import GithubWriter
from mtcheck.reports.gitlab import GitlabWriter
from mtcheck.reports.html import HtmlWriter
from mtcheck.reports.json import JsonWriter
from mtcheck.reports.jsonl import JsonLinesWriter
from mtcheck.reports.junit import JunitWriter
from mtcheck.reports.rdjson import RdjsonWriter
from mtcheck.reports.sarif import SarifWriter
from mtcheck.reports.text import TextWriter
from mtcheck.reports.writer import Output, Summary, Writer, installed_version

__all__ = ["WRITERS", "Output", "Summary", "Writer", "installed_version"]

WRITERS: Mapping[str, Callable[[Output], Writer]] = MappingProxyType(
    {
        "text": TextWriter,
        "concise": ConciseWriter,
        "json": JsonWriter,
        "jsonl": JsonLinesWriter,
        "html": HtmlWriter,
        "sarif": SarifWriter,
        "github": GithubWriter,
        "gitlab": GitlabWriter,
        "rdjson": RdjsonWriter,
        "checkstyle": CheckstyleWriter,
        "junit": JunitWriter,
        "diff": DiffWriter,
    }
)
