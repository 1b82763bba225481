"""Renew the rows of names.tsv that come from CLDR: territories, cities, months and days.

Run `python -m mtcheck.lexicon.build_places` with Babel installed. Rows of any
other source stay as they are, and win over a row from CLDR. A form that only
adds or drops an accent is left out: English papers are free to choose there.
"""

import unicodedata
from collections import defaultdict
from pathlib import Path

from mtcheck.lexicon import tables
from mtcheck.lexicon.names import COLUMNS

LANGUAGES = ("fr de es it nl pl pt hu tr cs sk ro sv da fi hr sl nb").split()
SOURCE = "CLDR"
# Codes that CLDR keeps for what is no country, and a name that English papers do not follow yet.
NO_PLACES = frozenset(["XA", "XB", "ZZ", "QO", "EZ", "UN"])
NEWSPAPER = {"Türkiye": "Turkey", "Hong Kong SAR China": "Hong Kong", "Macao SAR China": "Macao"}
# Forms that English uses for something else, or that stand in firms and place names.
NOT_RIVALS = frozenset(
    (
        "Cabo Congo Tunis Corea Angola Malta Colon Polonia India Chile Roma Cologne Mosul Reunion Milan "
        "Vera Cruz Sofia Sofía Vienne Niger Guinea Guinée Guiné Guyana Jordan Jersey Man Georgia Mali "
        "Isola Bosnia Cipro Samara Marti Mari Mart Set Fri Sal Abril Avril Mai Maj Maio Majo Mayo Marzo "
        "Nisan Nisa Columbia Island Augusta Norfolk Argentine Suisse Sidney Indie Chili Granada Macau "
        "Marca Katar Brasilia Kiev Marts Mars Maart Mei Juli Juni April August September Oktober Dezember "
        "Dimanche Domingo Sunday"
    ).split()
) | {"Mexico by"}


def folded(name: str) -> str:
    """Return `name` in lower case, with no accents and nothing but letters."""
    flat = unicodedata.normalize(
        "NFKD", name.casefold().replace("ł", "l").replace("ø", "o").replace("ı", "i")
    )
    return "".join(c for c in flat if c.isalpha())


def forms(language: str) -> dict[str, str]:
    """Return what CLDR calls each thing in `language`: key such as `place:DE` -> name."""
    from babel import Locale

    locale = Locale(language)
    named = {f"place:{k}": v for k, v in locale.territories.items() if len(k) == 2 and k not in NO_PLACES}
    named |= {f"place:{k}": v["city"] for k, v in locale.time_zones.items() if "city" in v}
    named |= {f"demonym:month{k}": v for k, v in locale.months["format"]["wide"].items()}
    named |= {f"demonym:day{k}": v for k, v in locale.days["format"]["wide"].items()}
    return named


def cldr_rows() -> dict[str, tuple[str, ...]]:
    """Return the rows by variant; a form that two languages give to two things has none."""
    english = forms("en")
    from babel import Locale

    known = {folded(v) for v in english.values()} | {folded(v) for v in Locale("en").languages.values()}
    known |= {folded(v) for k, v in forms("en_GB").items()}
    meant: dict[str, set[str]] = defaultdict(set)
    spoken: dict[str, list[str]] = defaultdict(list)
    for language in LANGUAGES:
        for key, name in forms(language).items():
            target = english.get(key, key.rpartition("/")[2].replace("_", " "))
            target = NEWSPAPER.get(target, target)
            usable = name.replace(" ", "").replace("-", "").isalpha() and len(name) >= 4
            if (
                not usable
                or target == "Unknown City"
                or folded(name) in known
                or folded(name) == folded(target)
            ):
                continue
            if name in NOT_RIVALS or name.capitalize() in NOT_RIVALS or len(name.split()) > 4:
                continue
            kind = key.partition(":")[0]
            variant = name.capitalize() if kind == "demonym" else name
            meant[variant].add(f"{kind}\t{target}")
            spoken[variant].append(language)
    rows: dict[str, tuple[str, ...]] = {}
    for variant, targets in meant.items():
        if len(targets) != 1:
            continue
        kind, target = next(iter(targets)).split("\t")
        if not target or "&" in target or "(" in target:
            continue
        rows[variant] = (variant, target, kind, "exonym", " ".join(spoken[variant]), "", SOURCE)
    return rows


def main() -> None:
    """Write names.tsv anew beside this file."""
    own = {row[0]: row for row in tables.rows("names.tsv", COLUMNS) if row[-1] != SOURCE}
    preferred = {row[1] for row in own.values()}
    made = {v: r for v, r in cldr_rows().items() if v not in own and v not in preferred and r[1] not in own}
    made = {v: r for v, r in made.items() if r[1] not in made}
    lines = ["\t".join(row) for row in sorted({**made, **own}.values())]
    Path(__file__).with_name("names.tsv").write_text("\n".join(["\t".join(COLUMNS), *lines]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
