"""The one list of detectors. To add one: a file here, its two lines below, its cases in tests/cases."""

from mtcheck.detectors.false_friend import DETECTOR as FALSE_FRIEND
from mtcheck.detectors.surprising_word import DETECTOR as SURPRISING_WORD
from mtcheck.findings import Detector

DETECTORS: tuple[Detector, ...] = (
    FALSE_FRIEND,
    SURPRISING_WORD,
)
