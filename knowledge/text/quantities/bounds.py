"""Words for bounds, before and after a number, in both languages: 약, 최소, 이상, at least, or more."""

import re
from functools import lru_cache
from typing import NamedTuple

from knowledge.model.records import Bound

_PREFIXES: tuple[tuple[Bound, str], ...] = (
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
_SUFFIXES: tuple[tuple[Bound, str], ...] = (
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
    match = _before().search(before)
    return _read(match, _PREFIXES) if match else None


def find_bound_after(text: str, at: int) -> BoundWord | None:
    """Return the bound that stands at `at`."""
    match = _after().match(text, at)
    return _read(match, _SUFFIXES) if match else None


def _read(match: re.Match[str], table: tuple[tuple[Bound, str], ...]) -> BoundWord:
    return BoundWord(table[(match.lastindex or 1) - 1][0], len(match[0]), match[0].strip().lower())


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(f'({words})' for _, words in _PREFIXES)}) ?\Z", re.IGNORECASE)


@lru_cache(maxsize=1)
def _after() -> re.Pattern[str]:
    return re.compile("|".join(f"({words})" for _, words in _SUFFIXES))
