"""Patterns for paths, as .gitignore has them: `*` stays in a folder, `**` does not."""

import re
from functools import cache


def matches(pattern: str, path: str) -> bool:
    """Whether `path` (relative, with slashes), or a folder it lies in, matches `pattern`.

    A pattern without a slash holds at any depth.

    >>> matches("drafts", "news/drafts/a.md"), matches("news/*.md", "news/drafts/a.md")
    (True, False)
    """
    return _compiled(pattern).match(path) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    body = pattern.removeprefix("./").strip("/")
    anywhere = "" if "/" in body or pattern.startswith("/") else "(?:.*/)?"
    out: list[str] = []
    i = 0
    while i < len(body):
        if body.startswith("**/", i):
            out.append("(?:.*/)?")
            i += 3
        elif body.startswith("**", i):
            out.append(".*")
            i += 2
        else:
            out.append({"*": "[^/]*", "?": "[^/]"}.get(body[i], re.escape(body[i])))
            i += 1
    return re.compile(f"{anywhere}{''.join(out)}(?:/.*)?\\Z", re.DOTALL)
