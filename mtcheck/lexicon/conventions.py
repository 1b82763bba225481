"""How each language writes the names of peoples with another script, Slavic ones first: its letters, and the marks that give it away.

A word is never judged by its letters alone. `sure` asks for letters and an ending
that no native surname of the language joins; `mark` is what a word must hold
at least, when a Slavic given name stands before it.
"""

from dataclasses import dataclass

import regex


@dataclass(frozen=True, slots=True)
class Convention:
    """One language's spelling. `letters` maps its letters to the English ones, in lower case.

    Keys are patterns, tried in order at each place. `roomy` says that given names
    which other nations share (Vladimir, Ivan) are context enough. `ending` is what the
    English form must have, when it is not the ending of a Slavic surname.
    """

    language: str
    letters: tuple[tuple[str, str], ...]
    sure: regex.Pattern[str]
    mark: regex.Pattern[str]
    roomy: bool = False
    ending: regex.Pattern[str] | None = None


# A mark that no word has: the convention speaks only where it is sure.
_NO_MARK = r"(?!)"


def _convention(
    language: str, letters: str, sure: str, mark: str, *, roomy: bool = False, ending: str = ""
) -> Convention:
    pairs = tuple(
        (key, "" if value == "-" else value) for key, value in (p.split(":") for p in letters.split())
    )
    return Convention(
        language,
        pairs,
        regex.compile(sure),
        regex.compile(mark),
        roomy,
        regex.compile(ending) if ending else None,
    )


# Endings that all languages but German and Polish write as English does.
_V = r"(?:[eo]va?)$"

