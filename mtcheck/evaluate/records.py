"""What a labelled set says of one text, whatever format it was published in."""

import re
from dataclasses import dataclass

from mtcheck.text import Span

# What published sets call the versions that people wrote: "Human-A.0", "HUMAN-postedit", "ref.A", "refB".
_HUMAN_SYSTEM = re.compile(r"(?i)human|ref(?:erence)?(?:[._-]|[A-Z]?$)")
_YEAR = re.compile(r"(?<!\d)(?:19[89]\d|20[0-4]\d)(?!\d)")
_CAMPAIGN = re.compile(r"(?i)wmt-?(\d\d)(?!\d)|newstest(20\d\d)")


@dataclass(frozen=True, order=True)
class Marked:
    """A span that a rater marked, with the category in the words of its set."""

    span: Span
    category: str = ""
    rater: str = ""


@dataclass(frozen=True)
class Record:
    """A text with what is known of it.

    `document` is the unit of the bootstrap; `place` is the text's own place
    in it. `raters` are all who read the text, those who marked nothing too.
    `labelled` is false where nobody looked for spans. `twin` is the same
    sentence undamaged: the original of a round trip, or the text before it was
    perturbed; `reference` is what a translation may be compared with.
    `whole` says that the text is an article, not a sentence of one; `kind` is
    the kind of text or damage, where the set has one.
    """

    id: str
    text: str
    dataset: str
    document: str
    place: int = 0
    marked: tuple[Marked, ...] = ()
    raters: tuple[str, ...] = ("",)
    labelled: bool = False
    clean: bool = False
    translated: bool = True
    system: str = ""
    language: str = ""
    year: str = ""
    twin: str | None = None
    reference: str | None = None
    whole: bool = False
    kind: str = ""

    @property
    def round_trip(self) -> bool:
        """Whether the twin is what a person wrote, not a translation before its damage."""
        return self.twin is not None and self.twin == self.reference


def is_human(system: str) -> bool:
    """Whether the name of a system says that people wrote the text.

    >>> [is_human(s) for s in ("Human-A.0", "ref.A", "refB", "HUMAN-reference_r1", "Reflex-3", "Online-B")]
    [True, True, True, True, False, False]
    """
    return _HUMAN_SYSTEM.match(system) is not None


def year_of(system: str, origin: str) -> str:
    """The year of a system, from its name or else from the campaign it took part in; "" if unknown.

    >>> year_of("Google-2012", ""), year_of("online-B.0", "wmt15data"), year_of("x.2099", "")
    ('2012', '2015', '')
    """
    named = _YEAR.search(system)
    if named is not None:
        return named[0]
    campaign = _CAMPAIGN.search(origin)
    if campaign is None:
        return ""
    return campaign[2] or f"20{campaign[1]}"
