"""Words that show what sort of statement an article makes: looking ahead, supposing, judging, announcing; in both languages."""

import re

from knowledge.text.analysis import hangul

_AHEAD = re.compile(
    r"(?:전망|예상|예측|관측|기대)(?:된다|됩니다|된 ?바|됐|되고|되며|되는 ?가운데|했|하고|한다|합니다|이다|입니다|이 ?나|도 ?나|도 ?있|이 ?우세)"
    r"|것으로 ?(?:전망|예상|예측|보인|보이|보고|기대|관측)|내다[봤보]|[될할갈날을올줄릴일킬질]? ?전망(?:이다|입니다|이 |도 )"
    r"|(?<![A-Za-z])(?:(?:is|are|was|were|be|being)(?: \w+)? (?:expected|projected|forecast|predicted|anticipated|poised|set|likely) to|expects?|forecasts? (?:that|a|the)|"
    r"forecasts?(?= )|predict(?:s|ed)?|project(?:s|ed) (?:that|to)|anticipat(?:es?|ed)|will(?! (?:power|of))|won't|shall|is going to|are going to)(?![A-Za-z])",
    re.IGNORECASE,
)
_WILL = re.compile(
    r"(?P<last>[가-힣]) ?(?:것(?:이다|입니다|이라|으로|이란|이며|이고|임|”|’|\"|'|이)|거(?:다|예요|라고|라는)|전망|예정|터)"
)
_PLAN = re.compile(
    r"예정|계획|목표|방침|겠다|겠습니다|로 했다|기로|예고|추진|준비|앞두|출시될|개최될"
    r"|(?<![A-Za-z])(?:plan(?:s|ned|ning)?|aims?|targets?|intends?|scheduled|due|set to|announced|pledged|vowed|agreed|promised)(?![A-Za-z])",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"앞으로|향후|미래|내년|내후년|머지않|곧(?= )|조만간|언젠가|아직|가능성|우려|기다려|기대|바꿀|계기|눈앞|시간문제|진화|가져올|이어질|될지|겠|시일|예고"
    r"|(?<![A-Za-z])(?:future|next (?:year|decade|month)|soon|by 20\d\d|coming|yet to|may|might|could|would|potential|still)(?![A-Za-z])",
    re.IGNORECASE,
)
_SUPPOSE = re.compile(
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
_VOW = re.compile(r"겠다(?=[고며는”’\"'. ]|$)|겠습니다(?=[”’\"'])")
_MEANT = re.compile(r"의사|의지|의향|포부|약속|다짐|생각|방안|구상|뜻을|[을를]? 것")
_SAID_DONE = re.compile(r"[했었았였됐]다(?:고|며|는)(?= )")
_CLAUSE = re.compile(r"[다까요][.(]|[가-힣](?:며|고|지만|는데),? |; ")
_CONTRAST = re.compile(r"(?:였|했|었|았|이었)다면")
_MAYBE = re.compile(
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
_MUST = re.compile(
    r"야 (?:한다|합니다|할 것|했어야)|바람직하|마땅하|(?<![A-Za-z])(?:should|ought to|I (?:think|believe)|in (?:my|our) (?:view|opinion)|arguably)(?![A-Za-z])",
    re.IGNORECASE,
)
_TELL = re.compile(
    r"발표|밝[혔히혀]|공개|말했|말한|전했|알려|설명|강조|언급|주장|지적|분석|전망|예상|예측|내다|계획|예정|목표|약속|선언|공지|알린다|제안|제시|평가|경고|기대|소개|인용"
    r"|(?<![A-Za-z])(?:announc\w+|sa(?:y|ys|id)|plan\w*|aim\w*|told|pledg\w+|promis\w+|according|report\w*|forecast\w*|predict\w*|expect\w*|intend\w*|declar\w+|agree\w*|vow\w*|schedul\w+|set to|due|target\w*|warn\w*)(?![A-Za-z])",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[,.!?\n;:“”\"]|(?:고|며|지만|면서|는데|아서|어서|으나|라며|다며|다고|라고)(?= )")
_TAIL = 30
_LAST_WORD = 12
_PARTICLE = re.compile(
    r"(?:이|가|은|는|을|를|에|의|로|으로|와|과|도|만|까지|부터|에서|에게|처럼|보다|이라는|라는|이란|이나|나)(?![가-힣])"
)
_GOES_ON = re.compile(r"(?:[가-힣]*[될할갈날을올줄릴일킬질설울릴길칠]|것[가-힣]*|수|수도|가능성[이도]?)\Z")


def looks_ahead(words: str) -> bool:
    """Whether the words say what will be, as the writer or somebody expects it."""
    return _AHEAD.search(words) is not None or _says_will(words)


def plans(words: str) -> bool:
    """Whether the words tell of a plan."""
    return _PLAN.search(words) is not None


def only_plans(words: str) -> bool:
    """Whether what the words tell of was no more than a plan when it was said."""
    return any(not one["last"] or hangul.get_final(one["last"]) == "ㄹ" for one in _PLANNED.finditer(words))


def vows(words: str) -> bool:
    """Whether somebody says in the words what they are going to do."""
    return _VOW.search(words) is not None


def has_done(korean: str) -> bool:
    """Whether a Korean statement tells as done, or as reported to be done, what may only have been vowed."""
    if _MEANT.search(korean) or plans(korean) or speaks_of_later(korean):
        return False
    return not tells(korean) or _SAID_DONE.search(korean) is not None


def speaks_of_later(words: str) -> bool:
    """Whether the words speak of times to come in any way: the least that a forecast needs."""
    return looks_ahead(words) or plans(words) or _LATER.search(words) is not None


def supposes(words: str) -> bool:
    """Whether the words suppose something; `A했다면 B는` is a contrast in Korean, and supposes nothing."""
    return _SUPPOSE.search(_CONTRAST.sub("", words)) is not None


def is_conditional(words: str) -> bool:
    """Whether the words leave open if something is so: the least that a hypothesis needs."""
    return supposes(words) or _MAYBE.search(words) is not None or looks_ahead(words)


def may_be(words: str) -> bool:
    """Whether the words say only that something can be."""
    return _POSSIBLE.search(words) is not None


def leaves_open(words: str) -> bool:
    """Whether a statement leaves open if something is so, in any of its words."""
    return _POSSIBLE.search(words) is not None or _OPEN.search(words) is not None


def judges(words: str) -> bool:
    """Whether the words demand something or give a view as one's own."""
    return _MUST.search(words) is not None


def tells(words: str) -> bool:
    """Whether a statement says that somebody announced, planned or said what it is about."""
    return _TELL.search(words) is not None


def has_condition(words: str) -> bool:
    """Whether the words begin a condition that what follows them depends on, rather than one that has had its consequence."""
    found = [one.end() for one in _CONDITION.finditer(words) if not _CONTRAST.search(words[: one.end()][-6:])]
    return bool(found) and _CLAUSE.search(words, found[-1]) is None


def tail(body: str, end: int, *, through: bool) -> str:
    """What is left of the clause that a quote breaks off: `될 것이라고`, `않았다`.

    A noun stands for itself, and what follows its particle is another matter, unless the predicate counts (`through`).
    """
    before, rest = body[max(0, end - _LAST_WORD) : end], body[end : end + _TAIL]
    if not rest or before[-1] in ".!?,\n" or rest[0] in ".!?,\n\"”’'" or not "가" <= before[-1] <= "힣":
        return ""
    if not through and (_PARTICLE.match(rest) or (rest[0] == " " and not _GOES_ON.search(before))):
        return ""
    cut = _ENDS.search(rest)
    return rest[: cut.end()] if cut else rest


def _says_will(words: str) -> bool:
    """Whether a verb stands before 것이다 in the form that looks ahead: 늘 것이다, but not 느는 것이다."""
    # -실 것이다 is a polite guess.
    return any(one["last"] != "실" and hangul.get_final(one["last"]) == "ㄹ" for one in _WILL.finditer(words))