CONVENTIONS = (
    _convention(
        "de",
        "schtsch:shch tsch:ch dsch:dzh sch(?=[dn]):zh sch:sh (?<=s)ch:kh ch:kh ß:s (?<=[aeiouy])ss(?=[aeiouy]):s "
        "w:v sju:zyu z:ts [iy]j$:y ewskij?$:evsky skij?$:sky j(?=[aeiou]):y j:i",
        r"(?:sch|j).*ewa?$|tsch.*ow$|sch.*owa$|(?<=^(?!.*rz).{3,20})jow$|sch.*owitsch$|ytsch$"
        r"|sch.*enko$|[aeouy]w.*tschenko$|tschuk$|tschuk$|[^k]s[ck]hwili$|schwili$|w[a-z]*skij$|skyj$|^tsch.*[eo]wski$"
        r"|^sch.*insk(?:i|ij)$|(?:sch|w).*[^aeiou]jan$",
        r"(?:w|sch|tsch|[bdfglmnprstvz]j).*(?:in|ina|enko)$|[bdfghjklmnprstvz][eo]wa?$|[eo]w(?:i|y)tsch$|tschuk$|tsch",
        roomy=True,
    ),
    _convention(
        "fr",
        "chtch:shch tch:ch (?<=k)h:h kh:kh ch:sh iou:yu ou:u dj:dzh j:zh ï:i [éè]:e gu(?=[ei]):g (?<=[a-z])ine$:in yne$:yn "
        "^ia:ya ss(?=[aeiouy]):s ski$:sky ë:yo",
        r"(?:ou|ï).*(?:enko|[eo]v(?:itch)?)$|(?:ï|tch).*(?:[eo]va?)$|ïeva?$|(?:ï|ou|tch).*vitch$|chkine$|^tch.*sk[iy]$"
        r"|tchouk$|iouk$|chvili$|^jd.*[eo]va?$|jn[eo]va?$|tchenko$|chtch|ï.*ski$",
        r"ou.*(?:[eo]va?|ski|uk|ine|o|a)$|[^aeiouy][iy]ne$|tch|ï|vitch$|chkov",
        roomy=True,
    ),
    _convention(
        "nl",
        "sjtsj:shch tsj:ch sj:sh zj:zh oe:u ch:kh [iy]j$:y ski$:sky j(?=[aeiou]):y j:i",
        rf"(?:tsj|zjoe|sjoe).*{_V}|[^aeiou]oe[^aeiou]+.*(?<!sk)(?:[eo]v)$|oe.*sjenko$|tsjoek$|vitsj$|sjvili$"
        r"|(?:sj|tsj|oe).*dze$|sj.*[^aeiou]jan$",
        r"oe.*(?:[eo]va?|in|ina|ski|enko)$|(?:tsj|sj|zj)",
        roomy=True,
    ),
    _convention(
        "sv da no",
        "sjtj:shch sjtsj:shch (?<=n)tj(?=eva?$):ty tj:ch tsj:ch sj:sh zj:zh ch:kh [iy]j$:y ski$:sky å:o j(?=[aeiou]):y j:i",
        rf"(?:tj|sj|zj).*{_V}|(?:tj|sj|zj).*enko$|tjuk$|(?:[aeo]v)itj$|skyj$|(?:sj|tj).*dze$",
        r"tj|sj|zj",
        roomy=True,
    ),
    _convention(
        "hu",
        "scs:shch cs:ch szkij$:sky sz:s zs:zh s:sh gy(?=[ei]):d gy:d ty(?=[eaiou]):t ny(?=[eaiou]):n ly(?=[aeiou]):l "
        "^hr:khr [iy]j$:y á:a é:e ó:o c:ts j(?=[aeiou]):y j:i",
        r"(?:sz|cs|zs).*dze$|szkij$|szkaja$|cs[oe]v$|gyeva?$|(?:sz|zs|cs).*[eo]v$|csenko$|asvili$",
        r"(?:sz|cs|zs|gy).*(?:[eo]va?|in|ina|enko|ij|uk)$",
    ),
    _convention(
        "pl",
        "szcz:shch sz:sh cz:ch ż:zh ch:kh ł:l w:v skij?$:sky ie:e [iy]j$:y ia:ya io:yo iu:yu ó:o ń:n ś:s c:ts "
        "j(?=[aeiou]):y j:i",
        r"szwili$|(?:sz|cz).*dze$|(?:sz|cz).*enko$|[bdgmnrs]iediew$|iejewa?$",
        r"(?:[^o]w|wa|j|sz|cz|ł|ż).*(?:in|yn|ina|enko|[eo]wa?)$|i?ewa?$|owa?$",
    ),
    _convention(
        "cs sk sl hr",
        "šč:shch č:ch š:sh ž:zh c:ts ch:kh skij$:sky ská$:skaya á:a é:e í:i ý$:y ě:e ň:n ď:d ť:t ů:u ú:u [iy]j$:y "
        "j(?=[aeiou]):y j:i",
        rf"[šč]enko$|švili$|š.*dze$|šč.*{_V}|vskij$|čuk(?:ova)?$(?!)",
        r"[čšž].*(?:[eo]v[aá]?|in|ina|uk|enko)$|skij$|(?:ij|yj)$|[bdfglmnprstvz]jeva?$",
    ),
    _convention(
        "tr",
        "şç:shch ç:ch ş:sh iy$:y ı:y ü:yu ski$:sky j:zh",
        r"ç[eo]va?$|[çş].*enko$|ç.*[eo]v$|çuk$|^çay.*ski$",
        r"[çş].*(?:[eo]va?|in|ina|ski|uk)$|iy$",
    ),
    _convention(
        "it",
        "sci(?=[ao]):shch ci(?=[aou]):ch skij$:sky [iy]j$:y gh(?=[ei]):g",
        r"[rtlu](?:a?s?ci)ova?$|[bp]aciova?$",
        r"cio?va?$|(?:ij|yj)$",
    ),
    _convention(
        "es pt",
        "^j:kh (?<=[aeiouáéíóú])j(?=[aeiouáéíóú]):kh ^ch:ch gu(?=[eiéí]):g á:a é:e í:i ó:o ú:u vski$:vsky ski$:sky",
        r"[éó][a-z]+(?<!n)[eo]va?$|^jr.*[eo]va?$|[éó]vski$|[áú]j[a-z]+[eo]va?$|[áú]j.*enko$",
        r"[áéíóú].*(?:[eo]va?|enko|ski)$|j.*(?:[eo]va?|enko)$",
    ),
    _convention(
        "fi",
        "štš:shch tš:ch š:sh ž:zh ^hr:khr [yi]i$:y ski$:sky j(?=[aeou]):y j:i",
        r"tš.*(?:[eo]va?|in|ina|enko|uk)$|^štš",
        _NO_MARK,
    ),
    # Georgian: dsch is one sound here, and ds stands for dz.
    _convention(
        "de",
        "dsch:j tsch:ch sch:sh (?<=s)ch:kh ch:kh dse$:dze w:v z:ts",
        r"[a-z]{3}[aeio]dse$",
        _NO_MARK,
        ending=r"dze$",
    ),
    _convention(
        "fr", "tch:ch (?<=k)h:h ch:sh dj:j ou:u é:e", r"[a-z]{3}[aeio]dzé$", _NO_MARK, ending=r"dze$"
    ),
    # Arabic, Persian, Indian: dsch between vowels, and no letter that could mean two.
    _convention(
        "de",
        "dsch:j sch:sh j:y (?<=[aeiou])ss(?=[aeiou]):s",
        r"^(?!.*(?:tsch|ch(?<!sch)|[wzßäöü]|[aeiou]s[aeiou]))(?:[a-z]*[aeiou])?(?:dsch[aeiou]|ndscha[nb])",
        _NO_MARK,
        ending=r"^[a-z]+$",
    ),
    _convention(
        "hu",
        "dzs:j zs:zh cs:ch sz:s s:sh gy:gy á:a é:e í:i ó:o ú:u ö:o ü:u j:y",
        r"^(?!.*[öüőű])(?:[a-záéíóú]*[aeiouáéíóú])?dzs[aeiouáéíóú]",
        _NO_MARK,
        ending=r"^[a-z]+$",
    ),
    # Greek: the accent of the Greek word kept on an ending that only Greeks have.
    _convention(
        "el",
        "pulos$:poulos á:a é:e í:i ó:o ú:u",
        r"(?:[áéíóú][a-z]*(?:akis|opo?ulos|oglou|iadis|idis|atos)|ákis|ópo?ulos|iádis|ídis|ídou)$",
        _NO_MARK,
        ending=r"(?:akis|opoulos|oglou|idis|iadis|idou|atos)$",
    ),
    # Azerbaijani: no other language has the letter ə.
    _convention(
        "az",
        "ə:a x:kh c:j ç:ch ş:sh ğ:gh q:g ı:i ö:o ü:u",
        r"ə",
        _NO_MARK,
        ending=r"^[a-z]+$",
    ),
    # Kazakh and Chechen names in -bayev, which all of these write with a j.
    _convention(
        "nl sv da no cs sk sl hr",
        "sj:sh tsj:ch tj:ch č:ch š:sh ž:zh zj:zh oe:u j(?=[aeiou]):y",
        r"[a-zšč](?:ba|ka|ga|ma|da)jeva?$",
        _NO_MARK,
    ),
)
