"""Factuality of some words in Korean or English: their modality and their polarity.

Modality is forecast, plan, intention, supposition, possibility, judgement or report. Polarity is negation, denial, and the
direction of a change. All of it is read from word forms: a negation by way of another word (an antonym) is out of reach without
a language model.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from knowledge.model import Language
from knowledge.text.analysis import analyzer, hangul

_FORECAST = re.compile(
    r"(?:전망|예상|예측|관측|기대)(?:된다|됩니다|된 ?바|됐|되고|되며|되는 ?가운데|했|하고|한다|합니다|이다|입니다|이 ?나|도 ?나|도 ?있|이 ?우세)"
    r"|것으로 ?(?:전망|예상|예측|보인|보이|보고|기대|관측)|내다[봤보]|[될할갈날을올줄릴일킬질]? ?전망(?:이다|입니다|이 |도 )"
    r"|(?<![A-Za-z])(?:(?:is|are|was|were|be|being)(?: \w+)? (?:expected|projected|forecast|predicted|anticipated|poised|set|likely) to|expects?|forecasts? (?:that|a|the)|"
    r"forecasts?(?= )|predict(?:s|ed)?|project(?:s|ed) (?:that|to)|anticipat(?:es?|ed)|will(?! (?:power|of))|won't|shall|is going to|are going to)(?![A-Za-z])",
    re.IGNORECASE,
)
_FUTURE_VERB = re.compile(
    r"(?P<last>[가-힣]) ?(?:것(?:이다|입니다|이라|으로|이란|이며|이고|임|”|’|\"|'|이)|거(?:다|예요|라고|라는)|전망|예정|터)"
)
_PLAN = re.compile(
    r"예정|계획|목표|방침|겠다|겠습니다|로 했다|기로|예고|추진|준비|앞두|출시될|개최될"
    r"|(?<![A-Za-z])(?:plan(?:s|ned|ning)?|aims?|targets?|intends?|scheduled|due|set to|announced|pledged|vowed|agreed|promised)(?![A-Za-z])",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"앞으로|향후|미래|내년|내후년|머지않|곧(?= )|조만간|언젠가|아직|가능성|우려|기다려|기대|바꿀|계기|눈앞|시간문제|진화|가져올|이어질|될지|겠|시일|예고"
    r"|(?<![A-Za-z])(?:future|next (?:year|decade|month)|soon|by 20\d\d|coming|yet to|may|might|could|would|potential|still)(?![A-Za-z])",
    re.IGNORECASE,
)
_SUPPOSITION = re.compile(
    r"가정(?:하|해|한|했)|만약|만일|가상의|(?:한|는|ㄴ|이|된|진|온|간|난|린|킨|운|른|본)?다면|라면(?=[ ,.]|$)|"
    r"(?<![A-Za-z])(?:suppose|supposing|imagine|what if|hypothetical|thought experiment|were to|if [^.!?\n]{1,150} (?:would|were|could|might))(?![A-Za-z])",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"(?:만약|만일)(?=[ ,])|[는한된]?다면[ ,]|라면[ ,]|(?<![A-Za-z])(?:if|unless|suppose|provided that) ", re.IGNORECASE
)
_PLANNED = re.compile(
    r"(?P<last>[가-힣]) (?:계획|예정|방침)|겠다|겠습니다|(?<![A-Za-z])(?:plans?|planned|intends?|aims?|hopes?|wants?|seeks?|pledged|promised) to "
)
_INTENTION = re.compile(r"겠다(?=[고며는”’\"'. ]|$)|겠습니다(?=[”’\"'])")
_INTENT_NOUN = re.compile(r"의사|의지|의향|포부|약속|다짐|생각|방안|구상|뜻을|[을를]? 것")
_REPORTED_DONE = re.compile(r"[했었았였됐]다(?:고|며|는)(?= )")
_CLAUSE = re.compile(r"[다까요][.(]|[가-힣](?:며|고|지만|는데),? |; ")
_CONTRAST = re.compile(r"(?:였|했|었|았|이었)다면")
_UNCERTAIN = re.compile(
    r"면(?=[ ,.]|$)|경우|때(?=[ ,.에는]|$)|수[도는]? ?[있없]|시나리오|상황|지도 ?모|가능|여부|제안|물음|질문|까\?|[을를]까|텐데|셈|않을|의문|이론|원칙적|상상|잠재|가설"
    r"|(?<![A-Za-z])(?:if|unless|whether|could|might|may|would|suggests?|suggested|possib\w+|perhaps|maybe|when|question|in theory|hypothes\w+)(?![A-Za-z])",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(
    r"[가-힣] 수[도는]? ?있(?:다|습니다|으며|고|지만|을|어)(?!고? (?:밝|발표))|지도 ?모[르른를]|가능성이 ?(?:있|크|높)|(?<![A-Za-z])(?:could|might|may(?! \d)|can|possibly|perhaps)(?![A-Za-z])",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"가능|위험|우려|능력|할 만|잠재|(?<![A-Za-z])(?:able|capab\w+|possib\w+|risk\w*|potential\w*|enabl\w+|allow\w*|let|lets|likely)(?![A-Za-z])",
    re.IGNORECASE,
)
_JUDGEMENT = re.compile(
    r"야 (?:한다|합니다|할 것|했어야)|바람직하|마땅하|(?<![A-Za-z])(?:should|ought to|I (?:think|believe)|in (?:my|our) (?:view|opinion)|arguably)(?![A-Za-z])",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"발표|밝[혔히혀]|공개|말했|말한|전했|알려|설명|강조|언급|주장|지적|분석|전망|예상|예측|내다|계획|예정|목표|약속|선언|공지|알린다|제안|제시|평가|경고|기대|소개|인용"
    r"|(?<![A-Za-z])(?:announc\w+|sa(?:y|ys|id)|plan\w*|aim\w*|told|pledg\w+|promis\w+|according|report\w*|forecast\w*|predict\w*|expect\w*|intend\w*|declar\w+|agree\w*|vow\w*|schedul\w+|set to|due|target\w*|warn\w*)(?![A-Za-z])",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,.!?\n;:“”\"]|(?:고|며|지만|면서|는데|아서|어서|으나|라며|다며|다고|라고)(?= )")
_LONGEST_REST = 30
_LAST_WORD = 12
_PARTICLE = re.compile(
    r"(?:이|가|은|는|을|를|에|의|로|으로|와|과|도|만|까지|부터|에서|에게|처럼|보다|이라는|라는|이란|이나|나)(?![가-힣])"
)
_CONTINUES = re.compile(r"(?:[가-힣]*[될할갈날을올줄릴일킬질설울릴길칠]|것[가-힣]*|수|수도|가능성[이도]?)\Z")


def is_forecast(words: str) -> bool:
    """Return whether the words say what will be, as the writer or somebody else expects it."""
    return _FORECAST.search(words) is not None or _has_future_verb(words)


def mentions_plan(words: str) -> bool:
    """Return whether the words mention a plan."""
    return _PLAN.search(words) is not None


def is_only_planned(words: str) -> bool:
    """Return whether the words report something that was only planned at the time."""
    return any(not match["last"] or hangul.get_final(match["last"]) == "ㄹ" for match in _PLANNED.finditer(words))


def states_intention(words: str) -> bool:
    """Return whether somebody says in the words what they intend to do."""
    return _INTENTION.search(words) is not None


def claims_done(korean: str) -> bool:
    """Return whether a Korean statement presents as done, or as reported done, what may only have been intended."""
    if _INTENT_NOUN.search(korean) or mentions_plan(korean) or mentions_future(korean):
        return False
    return not is_report(korean) or _REPORTED_DONE.search(korean) is not None


def mentions_future(words: str) -> bool:
    """Return whether the words mention the future in any way: the least that a forecast needs."""
    return is_forecast(words) or mentions_plan(words) or _FUTURE.search(words) is not None


def is_supposition(words: str) -> bool:
    """Return whether the words suppose something; Korean `A했다면 B는` is a contrast and supposes nothing."""
    return _SUPPOSITION.search(_CONTRAST.sub("", words)) is not None


def is_conditional(words: str) -> bool:
    """Return whether the words leave open if something is so: the least that a hypothesis needs."""
    return is_supposition(words) or _UNCERTAIN.search(words) is not None or is_forecast(words)


def is_possibility(words: str) -> bool:
    """Return whether the words say only that something is possible."""
    return _POSSIBLE.search(words) is not None


def leaves_open(words: str) -> bool:
    """Return whether any words of a statement leave open if something is so."""
    return _POSSIBLE.search(words) is not None or _OPEN.search(words) is not None


def is_judgement(words: str) -> bool:
    """Return whether the words demand something or give a personal view."""
    return _JUDGEMENT.search(words) is not None


def is_report(words: str) -> bool:
    """Return whether a statement says that somebody announced, planned or said what it is about."""
    return _REPORT.search(words) is not None


def has_condition(words: str) -> bool:
    """Return whether the words open a condition that what follows depends on, rather than one whose consequence they have."""
    ends = [match.end() for match in _CONDITION.finditer(words) if not _CONTRAST.search(words[: match.end()][-6:])]
    return bool(ends) and _CLAUSE.search(words, ends[-1]) is None


def rest_of_clause(body: str, end: int, *, through: bool) -> str:
    """Return the rest of a clause that a quote breaks off at `end`: `될 것이라고`, `않았다`.

    Empty after a noun, as what follows its particle is another matter, unless the predicate counts (`through`).
    """
    before, rest = body[max(0, end - _LAST_WORD) : end], body[end : end + _LONGEST_REST]
    if not rest or before[-1] in ".!?,\n" or rest[0] in ".!?,\n\"”’'" or not "가" <= before[-1] <= "힣":
        return ""
    if not through and (_PARTICLE.match(rest) or (rest[0] == " " and not _CONTINUES.search(before))):
        return ""
    cut = _CLAUSE_END.search(rest)
    return rest[: cut.end()] if cut else rest


def _has_future_verb(words: str) -> bool:
    """Return whether a verb before 것이다 is in its future form: 늘 것이다, but not 느는 것이다."""
    # -실 것이다 is a polite guess.
    return any(
        match["last"] != "실" and hangul.get_final(match["last"]) == "ㄹ" for match in _FUTURE_VERB.finditer(words)
    )


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
