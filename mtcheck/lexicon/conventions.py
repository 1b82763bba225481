"""How each language writes Slavic names: its letters, and the marks that give it away.

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
    which other nations share (Vladimir, Ivan) are context enough.
    """

    language: str
    letters: tuple[tuple[str, str], ...]
    sure: regex.Pattern[str]
    mark: regex.Pattern[str]
    roomy: bool = False


def _convention(language: str, letters: str, sure: str, mark: str, *, roomy: bool = False) -> Convention:
    pairs = tuple(
        (key, "" if value == "-" else value) for key, value in (p.split(":") for p in letters.split())
    )
    return Convention(language, pairs, regex.compile(sure), regex.compile(mark), roomy)


# Endings that all languages but German and Polish write as English does.
_V = r"(?:[eo]va?)$"

CONVENTIONS = (
    _convention(
        "de",
        "schtsch:shch tsch:ch dsch:dzh sch(?=[dn]):zh sch:sh (?<=s)ch:kh ch:kh ß:s (?<=[aeiouy])ss(?=[aeiouy]):s "
        "w:v sju:zyu z:ts [iy]j$:y ewskij?$:evsky skij?$:sky j(?=[aeiou]):y j:i",
        r"(?:sch|j).*ewa?$|tsch.*ow$|sch.*owa$|(?<=.{3})jowa?$|sch.*owitsch$|ytsch$"
        r"|sch.*enko$|[aeouy]w.*tschenko$|tschuk$|tschuk$|[^k]s[ck]hwili$|schwili$|w[a-z]*skij$|skyj$|^tsch.*[eo]wski$"
        r"|^sch.*insk(?:i|ij)$",
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
        rf"(?:tsj|zjoe|sjoe).*{_V}|[^aeiou]oe[^aeiou]+.*(?<!sk)(?:[eo]v)$|oe.*sjenko$|tsjoek$|vitsj$|sjvili$",
        r"oe.*(?:[eo]va?|in|ina|ski|enko)$|(?:tsj|sj|zj)",
        roomy=True,
    ),
    _convention(
        "sv da no",
        "sjtj:shch sjtsj:shch tj:ch tsj:ch sj:sh zj:zh ch:kh [iy]j$:y ski$:sky å:o j(?=[aeiou]):y j:i",
        rf"(?:tj|sj|zj).*{_V}|(?:tj|sj|zj).*enko$|tjuk$|(?:[aeo]v)itj$|skyj$",
        r"tj|sj|zj",
        roomy=True,
    ),
    _convention(
        "hu",
        "scs:shch cs:ch szkij$:sky sz:s zs:zh s:sh gy(?=[ei]):d gy:d ty(?=[eaiou]):t ny(?=[eaiou]):n ly(?=[aeiou]):l "
        "^hr:khr [iy]j$:y á:a é:e ó:o c:ts j(?=[aeiou]):y j:i",
        r"szkij$|szkaja$|cs[oe]v$|gyeva?$|(?:sz|zs|cs).*[eo]v$|csenko$|asvili$",
        r"(?:sz|cs|zs|gy).*(?:[eo]va?|in|ina|enko|ij|uk)$",
    ),
    _convention(
        "pl",
        "szcz:shch sz:sh cz:ch ż:zh ch:kh ł:l w:v skij?$:sky ie:e [iy]j$:y ia:ya io:yo iu:yu ó:o ń:n ś:s c:ts "
        "j(?=[aeiou]):y j:i",
        r"szwili$|(?:sz|cz).*enko$|[bdgmnrs]iediew$|iejewa?$",
        r"(?:[^o]w|wa|j|sz|cz|ł|ż).*(?:in|yn|ina|enko|[eo]wa?)$|i?ewa?$|owa?$",
    ),
    _convention(
        "cs sk sl hr",
        "šč:shch č:ch š:sh ž:zh c:ts ch:kh skij$:sky ská$:skaya á:a é:e í:i ý$:y ě:e ň:n ď:d ť:t ů:u ú:u [iy]j$:y "
        "j(?=[aeiou]):y j:i",
        rf"[šč]enko$|švili$|šč.*{_V}|vskij$|čuk(?:ova)?$(?!)",
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
)
