"""Words around a number, in both languages: its unit, and its bound.

A unit word is not the longer word that begins with it: 배 but not 배럴, 분 but not 분기. Bounds stand before or after: 약, 최소,
이상, at least, or more.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from knowledge.model import Bound
from knowledge.text.quantities.currencies import CURRENCIES, WORDS_OF_LARGE_SUMS

_END = r"(?![A-Za-z])"
_KOREAN_KIND = r"의? ?(?:(?:AI|인공지능|초거대|거대|대규모|대형|소형|언어|새|신규|주요|오픈소스|파운데이션) ?){0,3}"
_ENGLISH_KIND = r"(?:(?:AI|new|open|large|small|language|foundation|frontier|notable|active|total|trainable)[ -]){0,3}"
_THING = {"모델": "models", "모형": "models", "매개변수": "parameters", "파라미터": "parameters", "토큰": "tokens"}
_PREFIXES = {
    "k": 3,
    "m": 6,
    "g": 9,
    "t": 12,
    "킬로": 3,
    "메가": 6,
    "기가": 9,
    "테라": 12,
    "kilo": 3,
    "mega": 6,
    "giga": 9,
    "tera": 12,
}

# In the order in which they are tried.
_WORDS = {
    "percentage_points": rf"%[pP]{_END}|% ?포인트|퍼센트 ?포인트|(?i:percentage[ -]points?){_END}",
    "percent": rf"%|퍼센트|(?i:per ?cent|pct){_END}",
    "times": rf"배(?!럴|터|송|경|우|당|열|포|치|관|출|분|낭|양)|(?i:times){_END}(?! (?:an?|per|each|every) )|(?i:fold){_END}|[x×](?![\w가-힣]| ?\d)",
    "models": rf"[개종](?={_KOREAN_KIND}모[델형])|(?i:{_ENGLISH_KIND}models?){_END}",
    "parameters": rf"개(?={_KOREAN_KIND}(?:매개변수|파라미터))|매개변수|파라미터|(?i:{_ENGLISH_KIND}(?:parameters?|params?)){_END}",
    "tokens": rf"개(?=의? ?토큰)|토큰|(?i:tokens?){_END}",
    "months": rf"개월|달(?!러|성|라|리|하|인)|(?i:months?){_END}",
    "items": rf"개(?!국|사|년|소|교|골|발|입|념|선|편|혁|최|막|항|점|별)|(?i:items?){_END}",
    "people": rf"명(?!령|칭|분|단|확|품|예|시|절|목|제|사)|사람|(?i:people|persons?){_END}",
    "weeks": rf"주간|주일|(?i:weeks?){_END}",
    "days": rf"일간(?!지)|일(?= ?동안)|(?i:days?){_END}",
    "hours": rf"시간|(?i:hours?){_END}",
    "years": rf"년(?![대생도형산차째식]| ?\d{{1,2}} ?월| ?[상하]반기| ?\d ?분기| ?[초말](?![가-힣]))|(?i:years?){_END}",
    "minutes": rf"분(?!의|기|야|류|석|당|할|량|산|배|위|포|쟁|노|파|업|리|명)|(?i:minutes?){_END}",
    "seconds": rf"초(?!과|반|순|기|대|등|거|보|안|고|점|월|창|심|저)|(?i:seconds?){_END}",
    "watts": rf"(?:(?P<prefix>킬로|메가|기가|테라|(?i:kilo|mega|giga|tera)|[kMGT])?(?:와트(?!시)|(?i:watts?)(?![A-Za-z-])|W{_END}))",
}


class UnitMatch(NamedTuple):
    """The unit of a number, and the length of its words."""

    name: str
    length: int
    """From the number to the end of the unit, or from its beginning to the number."""
    factor: Decimal = Decimal(1)
    """The number of `name` in one of it: 10^9 for gigawatts."""
    odd: bool = False
    """여 stands before it: somewhat more than the number."""


def find_unit(text: str, at: int, *, large: bool) -> UnitMatch | None:
    """Return the unit that stands at `at`, right after a number; a `large` number may be money by a word that is otherwise ambiguous."""
    match = _after_number().match(text, at)
    if match is None:
        return _large_sum(text, at) if large else None
    power = _PREFIXES[match["prefix"].lower()] if match["prefix"] else 0
    return UnitMatch(_names()[str(match.lastgroup)], match.end() - at, Decimal(1).scaleb(power), bool(match["odd"]))


def find_currency(before: str) -> UnitMatch | None:
    """Return the currency whose sign or code `before` ends with."""
    match = _before_number().search(before)
    return UnitMatch(_names()[str(match.lastgroup)], len(match[0])) if match else None


def find_thing(before: str) -> UnitMatch | None:
    """Return the thing that the words before a number and its counter name: 모델 14개, 매개변수는 2억 개."""
    match = re.search(rf"({'|'.join(_THING)})(?: ?수)?[은는이가을를의]? ?\Z", before)
    return UnitMatch(_THING[match[1]], len(match[0])) if match else None


def _large_sum(text: str, at: int) -> UnitMatch | None:
    match = re.compile(rf" ({'|'.join(WORDS_OF_LARGE_SUMS)}){_END}").match(text, at)
    return UnitMatch(WORDS_OF_LARGE_SUMS[match[1]], len(match[0])) if match else None


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {f"u{place}": name for place, name in enumerate([*_WORDS, *(currency.code for currency in CURRENCIES)])}


@lru_cache(maxsize=1)
def _after_number() -> re.Pattern[str]:
    patterns = [*_WORDS.values(), *(f"(?i:{currency.words})" for currency in CURRENCIES)]
    choices = "|".join(f"(?P<u{place}>{pattern})" for place, pattern in enumerate(patterns))
    return re.compile(rf"(?P<odd>여)?[ -]?(?:{choices})")


@lru_cache(maxsize=1)
def _before_number() -> re.Pattern[str]:
    choices = "|".join(
        f"(?P<u{place}>{currency.signs})" for place, currency in enumerate(CURRENCIES, start=len(_WORDS))
    )
    return re.compile(rf"(?<![A-Za-z$])(?:{choices}) ?-?\Z")


_BOUND_PREFIXES: tuple[tuple[Bound, str], ...] = (
    ("at_least", r"(?<![가-힣])(?:최소한?|적어도)|(?<![A-Za-z])(?:at least|no(?:t)? (?:less|fewer) than|a minimum of)"),
    (
        "at_most",
        r"(?<![가-힣])(?:최대|많아야|기껏해야)|(?<![A-Za-z])(?:at most|up to|no(?:t)? more than|a maximum of|as (?:much|many) as)",
    ),
    ("less_than", r"(?<![A-Za-z])(?:less than|fewer than|under|below)"),
    ("more_than", r"(?<![A-Za-z])(?:more than|over|above|exceeding|upwards of)"),
    (
        "about",
        r"(?<![가-힣])(?:약|대략|거의)|(?<![A-Za-z])(?:about|around|roughly|approximately|approx\.|some|nearly|almost|circa)|(?<![^\s(])[~≈]",
    ),
)
_BOUND_SUFFIXES: tuple[tuple[Bound, str], ...] = (
    ("at_least", r" ?이상(?![한하해향적형])| or (?:more|above)(?![A-Za-z])|\+(?!\w)"),
    ("at_most", r" ?(?:이하|이내)| or (?:less|fewer)(?![A-Za-z])"),
    ("less_than", r" ?미만|(?:에|을|를|에도)? ?(?:못 ?미[치친칠쳤]|밑[도돈돌])"),
    ("more_than", r" ?(?:초과|남짓)|(?:을|를|이|가|은|는)? ?(?:넘[는게어은었을]|웃[도돈돌]|상회|초과)"),
    (
        "about",
        r" ?(?:정도|가량|안팎|내외|쯤)|에? ?가까[이운]| or so(?![A-Za-z])|(?<=[원러로엔안%])대(?=[ ,.)]|$|[의로에를가인])",
    ),
)


class BoundWord(NamedTuple):
    """A bound word beside a number, and its length."""

    bound: Bound
    length: int
    word: str


def find_bound_before(before: str) -> BoundWord | None:
    """Return the bound that `before` ends with."""
    match = _bound_before().search(before)
    return _read_bound(match, _BOUND_PREFIXES) if match else None


def find_bound_after(text: str, at: int) -> BoundWord | None:
    """Return the bound that stands at `at`."""
    match = _bound_after().match(text, at)
    return _read_bound(match, _BOUND_SUFFIXES) if match else None


def _read_bound(match: re.Match[str], table: tuple[tuple[Bound, str], ...]) -> BoundWord:
    return BoundWord(table[(match.lastindex or 1) - 1][0], len(match[0]), match[0].strip().lower())


@lru_cache(maxsize=1)
def _bound_before() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(f'({words})' for _, words in _BOUND_PREFIXES)}) ?\Z", re.IGNORECASE)


@lru_cache(maxsize=1)
def _bound_after() -> re.Pattern[str]:
    return re.compile("|".join(f"({words})" for _, words in _BOUND_SUFFIXES))
