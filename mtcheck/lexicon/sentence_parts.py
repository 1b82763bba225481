"""Small closed lists that say whether a stretch of words can be a sentence."""

import regex

# After one of these a sentence cannot end.
_OPEN = "the an and nor whose every than"
# "a" also names a grade, a note or a plan, so it needs one of these before it.
_BEFORE_ARTICLE = "as at by for from in into is of on to was with"
_ARTICLE = "a the an their its our my your his"
# What a stop before it cuts off: prepositions, relative words, verbs that need a subject.
_GOES_ON = """
    about after against among and are around as at because before behind between by despite during for
    from had has have in including into is near nor of on or over since than that through throughout to
    towards under unless until upon via was were when whether which while who whom whose with within
    without would
"""
_FINITE = """
    ain't am are aren't ate became began begun bent bet bit bled blew bore bought bound bred broke
    brought built burnt came can can't cannot caught chose clung could couldn't crept cut dealt did
    didn't do does doesn't don't drank drew drove dug fed fell felt fled flew forgave forgot fought
    found froze gave go goes got grew ground had hadn't has hasn't have haven't heard held hid hit hung
    hurt is isn't kept knew laid lay led left lent let lit lost made may meant met might mistook must
    needn't ought outdid overcame overtook paid put quit ran rang read remain rode rose said sang sank
    sat saw says seem sent set shall shook shot should shouldn't shut slept slid sold spent spoke spread
    sprang spun stand stole stood stuck sung swam swept swore swung taught tells thinks think thought
    threw told took tore understood upset wants was wasn't we'll went were weren't will withdrew woke
    won won't wore would wouldn't wound wrote
"""
# A reader expects a name after these.
_ROLES = """
    activist actor actress adviser advisor ally ambassador analyst archbishop artist athlete author
    bishop boss candidate captain chairman chairwoman chancellor chief coach comedian commander
    commissioner composer critic dictator diplomat director dissident economist editor envoy expert
    filmmaker footballer founder general governor head historian journalist judge king lawmaker lawyer
    leader manager mayor minister negotiator novelist oligarch opponent opposition painter
    parliamentarian player poet politician pope premier president prince princess professor prosecutor
    queen rapper reporter representative rival secretary senator sheikh singer spokesman spokesperson
    spokeswoman sultan writer
"""
_RELATIVE = "although as because if since that though unless until when where which while who whom whose"
# A word in -s after one of these is a plural, not a verb.
_NOUN_AHEAD = "a and at by for from her his in its of on or our the their these those to with your"

OPEN = frozenset(_OPEN.split())
BEFORE_ARTICLE = frozenset(_BEFORE_ARTICLE.split())
ARTICLE = frozenset(_ARTICLE.split())
GOES_ON = frozenset(_GOES_ON.split())
ROLES = frozenset(_ROLES.split())
_FINITE_WORDS = frozenset(_FINITE.split())
_RELATIVE_WORDS = frozenset(_RELATIVE.split())
_NOUN_AHEAD_WORDS = frozenset(_NOUN_AHEAD.split())
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}]+)*|,")


def may_be_finite(word: str, before: str) -> bool:
    """Whether `word` after `before` could be a finite verb; when in doubt, it could.

    >>> may_be_finite("charges", "his"), may_be_finite("charges", "Berg"), may_be_finite("after", "Berg")
    (False, True, False)
    """
    word = word.replace("’", "'")
    if not word[:1].islower():
        return False
    if word in _FINITE_WORDS or (word.endswith("ed") and len(word) > 3) or "'" in word:
        return True
    ends_in_s = word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us"))
    return ends_in_s and before not in _NOUN_AHEAD_WORDS


def has_main_verb(sentence: str) -> bool:
    """Whether a finite verb may stand outside the relative and subordinate clauses.

    A comma after such a clause may bring the main verb, so it counts as one.

    >>> has_main_verb("Anna Berg after her release, which she owed to them")
    False
    >>> has_main_verb("Anna Berg, who was freed, thanked them")
    True
    """
    words = _WORD.findall(sentence)
    for i, word in enumerate(words):
        if word in _RELATIVE_WORDS:
            return "," in words[i:]
        if may_be_finite(word, words[i - 1] if i else ""):
            return True
    return False
