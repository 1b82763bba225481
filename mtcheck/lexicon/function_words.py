"""Function words of other languages: the surest sign of which language a run of words is in."""

from collections import defaultdict
from functools import cache

from mtcheck.lexicon import tables

COLUMNS = ("language", "words")
# Words inside many names; they carry a run on and prove nothing.
PARTICLES = frozenset(
    (
        "de del della des du la le les los las el von van der den das die et da do dos di y un une d l il lo "
        "al en"
    ).split()
)
# Phrases that menus in English keep.
DISHES = frozenset(
    "alla all'arrabbiata puttanesca carbonara bolognese milanese amatriciana vongole con carne pollo brasa "
    "plancha jamón arroz coq vin boeuf moules frites crème sous vide".split()
)
# Days and months that English spells otherwise.
DATE_WORDS = frozenset(
    (
        "lundi mardi mercredi jeudi vendredi samedi dimanche janvier février avril juin juillet août "
        "septembre octobre novembre décembre lunes martes miércoles jueves viernes sábado domingo enero "
        "febrero marzo abril junio julio agosto septiembre octubre noviembre diciembre lunedì martedì "
        "mercoledì giovedì venerdì sabato domenica gennaio febbraio aprile maggio giugno luglio settembre "
        "ottobre dicembre janeiro fevereiro março maio junho julho setembro outubro novembro dezembro "
        "januari februari maart mei augustus oktober stycznia lutego marca kwietnia maja czerwca lipca "
        "sierpnia września października listopada grudnia ocak şubat nisan mayıs haziran temmuz ağustos "
        "eylül ekim kasım aralık"
    ).split()
)


@cache
def function_words() -> dict[str, frozenset[str]]:
    """Return word -> the languages (ISO 639-1) that it is a function word of."""
    languages: dict[str, set[str]] = defaultdict(set)
    for language, words in tables.rows("function_words.tsv", COLUMNS):
        for word in words.split():
            languages[word].add(language)
    return {word: frozenset(found) for word, found in languages.items()}
