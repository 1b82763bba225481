"""A Chinese name in Czech or Slovak transcription, turned into pinyin syllable by syllable.

Czech writes Si Ťin-pching and Li Kche-čchiang for Xi Jinping and Li Keqiang; its table is
fixed and can be read backwards, so no list of people is needed.
"""

import regex


def _pairs(written: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in written.split())


# Longest first; the aspirated sounds have a ch behind them.
_INITIALS = _pairs(
    "čch:ch pch:p tch:t kch:k cch:c ch:h č:zh š:sh ž:r ť:j p:b t:d k:g c:z m:m f:f n:n l:l s:s"
)
_FINALS = _pairs(
    "a:a o:o e:e aj:ai ej:ei ao:ao ou:ou an:an en:en ang:ang eng:eng ung:ong i:i ia:ia ie:ie iao:iao "
    "iou:iu ien:ian in:in iang:iang ing:ing iung:iong u:u ua:ua uo:uo uaj:uai uej:ui uan:uan un:un "
    "uang:uang ü:u üe:ue üan:uan ün:un"
)
_WHOLE = _pairs(
    "ja:ya je:ye jao:yao jou:you jen:yan jang:yang jing:ying jung:yong jü:yu jüe:yue jüan:yuan jün:yun "
    "i:yi in:yin wu:wu wa:wa wo:wo waj:wai wej:wei wan:wan wen:wen wang:wang a:a aj:ai an:an ou:ou"
)
# Before these vowels the hissing sounds are other ones: si is xi, čchi is qi.
_FRONT = {"čch": "q", "s": "x"}
# What no other language writes in the name of a person: a given name of two such syllables.
_MARK = regex.compile(r"[pktc]ch|čch|[Ťť]|[Pp]ch|[Tt]ch|[Kk]ch|[Čč]ch|[Cc]ch")
_SURNAME = regex.compile(r"[ČŠŤ]|[PTK]ch")
NAME = regex.compile(r"(?<![\p{L}-])(?:(\p{Lu}\p{Ll}{0,6}) )?(\p{Lu}\p{Ll}{0,6}-\p{Ll}{1,7})(?![\p{L}-])")


def _syllable(written: str) -> str | None:
    lower = written.lower()
    if lower in _WHOLE:
        return _WHOLE[lower]
    for initial, sound in _INITIALS.items():
        final = lower.removeprefix(initial)
        if final != lower and final in _FINALS:
            front = initial in _FRONT and final[0] in "iü"
            return (_FRONT[initial] if front else sound) + _FINALS[final]
    return None


def pinyin(surname: str, given: str) -> str | None:
    """The name in pinyin if the given name shows Czech transcription; "" as surname when there is none.

    >>> pinyin("Si", "Ťin-pching"), pinyin("", "Kche-čchiang"), pinyin("Li", "Jean-luc")
    ('Xi Jinping', 'Keqiang', None)
    """
    if not _MARK.search(given) and not _SURNAME.match(surname):
        return None
    made = [_syllable(part) for part in given.split("-")]
    if any(m is None for m in made):
        return None
    name = "".join(m for m in made if m).capitalize()
    family = _syllable(surname) if surname else None
    if family is None and not _MARK.search(given):
        return None
    return f"{family.capitalize()} {name}" if family else name
