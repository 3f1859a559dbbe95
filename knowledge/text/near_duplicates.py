"""Which texts are copies of one another, letter by letter: reprints, and what several papers have from one agency. Pure functions.

A text is known by a sample of its stretches of letters. Whether two texts share most of their stretches is then counted
exactly. What an echo changes (a headline, a byline, blanks, an ending that is cut off) leaves most stretches as they are.
Texts that are made of one form, such as a daily forecast, share most stretches too; their numbers tell them apart.
"""

import re
import zlib
from collections.abc import Iterable

from knowledge.model.records import Article
from knowledge.text.sanitize import visible

_LETTERS = re.compile(r"[\W_]+")
_STRETCH = 12
"""Letters of a stretch: Korean words of three or four syllables, so three of them."""
_ONE_IN = 16
"""Of so many stretches one is kept as a sample."""
SHARED = 0.6
"""The least share of the shorter text's stretches that a copy has in common with the other."""
_LENGTHS = 0.4
"""The least length of the shorter text beside the longer: below it is a quotation, or a brief on it."""
_SHORTEST = 150
"""Letters below which a text is too short to be told from another."""
_DAY = len("2026-01-03")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NUMBERS_ENOUGH = 3
"""Numbers that a text must have for them to count."""
_NUMBERS_SHARED = 0.5
"""The least share of the shorter text's numbers that a copy has in common with the other."""
_AGENCIES = "연합뉴스 뉴시스 뉴스1 연합인포맥스 로이터 AP통신 블룸버그 신화통신 교도통신".split()
_LATIN_AGENCIES = "Yonhap Newsis News1 Reuters AFP Bloomberg Xinhua Kyodo dpa".split()
_AGENCY = re.compile(
    rf"(?:{'|'.join(_AGENCIES)})(?!\d)|(?<![A-Za-z])(?:{'|'.join(_LATIN_AGENCIES)})(?![A-Za-z\d])", re.IGNORECASE
)


def samples(body: str) -> frozenset[int]:
    """What a text is found by; empty for one that is too short."""
    return frozenset(code for one in _stretches(body) if (code := zlib.crc32(one.encode())) % _ONE_IN == 0)


def is_echo(one: str, other: str) -> bool:
    """Whether two texts are copies of one another."""
    (shorter, brief), (longer, full) = sorted(((_stretches(body), body) for body in (one, other)), key=_length)
    if len(shorter) < _LENGTHS * len(longer) or not shorter:
        return False
    return len(shorter & longer) >= SHARED * len(shorter) and _same_numbers(brief, full)


def original_of(article: Article, families: Iterable[Article]) -> Article | None:
    """The one of some articles, each the first of its family, that an article is a copy of; `None` if it is the first of them all."""
    return None if article.curated else next((one for one in families if not is_original(article, one)), None)


def is_original(one: Article, other: Article) -> bool:
    """Whether their words are from `one` rather than from `other`, which came before it.

    A curated text is; else an agency's; else the one that was published on an earlier day. In doubt the one that came first is.
    """
    if one.curated or other.curated:
        return not other.curated
    if _is_agency(one) != _is_agency(other):
        return _is_agency(one)
    days = (one.published or "")[:_DAY], (other.published or "")[:_DAY]
    return all(len(day) == _DAY for day in days) and days[0] < days[1]


def _length(text: tuple[frozenset[str], str]) -> int:
    return len(text[0])


def _same_numbers(shorter: str, longer: str) -> bool:
    numbers = set(_NUMBER.findall(shorter))
    if len(numbers) < _NUMBERS_ENOUGH:
        return True
    return len(numbers.intersection(_NUMBER.findall(longer))) >= _NUMBERS_SHARED * len(numbers)


def _is_agency(article: Article) -> bool:
    return bool(article.publisher and _AGENCY.search(article.publisher))


def _stretches(body: str) -> frozenset[str]:
    letters = _LETTERS.sub("", visible(body)).casefold()
    if len(letters) < _SHORTEST:
        return frozenset()
    return frozenset(letters[at : at + _STRETCH] for at in range(len(letters) - _STRETCH + 1))
