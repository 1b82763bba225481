"""The one list of detectors. To add one: a file here, its two lines below, its cases in tests/cases."""

from mtcheck.detectors.article_before_title import DETECTOR as ARTICLE_BEFORE_TITLE
from mtcheck.detectors.calqued_structure import DETECTOR as CALQUED_STRUCTURE
from mtcheck.detectors.collapsed_doublet import DETECTOR as COLLAPSED_DOUBLET
from mtcheck.detectors.displaced_quote import DETECTOR as DISPLACED_QUOTE
from mtcheck.detectors.exonym import DETECTOR as EXONYM
from mtcheck.detectors.false_friend import DETECTOR as FALSE_FRIEND
from mtcheck.detectors.foreign_inflection import DETECTOR as FOREIGN_INFLECTION
from mtcheck.detectors.foreign_number import DETECTOR as FOREIGN_NUMBER
from mtcheck.detectors.foreign_transliteration import DETECTOR as FOREIGN_TRANSLITERATION
from mtcheck.detectors.garbled_idiom import DETECTOR as GARBLED_IDIOM
from mtcheck.detectors.garbled_title import DETECTOR as GARBLED_TITLE
from mtcheck.detectors.glued_words import DETECTOR as GLUED_WORDS
from mtcheck.detectors.letter_case import DETECTOR as LETTER_CASE
from mtcheck.detectors.literal_idiom import DETECTOR as LITERAL_IDIOM
from mtcheck.detectors.mark_inside_clause import DETECTOR as MARK_INSIDE_CLAUSE
from mtcheck.detectors.missing_stop import DETECTOR as MISSING_STOP
from mtcheck.detectors.mojibake import DETECTOR as MOJIBAKE
from mtcheck.detectors.name_consistency import DETECTOR as NAME_CONSISTENCY
from mtcheck.detectors.repeated_word import DETECTOR as REPEATED_WORD
from mtcheck.detectors.scrape_residue import DETECTOR as SCRAPE_RESIDUE
from mtcheck.detectors.stray_punctuation import DETECTOR as STRAY_PUNCTUATION
from mtcheck.detectors.stray_stop import DETECTOR as STRAY_STOP
from mtcheck.detectors.surprising_word import DETECTOR as SURPRISING_WORD
from mtcheck.detectors.suspect_wording import DETECTOR as SUSPECT_WORDING
from mtcheck.detectors.unheard_pair import DETECTOR as UNHEARD_PAIR
from mtcheck.detectors.untranslated import DETECTOR as UNTRANSLATED
from mtcheck.findings import Detector

DETECTORS: tuple[Detector, ...] = (
    ARTICLE_BEFORE_TITLE,
    CALQUED_STRUCTURE,
    COLLAPSED_DOUBLET,
    DISPLACED_QUOTE,
    EXONYM,
    FALSE_FRIEND,
    FOREIGN_INFLECTION,
    FOREIGN_NUMBER,
    FOREIGN_TRANSLITERATION,
    GARBLED_IDIOM,
    GARBLED_TITLE,
    GLUED_WORDS,
    LETTER_CASE,
    LITERAL_IDIOM,
    MARK_INSIDE_CLAUSE,
    MISSING_STOP,
    MOJIBAKE,
    NAME_CONSISTENCY,
    REPEATED_WORD,
    SCRAPE_RESIDUE,
    STRAY_PUNCTUATION,
    STRAY_STOP,
    SURPRISING_WORD,
    SUSPECT_WORDING,
    UNHEARD_PAIR,
    UNTRANSLATED,
)
