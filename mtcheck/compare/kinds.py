"""A place where the suspect text leaves the original: a changed fact, other words, a sentence more or less.

Why: the source is what a copy is held against; a changed name, number or "not"
    reads as well as the right one.
Looks at: the words of paired sentences, without case, punctuation and the form of quotation marks.
Misses: what the alignment of sentences did not pair; a name or number that changed its place in a sentence;
    addresses and code; case and punctuation.
False alarms: an edit that was meant. There is no telling a slip from a decision.
Source: the original itself.
"""

from collections.abc import Iterator

from mtcheck.findings import Category, Detector, Evidence, Finding


def _never(evidence: Evidence) -> Iterator[Finding]:
    """No single text holds such a finding; two do."""
    return iter(())


CHANGED_NAME = Detector("changed-name", Category.ENTITY, _never)
CHANGED_NUMBER = Detector("changed-number", Category.MISTRANSLATION, _never)
CHANGED_NEGATION = Detector("changed-negation", Category.MISTRANSLATION, _never)
CHANGED_QUOTATION = Detector("changed-quotation", Category.MISTRANSLATION, _never)
LOST_SENTENCE = Detector("lost-sentence", Category.OMISSION, _never)
ADDED_SENTENCE = Detector("added-sentence", Category.EXTRANEOUS, _never)
REWORDED_SENTENCE = Detector("reworded-sentence", Category.MISTRANSLATION, _never)
DRIFTED_WORD = Detector("drifted-word", Category.MISTRANSLATION, _never)

# What an editor wants to see first stands first.
KINDS: tuple[Detector, ...] = (
    CHANGED_NAME,
    CHANGED_NUMBER,
    CHANGED_NEGATION,
    CHANGED_QUOTATION,
    LOST_SENTENCE,
    ADDED_SENTENCE,
    REWORDED_SENTENCE,
    DRIFTED_WORD,
)
PRIORITY = {kind.id: n for n, kind in enumerate(KINDS, 1)}
