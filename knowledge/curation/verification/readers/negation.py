"""Negated verbs, denials, directions (up or down) and agents with their objects, in Korean and English.

All of it is read from word forms. A negation by way of another word (an antonym) is out of reach without a language model.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from knowledge.model.records import Language
from knowledge.text.analysis import analyzer, hangul

_CUT_AFTER = re.compile(r"[가-힣]{0,2}(?:지|진|지는|지도|지를)? ?(?:않|못하|못했|아니[다라었]|아닌|아닙)")
_JI = re.compile(r"[지진질]\Z|지[는도를]\Z")
_CUT_BEFORE = re.compile(
    r"(?:(?<![A-Za-z])(?:not|never|no|cannot|hardly|without|nor|neither)|n['’]t) \Z", re.IGNORECASE
)
_KOREAN = re.compile(r"(?P<verb>[가-힣]{1,8})(?:지|지는|지도|지를|지가) ?(?:않|못[하했한할]|아니하)")
_ENGLISH = re.compile(
    r"(?:(?<![A-Za-z])(?:not|never|cannot)|n['’]t)(?: (?:be|been|to|have|yet|also|even|\w+ly))* (?P<verb>[A-Za-z]+)",
    re.IGNORECASE,
)
_ANY_KOREAN = re.compile(
    r"않|못|아니|아닌|아닙|없|말[고라아]|미달|부족|(?<![가-힣])안 |불가|반대|부인|거부|중단|그치|그만"
)
_ANY_ENGLISH = re.compile(
    r"(?<![A-Za-z])(?:not|no|never|none|nor|neither|without|cannot|hardly|fail\w*|rather than|instead|un(?!i|der|til)\w+|inab\w+|insuff\w+|incomp\w+|imposs\w+|lack\w*|den(?:y|ies|ied)|refus\w*|stop\w*|little|few)(?![A-Za-z])|n['’]t",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"[가-힣]+지 ?(?:않을까|않을지|않나|않겠[는느])")
"""A guess or worry in the form of a negative question, which negates nothing."""
_AUXILIARY = frozenset("be been have has do does did only just merely all always enough so as a an the to".split())
_UP = re.compile(
    r"증가|상승|늘[어었고린릴려]|오[르른를]|올[라랐렸]|올리|급등|급증|확대|성장(?:했|한|하|률)|높아|높[였이]|인상|상향|많아|% ?(?:더 )?(?:많|높|크)"
    r"|(?<![A-Za-z])(?:ros(?:e|en)|ris(?:e[sn]?|ing)|rais\w+|increas\w*|grew|grow(?:s|n|ing|th)?|climb\w*|jump\w*|surg\w*|gain(?:s|ed)?"
    r"|up(?= \d)|(?<=\d% )(?:more|higher))(?![A-Za-z])",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"감소|하락|줄[어었고인일이여였]|내[리린렸려](?=[며고다었는 기]|$)|떨어[지졌진질져]|급락|급감|축소|낮아|낮[춰췄추]|인하|하향|적어|덜 |% ?(?:더 )?(?:적|낮)"
    r"|(?<![A-Za-z])(?:fell|fall(?:s|en|ing)?|declin\w*|decreas\w*|drop\w*|shr[aiu]nk\w*|slump\w*|plung\w*|reduc\w*|lower\w*"
    r"|cut(?:s|ting)?|down(?= \d)|los(?:es?|t|ing)|sank|sink\w*|(?<=\d% )(?:less|fewer))(?![A-Za-z])",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"(?P<noun>[가-힣A-Za-z0-9]{2,12})(?:이|가) 아니[라고]|(?P<other>[가-힣A-Za-z0-9]{2,12})(?:이|가) 아닌(?= )"
)
_SHORTEST_STEM = 3
_DENIES = re.compile(
    r"실패(?:했(?:다|습니다|으|고|지만|음)|한 것)|부인(?:했|하|한)|의혹|사실 ?무근|(?:의향|의사|계획|뜻)[이은도]? ?없|믿기 ?(?:어렵|힘들)"
    r"|[가-힣]지 않기로|(?<![A-Za-z])(?:den(?:y|ies|ied)|alleg(?:ed|edly|ation|ations)|unfounded|groundless|failed to|"
    r"no (?:plans?|intention)|hard to believe)(?![A-Za-z])",
    re.IGNORECASE,
)
"""Words that deny or doubt what stands beside them."""
_KEEPS_KOREAN = re.compile(
    r"않|못|아니|아닌|없|실패|부인|부정|거부|거절|일축|반박|의혹|의심|혐의|논란|사실 ?무근|어렵|어려|힘들|불신|포기|철회|취소|그만|중단"
)
_KEEPS_ENGLISH = re.compile(
    r"(?<![A-Za-z])(?:not|no|never|none|neither|nor|without|cannot|fail\w*|den(?:y|ies|ied|ial\w*)|reject\w*|refus\w*|alleg\w*|"
    r"suspect\w*|suspicio\w*|accus\w*|claims?|claimed|rumou?r\w*|un\w+|doubt\w*|hard|difficult|implausib\w*|false|groundless|"
    r"baseless|disput\w*|scept\w*|skept\w*|abandon\w*|drop\w*|declin\w*|against)(?![A-Za-z])|n['’]t",
    re.IGNORECASE,
)
_ACTION = re.compile(
    r"(?<![가-힣A-Za-z0-9])(?P<agent>[가-힣A-Za-z0-9]{2,20}?)(?:이|가|은|는) (?:[^\s.!?,]+ ){0,3}?"
    r"(?P<object>[가-힣A-Za-z0-9]{2,20}?)(?:을|를)(?![가-힣A-Za-z0-9])"
)
"""An agent (이/가) and an object (을/를) in one clause."""
_NEGATED: dict[Language, re.Pattern[str]] = {"ko": _KOREAN, "en": _ENGLISH}
_ANY: dict[Language, re.Pattern[str]] = {"ko": _ANY_KOREAN, "en": _ANY_ENGLISH}
_KEEPS: dict[Language, re.Pattern[str]] = {"ko": _KEEPS_KOREAN, "en": _KEEPS_ENGLISH}


class Action(NamedTuple):
    """Somebody who does something to somebody or something."""

    agent: str
    object: str


def is_cut_off(body: str, start: int, end: int) -> bool:
    """Return whether a range leaves out a negation: right after its end (않았다) or right before its beginning (not)."""
    after, before = body[end : end + 12], body[max(0, start - 12) : start]
    if _JI.search(body[max(0, end - 2) : end]) and re.match(r" ?(?:않|못[하했])", after):
        return True
    within_word = "가" <= body[end - 1] <= "힣" and not after.startswith((" ", "가 아니", "이 아니"))
    return bool((within_word and _CUT_AFTER.match(after)) or _CUT_BEFORE.search(before))


def negates_verb(words: str, *languages: Language) -> bool:
    """Return whether a verb is negated in the form of one of the languages (all by default)."""
    return any(_NEGATED[language].search(words) for language in languages or ("ko", "en"))


def has_negation(words: str, language: Language) -> bool:
    """Return whether some words of a language have a negation of any kind."""
    return _ANY[language].search(words) is not None


def find_negated_verbs(words: str, language: Language) -> Iterator[str]:
    """Yield the stems of the verbs that some words negate; in Korean also the nouns before 아니라."""
    if language == "ko":
        yield from (match["noun"] or match["other"] for match in _INSTEAD.finditer(words))
    for match in _NEGATED[language].finditer(words):
        verb = match["verb"].lower()
        if verb not in _AUXILIARY and (len(verb) >= _SHORTEST_STEM or not verb.isascii()):
            yield verb


def without_negative_questions(words: str) -> str:
    """Return the words without guesses and worries in the form of a negative question (늘지 않을까)."""
    return _QUESTION.sub(" ", words)


def has_verb(words: str, verb: str) -> bool:
    """Return whether the words have a verb, in any of its forms."""
    if any(word.startswith(verb) for word in words.split()):
        return True
    if not verb.isascii():
        stem = unicodedata.normalize("NFD", verb)
        stem = stem if hangul.get_final(verb[-1]) else stem[:-1]  # 거치, 거쳤: the vowel goes with the ending
        return len(verb) > 1 and f" {stem}" in f" {unicodedata.normalize('NFD', words)}"
    return analyzer.stem(verb) in {analyzer.stem(word) for word in re.findall(r"[a-z]+", words.lower())}


def find_rise(words: str) -> str | None:
    """Return the first word for an increase."""
    match = _UP.search(words)
    return match and match[0]


def find_fall(words: str) -> str | None:
    """Return the first word for a decrease."""
    match = _DOWN.search(words)
    return match and match[0]


def find_denial(words: str) -> str | None:
    """Return the first word that denies, doubts or reports as failed what stands beside it."""
    match = _DENIES.search(words)
    return match and match[0]


def keeps_denial(statement: str, language: Language) -> bool:
    """Return whether a statement has any word of denial, doubt or failure."""
    return _KEEPS[language].search(statement) is not None


def find_actions(words: str) -> set[Action]:
    """Return the agents and objects that stand in one clause of Korean words."""
    return {Action(match["agent"], match["object"]) for match in _ACTION.finditer(words)}
