"""What a statement tells as so though the words deny or doubt it, and who does it to whom."""

import re
from collections.abc import Iterator

from knowledge.curation.verification import messages
from knowledge.curation.verification.drafts import Draft
from knowledge.curation.verification.messages import Violation, quote

_DENIES = re.compile(
    r"실패(?:했(?:다|습니다|으|고|지만|음)|한 것)|부인(?:했|하|한)|의혹|사실 ?무근|(?:의향|의사|계획|뜻)[이은도]? ?없|믿기 ?(?:어렵|힘들)"
    r"|[가-힣]지 않기로|(?<![A-Za-z])(?:den(?:y|ies|ied)|alleg(?:ed|edly|ation|ations)|unfounded|groundless|failed to|"
    r"no (?:plans?|intention)|hard to believe)(?![A-Za-z])",
    re.IGNORECASE,
)
"""Words that turn round or doubt what stands beside them."""
_KEEPS_KOREAN = re.compile(
    r"않|못|아니|아닌|없|실패|부인|부정|거부|거절|일축|반박|의혹|의심|혐의|논란|사실 ?무근|어렵|어려|힘들|불신|포기|철회|취소|그만|중단"
)
_KEEPS_ENGLISH = re.compile(
    r"(?<![A-Za-z])(?:not|no|never|none|neither|nor|without|cannot|fail\w*|den(?:y|ies|ied|ial\w*)|reject\w*|refus\w*|alleg\w*|"
    r"suspect\w*|suspicio\w*|accus\w*|claims?|claimed|rumou?r\w*|un\w+|doubt\w*|hard|difficult|implausib\w*|false|groundless|"
    r"baseless|disput\w*|scept\w*|skept\w*|abandon\w*|drop\w*|declin\w*|against)(?![A-Za-z])|n['’]t",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"(?<![가-힣A-Za-z0-9])(?P<who>[가-힣A-Za-z0-9]{2,20}?)(?:이|가|은|는) (?:[^\s.!?,]+ ){0,3}?"
    r"(?P<whom>[가-힣A-Za-z0-9]{2,20}?)(?:을|를)(?![가-힣A-Za-z0-9])"
)
"""Somebody who does something, and to whom: 이/가 and 을/를 in one clause."""


def check(draft: Draft, states: str) -> Iterator[Violation]:
    """Where both statements lack a denial of the words, or the Korean one has two names the other way round."""
    denied = _DENIES.search(states)
    if denied and not _KEEPS_KOREAN.search(draft.statement_ko) and not _KEEPS_ENGLISH.search(draft.statement_en):
        yield _undenied(denied[0])
    pairs, mine = _pairs(states), _pairs(draft.statement_ko)
    for who, whom in sorted(mine - pairs):
        if (whom, who) in pairs and (whom, who) not in mine:
            yield _swapped(whom, who)
            return


def _pairs(words: str) -> set[tuple[str, str]]:
    return {(one["who"], one["whom"]) for one in _PAIR.finditer(words)}


def _undenied(words: str) -> Violation:
    return messages.DENIAL_DROPPED.at("statement_ko", words=quote([words]))


def _swapped(who: str, whom: str) -> Violation:
    return messages.ROLES_SWAPPED.at("statement_ko", first=quote([who]), second=quote([whom]))
