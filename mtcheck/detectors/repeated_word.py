"""A word, or a run of two or three words, set down twice.

Why: systems loop at a line break or join two drafts of one phrase.
Looks at: neighbouring words of one paragraph with only white space between;
    inside quotations, words of grammar alone.
Misses: words that English may double ("in in", "that that"); names; a repetition after a comma.
False alarms: verse and speech without quotation marks.
Source: The Chicago Manual of Style, 17th edition, 2.133.
"""

from collections.abc import Iterator

import regex

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.text import Span

_ID = "repeated-word"
_GAP = r"(?:[^\S\r\n]+|[^\S\r\n]*(?:\r\n|\n|\r)[^\S\r\n]*)"
_LETTERS = r"\p{L}[\p{Ll}\p{M}]*(?:['’]\p{Ll}+)?"
_BEFORE, _AFTER = r"(?<![\p{L}\p{M}\p{N}'’.@#/_-])", r"(?![\p{L}\p{M}\p{N}_/-]|['’]\p{L}|\.\p{L})"
_ONE = regex.compile(rf"{_BEFORE}({_LETTERS})(?:{_GAP}(?i:\1))+{_AFTER}")
_RUN = regex.compile(rf"{_BEFORE}({_LETTERS}(?:{_GAP}{_LETTERS}){{1,2}}){_GAP}(?i:\1){_AFTER}")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_GRAMMAR = _words(
    "a an the of and or for from with at to into their our its my your his this these was were has "
    "have be been are which when where while because if than as but we they it he she will would "
    "can could should must not"
)
# What holds a phrase together: a run without one is a name, a cry or a refrain.
_GLUE = _words("a an the of in to for with at from their our its his")
# "Again and again and again": the link is there for the sake of the repetition.
_LINKS = _words("and or by after upon but")
_DOUBLED = _words(
    "that had her in on up out over off down by about through is do does did so very much many "
    "more long far way too no yes bye night there now please well oh ha he-he knock hear tut hush "
    "ho boo blah bang boom tick tock chop choo beep woof quack cluck ding dong drip tap click clap "
    "pop yum chin hip win never really super big bad good old high deep wide pretty quite just "
    "half same again fifty tsk shoo rah pom cha can bon goody pooh cous couscous yo aye baa buzz "
    "chat chug chuff clang crack cuckoo dum hey hot hum hurrah joy la mama na papa ping plop puff "
    "rat ring run go sex sing sorry splash stop swish thud thump ta toot tra tum tweet vroom wait "
    "walla wagga mahi piri gado shabu hundred thousand million billion trillion "
    "whoosh wow ya yeah zoom one two you who all any"
)
# "Friends of friends" is a chain of owners.
_OWNERS = regex.compile(r"of \p{L}+(?<!i)s$|\p{L}+(?<!i)s of$")
# One who speaks may stumble on these, and the report keeps it.
_STUMBLES = _words("we they it he she my your but if not it's")


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield words and runs of words that stand there twice."""
    doc = evidence.doc
    quoted = {i for q in doc.quotes for i in range(q.start, q.end)}
    taken: set[int] = set()
    for paragraph in doc.paragraphs:
        for shape in (_ONE, _RUN):
            for m in shape.finditer(doc.text, paragraph.start, paragraph.end):
                span = Span(*m.span())
                if not taken.isdisjoint(range(*m.span())) or doc.is_masked(span):
                    continue
                words = m[1].split()
                second = doc[span].split()[len(words) :]
                small = [w.lower() for w in words]
                in_quote = m.start() in quoted
                if shape is _ONE:
                    twice = len(second) == 1
                    fits = _is_slip(small[0], quoted=in_quote, twice=twice)
                else:
                    # "Measure for Measure" is a title.
                    title = len(words) == 2 and words[1][0].isupper()
                    glued = not _GLUE.isdisjoint(small) and _LINKS.isdisjoint(small)
                    fits = glued and not in_quote and not title and not _OWNERS.match(m[1])
                # Capitals in the second place are a name or a new line of verse.
                if fits and second[0].islower() and "\t" not in doc[span]:
                    taken.update(range(*m.span()))
                    yield Finding(span, _ID, "the same words twice", (m[1],))


def _is_slip(word: str, *, quoted: bool, twice: bool) -> bool:
    if word in _GRAMMAR:
        return not (quoted and word in _STUMBLES)
    return twice and not quoted and len(word) > 2 and word not in _DOUBLED and not word.endswith("ly")


DETECTOR = Detector(id=_ID, category=Category.DUPLICATION, find=find, needs_scores=False)
