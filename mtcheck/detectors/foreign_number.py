"""A number, date, hour or sum of money written as another language writes it.

Why: systems copy figures; "12.000 people" then reads as twelve.
Looks at: figures together with the word, sign or month beside them.
Misses: figures with nothing beside them that tells how to read them; dates with slashes.
False alarms: Swiss, South African and other local English that keeps such forms.
Source: Unicode CLDR, number and date patterns; The Chicago Manual of Style, 17th edition, 9.54-9.56.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import regex

from mtcheck.findings import Category, Detector, Evidence, Finding
from mtcheck.text import Span

_ID = "foreign-number"
_SPACE = r"[ \u00A0]"
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTH = "|".join(_MONTHS)
_GERMAN = dict(
    zip(
        [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
        _MONTHS,
        strict=True,
    )
)
_COUNTED = (
    r"(?:people|persons|inhabitants|residents|citizens|soldiers|troops|workers|employees|visitors|jobs"
    r"|spectators|fans|students|pupils|members|homes|houses|households|families|refugees|migrants|voters"
    r"|votes|copies|books|cars|vehicles|tourists|euros|dollars|pounds|francs|roubles|rubles|zlotys|years"
    r"|tonnes|tons|companies|victims|deaths|men|women|children|patients|protesters|demonstrators|tickets)\b"
)
# What a figure with three decimals may well measure in English.
_MEASURED = (
    r"(?:seconds?|minutes|hours|met(?:er|re)s?|kilomet(?:er|re)s|centimet(?:er|re)s|miles?|inch(?:es)?|feet|foot"
    r"|grams?|kilos?|kilograms?|lit(?:er|re)s?|per|percent|points?|percentage|degrees|times|batting|winning|hitting"
    r"|average|average|in|on|at|and|or|to|for|with|as|is|was|against)\b"
)
_UNIT = (
    r"(?:per cent|percent|million|millions|billion|billions|trillion|euros?|dollars|kron[eo]r|crowns|zlotys"
    r"|francs|EUR|USD|km|kg|kWh|MW|kilomet(?:er|re)s?|centimet(?:er|re)s?|millimet(?:er|re)s?|met(?:er|re)s?|kilos?"
    r"|kilograms?|grams|tonnes|tons|lit(?:er|re)s|hectares|degrees|seconds|hours|times)\b"
)
_SCALE = {
    "million": "Mio. Mill. mln mln. Millionen millones milioni milhões milionów miljoen миллионов млн",
    "billion": "Mrd. Mrd mrd mlrd mld mld. milliard milliards Milliarden miliardi miliardo miliardów miljard"
    " миллиардов млрд",
    "thousand": "Tsd. tys. тыс. тысяч",
}
_SCALE_OF = {foreign: english for english, forms in _SCALE.items() for foreign in forms.split()}
_SCALES = "|".join(regex.escape(s) for s in sorted(_SCALE_OF, key=len, reverse=True))
_START = r"(?<![\p{L}\p{N}.,:/+#-])"
_NO_NUMBER = regex.compile(
    r"(?i:\b(?:version|release|build|firmware|v|ip|tel|telephone|phone|call|dial|fax|section|serial|number"
    r"|account))\b[.:]?\s*\(?$"
)

Match = regex.Match[str]


@dataclass(frozen=True)
class _Pattern:
    """A shape, what to say of it, and what to put there ("" where it is not clear)."""

    shape: regex.Pattern[str]
    message: str
    fix: Callable[[Match], str]


def _commas(m: Match) -> str:
    return regex.sub(r"[. \u00A0]", ",", m[0])


def _dotted_date(m: Match) -> str:
    day, month, year = m[0].split(".")
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"


def _scaled(m: Match) -> str:
    return f"{m[1].replace(',', '.')} {_SCALE_OF[m[2]]}"


def _money(m: Match) -> str:
    return m[2] + regex.sub(r"[ \u00A0]", ",", m[1])


_PATTERNS = tuple(
    _Pattern(regex.compile(shape), message, fix)
    for shape, message, fix in (
        (
            rf"{_START}(\d+(?:[.,]\d+)?){_SPACE}?({_SCALES})(?![\p{{L}}\p{{N}}])",
            "a foreign word of number",
            _scaled,
        ),
        (
            rf"{_START}(\d{{1,3}}(?:{_SPACE}\d{{3}})+|\d+(?:,\d{{3}})*(?:\.\d\d?)?){_SPACE}?([€£])(?!\d)",
            "the sign goes before the sum",
            _money,
        ),
        (rf"{_START}[1-9]\d{{0,2}}(?:\.\d{{3}}){{2}}(?![\d.,]*\d)", "full stops between thousands", _commas),
        (
            rf"{_START}(?<!\b(?:average|mean|rate|ratio)(?: \w+)?{_SPACE})[1-9]\d{{0,2}}\.\d{{3}}"
            rf"(?={_SPACE}{_COUNTED}(?!{_SPACE}per\b))",
            "a full stop between thousands",
            _commas,
        ),
        (
            rf"(?<=(?:\b[Rr]ps?|\b[Rr]s\.?|\bkr\.?|[€₹₺₽¥]){_SPACE}?)[1-9]\d{{0,2}}\.000(?![\d.,]*\d)"
            rf"|{_START}[1-9]\d{{0,2}}\.000(?={_SPACE}(?!{_MEASURED})\p{{Ll}}{{3}})"
            rf"|(?<=\b(?i:around|about|nearly|almost|roughly|some|than|over|to){_SPACE})[1-9]\d{{0,2}}\.\d{{3}}"
            rf"(?={_SPACE}(?!{_MEASURED})\p{{Ll}}{{3,}}s\b)",
            "a full stop between thousands",
            _commas,
        ),
        (rf"{_START}\d+(?:\.\d+)?{_SPACE}%", "a space before the sign", lambda m: m[0][:-2] + "%"),
        (
            rf"{_START}(?<!(?:{_MONTH}|\d){_SPACE})[1-9]\d{{0,2}}(?:{_SPACE}\d{{3}})+(?={_SPACE}{_COUNTED})",
            "a space between thousands",
            _commas,
        ),
        (
            rf"{_START}(?<!\d{_SPACE})[1-9]\d{{0,2}}(?:{_SPACE}\d{{3}})+{_SPACE}000(?![\d.,]*\d|{_SPACE}\d)",
            "spaces between thousands",
            _commas,
        ),
        (
            rf"{_START}\d{{1,3}},\d{{1,2}}(?={_SPACE}?%|{_SPACE}{_UNIT})",
            "a decimal comma",
            lambda m: m[0].replace(",", "."),
        ),
        (
            rf"{_START}(?:(?<=\b(?i:at|from|until|till|before|after|by|around){_SPACE})\d|1[3-9]|2[0-3])"
            r"h[0-5]\d(?![\p{L}\p{N}])",
            "an hour as French writes it",
            lambda m: m[0].replace("h", ":"),
        ),
        (
            rf"(?<=\b(?i:at|from|until|till|before|after|around){_SPACE})(?:1?\d|2[0-3])h(?![\p{{L}}\p{{N}}])",
            "an hour as French writes it",
            lambda m: f"{int(m[0][:-1]) % 12 or 12} {'a.m.' if int(m[0][:-1]) < 12 else 'p.m.'}",
        ),
        (
            rf"\b[Tt]he{_SPACE}(\d{{1,2}}){_SPACE}of{_SPACE}({_MONTH})\b",
            "a day without its ending",
            lambda m: f"{m[1]} {m[2]}",
        ),
        (
            rf"{_START}(\d{{1,2}})\.?{_SPACE}({'|'.join(g for g in _GERMAN if g not in _MONTHS)})\b",
            "a date as German writes it",
            lambda m: f"{m[1]} {_GERMAN[m[2]]}",
        ),
        (
            rf"(?<=\b(?:on|since|until|from|before|after){_SPACE})(\d{{1,2}})\.{_SPACE}({_MONTH})\b",
            "a full stop after the day",
            lambda m: f"{m[1]} {m[2]}",
        ),
        (
            rf"{_START}(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d(?![\d.]*\d)",
            "a date with full stops",
            _dotted_date,
        ),
        (rf"№{_SPACE}?(?=\d)", "the Russian sign for number", lambda _: "No. "),
    )
)


def find(evidence: Evidence) -> Iterator[Finding]:
    """Yield figures that follow the habits of another language."""
    doc = evidence.doc
    taken: set[int] = set()
    for pattern in _PATTERNS:
        for m in pattern.shape.finditer(doc.text):
            span = Span(*m.span())
            if not taken.isdisjoint(range(*m.span())) or doc.is_masked(span):
                continue
            if not _NO_NUMBER.search(doc.text[max(0, span.start - 16) : span.start]):
                taken.update(range(*m.span()))
                yield Finding(span, _ID, pattern.message, (pattern.fix(m),))


DETECTOR = Detector(id=_ID, category=Category.LOCALE, find=find, needs_scores=False)
