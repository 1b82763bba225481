"""Punctuation of other scripts and languages, and when it is at home in an English text."""

import regex

# Mark -> what English sets instead.
MARKS = dict(zip("，。、；：（）！？،؛؟।", ",.,;:()!?,;?.", strict=True))
NATIVE = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Arabic}\p{Hebrew}\p{Devanagari}\p{Bengali}]"
)

_ENGLISH = """
    and are be been but by can could did does for from had has have he her his how if is it its not of
    or our she should that the their there they this to was we were what when where which who why will
    with would you your
"""
_OTHER = """
    al au auf aux avec como con cuando dans das de del dei della der des di du ein eine el en es est et
    für gli het il im ist já jest la las le les lo los mi mit mon não nicht nous nie og och os para pas
    por pour que qué qui se si sich sie sind su sur te toi tu una un und une van vive viva von vous ya
    zu zum
"""
_ENGLISH_WORDS = frozenset(_ENGLISH.split())
_OTHER_WORDS = frozenset(_OTHER.split())
_WORDS = regex.compile(r"[\p{L}\p{M}]+")


def reads_as_foreign(text: str) -> bool:
    """Whether a quoted text or title is in another language, where its own marks belong.

    A letter of another script or with a mark on it, or a small word that
    English lacks, says so; one small English word denies it.

    >>> reads_as_foreign("Le Monde"), reads_as_foreign("the world"), reads_as_foreign("Zenit")
    (True, False, False)
    """
    words = [w.lower() for w in _WORDS.findall(text)]
    if any(w in _ENGLISH_WORDS for w in words):
        return False
    if any(w in _OTHER_WORDS for w in words):
        return True
    return any(c.isalpha() and not c.isascii() and c not in "’" for c in text)
