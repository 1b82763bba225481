"""A word that shares its foreign word with another, which fits here far better.

Why: one foreign word means both (French *barbe*: beard and barb); a system that
    picks the wrong one leaves good English that makes no sense.
Looks at: the table of traps, which is only a prior; how the neighbours of both
    words are spread in edited English; the language model, where one is loaded,
    which may object.
Misses: words that no row pairs; places where both words fit; words too rare in
    the corpus to have neighbours worth counting.
False alarms: a rare word used on purpose where a common one would do.
Source: the false friends and homonyms of bilingual dictionaries, collected by us.
"""

from collections.abc import Iterator

from mtcheck.findings import Category, Detector, Evidence, Finding, Profile
from mtcheck.lexicon.trap_contexts import favour
from mtcheck.lexicon.traps import load_traps

# Bits by which the neighbours must favour the meant word: 0.07 findings per 1,000
# words on clean news; renew with "mtcheck eval" after a change of table.
MIN_FAVOUR = {Profile.CI: 7.0, Profile.DEFAULT: 5.5, Profile.THOROUGH: 3.5}
# Less is enough where the language model, too, finds the meant word likelier
# (0.12 in all); where it would rather keep the word, nothing is.
MIN_FAVOUR_AGREED = {Profile.CI: 5.5, Profile.DEFAULT: 4.5, Profile.THOROUGH: 2.5}


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield the traps whose neighbours much prefer a meant word."""
    doc, traps = evidence.doc, load_traps()
    alone, agreed = MIN_FAVOUR[evidence.profile], MIN_FAVOUR_AGREED[evidence.profile]
    gains = {
        (s.span, meant): s.surprisal - bits
        for s in evidence.scores or ()
        if s.surprisal is not None
        for meant, bits in s.alternatives
    }
    for paragraph in doc.paragraphs:
        spans = doc.words_in(paragraph)
        words = [doc[w] for w in spans]
        for at, (span, word) in enumerate(zip(spans, words, strict=True)):
            if word not in traps:
                continue
            tried = [(favour(words, at, word, m), m) for m in traps[word].meant]
            bits, meant = max(((b, m) for b, m in tried if b is not None), default=(0.0, ""))
            gain = gains.get((span, meant))
            if bits < (alone if gain is None else agreed) or (gain is not None and gain < 0):
                continue
            because: dict[str, str | float] = {"bits of its neighbours": round(bits, 1)}
            if gain is not None:
                because["bits of the model"] = round(gain, 1)
            yield Finding(
                span,
                DETECTOR.id,
                f"“{word}”: “{meant}” meant? One word is both ({traps[word].foreign})",
                suggestions=(meant,),
                because={**because, "language": traps[word].language},
            )


DETECTOR = Detector("false-friend", Category.MISTRANSLATION, find)
