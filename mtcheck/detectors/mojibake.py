"""Characters that were read in the wrong encoding.

Why: a text that passed through several systems was decoded with a code page
    that is not its own, so that one letter or mark became two or three.
Looks at: runs of characters that such a mistake produces; each is decoded
    again with ftfy, and reported if that gives sound text.
Misses: damage that lost bytes inside a word and left only plain letters.
False alarms: texts about encodings.
Source: Robyn Speer, ftfy 6.3, "Heuristics for detecting mojibake"; Unicode
    Standard, chapter 5.22, on U+FFFD.
"""

from collections.abc import Iterator

import regex

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.text import Span

_ID = "mojibake"
# The bytes 80 to BF as Latin-1 and as Windows-1252 show them.
_TAIL = r"[\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_RUN = regex.compile(
    # UTF-8 read as Windows-1252, its rest where one byte was lost, and the no-break space.
    rf"(?:[\u00C2-\u00DF]{_TAIL}|[\u00E0-\u00EF]{_TAIL}{{2}}|ð{_TAIL}{{3}})+"
    r"|â€|(?<=\p{Ll})Ã(?=\s)|(?<![\p{L}\p{M}])Â(?=\s)"
    # UTF-8 read as Windows-1251 and as Mac Roman; Windows-1252 read as Latin-1; the stand-in.
    r"|вЂ[\u0400-\u04FF\u0080-\u2122]|‚Ä[\p{L}\u00A0-\u2122]|(?<=\p{L})√[\p{Pd}\p{S}ß¶]"
    r"|[\u0080-\u0084\u0086-\u009F]+|\uFFFD+"
)
_LOST_APOSTROPHE = regex.compile(r"(?<=\p{Ll})[?\uFFFD](?=(?:s|t|re|ve|ll|d|m)\b)")
_REST = {"â€": "”", "Ã": "à", "Â": ""}
# Characters on either side that can tell damage from a letter beside a mark.
_NEAR = 20
# A decoded run of these would be damage that English articles do not have.
_UNLIKELY = regex.compile(r"[\p{Han}\p{Hangul}\p{Cn}\p{Co}]")


def _decoded(run: str, word: str) -> str | None:
    """What `run` was before it was misread, "" where nobody can tell, None where it is sound.

    The word round it decides: the same two characters are damage in one word
    and a letter and a quotation mark in the next.
    """
    from ftfy import fix_and_explain
    from ftfy.badness import is_bad

    if run in _REST:
        return _REST[run]
    if "\ufffd" in run:
        return ""
    fixed = fix_and_explain(run, uncurl_quotes=False).text
    if fixed == run or _UNLIKELY.search(fixed) or not (is_bad(run) or is_bad(word)):
        return None
    return fixed


def _word_round(text: str, span: Span) -> str:
    before = text[max(0, span.start - _NEAR) : span.start]
    after = text[span.end : span.end + _NEAR]
    return before.split(" ")[-1] + text[span.start : span.end] + after.split(" ")[0]


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield runs of characters that were misread, with what they were where that is known."""
    doc = evidence.doc
    apostrophes = {m.start() for m in _LOST_APOSTROPHE.finditer(doc.text)}
    for at in sorted(apostrophes):
        span = Span(at, at + 1)
        if not doc.is_masked(span):
            yield Finding(span, _ID, "an apostrophe lost to a wrong encoding", ("’",))
    for m in _RUN.finditer(doc.text):
        span = Span(*m.span())
        if m.start() in apostrophes or doc.is_masked(span):
            continue
        decoded = _decoded(m[0], _word_round(doc.text, span))
        if decoded is not None:
            known = decoded or m[0] == "Â"
            yield Finding(span, _ID, "characters read in the wrong encoding", (decoded,) if known else ())


DETECTOR = Detector(id=_ID, category=Category.ENCODING, find=find, needs_scores=False)
