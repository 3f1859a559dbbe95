"""Near-duplicates: reprinted articles, by their letters, and repeated statements and claims, by their terms.

A text is known by a sample of its shingles. Whether two texts share most of their shingles is then counted
exactly. What a copy changes (a headline, a byline, blanks, an ending that is cut off) leaves most shingles as they are.
Texts that are made of one form, such as a daily forecast, share most shingles too; their numbers tell them apart.
"""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from knowledge.model import Article, Claim
from knowledge.text.analysis import analyzer
from knowledge.text.sanitize import strip_hidden

_LETTERS = re.compile(r"[\W_]+")
_SHINGLE_LENGTH = 12
"""Letters of a stretch: Korean words of three or four syllables, so three of them."""
_SAMPLING = 16
"""The sampling ratio: 1 shingle in 16 is kept."""
MIN_SHARED_SHINGLES = 0.6
"""The least share of the shorter text's shingles that a copy has in common with the other."""
_MIN_LENGTH_RATIO = 0.4
"""The least length of the shorter text beside the longer: below it is a quotation, or a brief on it."""
_MIN_LETTERS = 150
"""Letters below which a text is too short to be distinguished."""
_DAY = len("2026-01-03")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_MIN_NUMBERS = 3
"""Numbers that a text must have for them to count."""
_MIN_SHARED_NUMBERS = 0.5
"""The least share of the shorter text's numbers that a copy has in common with the other."""
_AGENCIES = "연합뉴스 뉴시스 뉴스1 연합인포맥스 로이터 AP통신 블룸버그 신화통신 교도통신".split()
_LATIN_AGENCIES = "Yonhap Newsis News1 Reuters AFP Bloomberg Xinhua Kyodo dpa".split()
_AGENCY = re.compile(
    rf"(?:{'|'.join(_AGENCIES)})(?!\d)|(?<![A-Za-z])(?:{'|'.join(_LATIN_AGENCIES)})(?![A-Za-z\d])", re.IGNORECASE
)


def fingerprint(body: str) -> frozenset[int]:
    """Return the sampled shingles by which copies of a text are found; none for a text that is too short."""
    return frozenset(code for shingle in _shingles(body) if (code := zlib.crc32(shingle.encode())) % _SAMPLING == 0)


def is_copy(text: str, other: str) -> bool:
    """Check that two texts are copies of one another."""
    (shorter, brief), (longer, full) = sorted(((_shingles(body), body) for body in (text, other)), key=_length)
    if len(shorter) < _MIN_LENGTH_RATIO * len(longer) or not shorter:
        return False
    return len(shorter & longer) >= MIN_SHARED_SHINGLES * len(shorter) and _same_numbers(brief, full)


def find_original(article: Article, families: Iterable[Article]) -> Article | None:
    """Return the first of `families` whose copy the article is; `None` if it is the original of them all."""
    return None if article.curated else next((first for first in families if not is_original(article, first)), None)


def is_original(article: Article, other: Article) -> bool:
    """Check that the words are from `article` rather than from `other`, which came before it.

    A curated text is; else an agency's; else the one that was published on an earlier day. In doubt the one that came first is.
    """
    if article.curated or other.curated:
        return not other.curated
    if _is_agency(article) != _is_agency(other):
        return _is_agency(article)
    days = (article.published or "")[:_DAY], (other.published or "")[:_DAY]
    return all(len(day) == _DAY for day in days) and days[0] < days[1]


def _length(text: tuple[frozenset[str], str]) -> int:
    return len(text[0])


def _same_numbers(shorter: str, longer: str) -> bool:
    numbers = set(_NUMBER.findall(shorter))
    if len(numbers) < _MIN_NUMBERS:
        return True
    return len(numbers.intersection(_NUMBER.findall(longer))) >= _MIN_SHARED_NUMBERS * len(numbers)


def _is_agency(article: Article) -> bool:
    return bool(article.publisher and _AGENCY.search(article.publisher))


def _shingles(body: str) -> frozenset[str]:
    letters = _LETTERS.sub("", strip_hidden(body)).casefold()
    if len(letters) < _MIN_LETTERS:
        return frozenset()
    return frozenset(letters[at : at + _SHINGLE_LENGTH] for at in range(len(letters) - _SHINGLE_LENGTH + 1))


MIN_SHARED_TERMS = 0.8
"""The least share of their words that two statements have in common to be the same."""


class Statement(NamedTuple):
    """The terms of a statement, and its article."""

    article: str
    words: frozenset[str]


def make_statement(article: str, text: str) -> Statement:
    """Return a statement with the terms of its words."""
    return Statement(article, frozenset(word.term for word in analyzer.extract_words(text)))


def group_repeats(statements: Mapping[str, Statement]) -> dict[str, str]:
    """Return, for each statement that repeats an earlier one of another article, the first of these."""
    counts = Counter(word for statement in statements.values() for word in statement.words)
    by_rare_word: dict[str, list[str]] = defaultdict(list)
    first: dict[str, str] = {}
    place = {key: number for number, key in enumerate(statements)}
    for key, statement in statements.items():
        words = sorted(statement.words, key=lambda word: (counts[word], word))
        # Sets that share 80% of their words share a word of any 20% of them plus one.
        rare = words[: int((1 - MIN_SHARED_TERMS) * len(words)) + 1]
        others = {other for word in rare for other in by_rare_word[word]}
        # The earliest, whatever else there is: claims that come one by one are grouped as if all had come at once.
        same = next(
            (
                other
                for other in sorted(others, key=place.__getitem__)
                if _is_repeat_elsewhere(statements[other], statement)
            ),
            None,
        )
        if same:
            first[key] = first.get(same, same)
        for word in rare:
            by_rare_word[word].append(key)
    return first


def is_repeat(statement: Statement, other: Statement) -> bool:
    """Check that two statements share nearly all of their words, and every number."""
    if _numbers(statement) != _numbers(other):
        return False
    return len(statement.words & other.words) >= MIN_SHARED_TERMS * len(statement.words | other.words)


class KnownClaims:
    """The claims of a source that stand, to recognise a claim that repeats one of them."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._known: list[tuple[Claim, _Statements, frozenset[str]]] = []
        for claim in claims:
            self.add(claim)

    def add(self, claim: Claim) -> None:
        """Add a claim, if it stands."""
        if claim.stands:
            self._known.append((claim, _statements(claim), _stating_digests(claim)))

    def find_same(self, claim: Claim, superseded: str | None = None) -> str | None:
        """Return the id of the claim that this one repeats; the one that it supersedes does not count."""
        statements, stating = _statements(claim), _stating_digests(claim)
        for other, there, stating_there in self._known:
            shares_words = not stating.isdisjoint(stating_there)
            if other.id != superseded and _repeats(claim, other, statements, there, shares_words=shares_words):
                return other.id
        return None


_Statements = tuple[Statement, Statement]


def _repeats(claim: Claim, other: Claim, statements: _Statements, theirs: _Statements, *, shares_words: bool) -> bool:
    if claim.statement.ko == other.statement.ko or claim.statement.en == other.statement.en:
        return True
    if (claim.kind, claim.speaker) != (other.kind, other.speaker):
        return False
    if claim.figures and shares_words and _figures(claim) == _figures(other):
        return True
    return claim.named == other.named and all(map(is_repeat, statements, theirs))


def _statements(claim: Claim) -> _Statements:
    """Return both languages apart: how a scenario begins can be most of the words in one of them."""
    ko, en = (make_statement(claim.article, text) for text in (claim.statement.ko, claim.statement.en))
    return ko, en


def _stating_digests(claim: Claim) -> frozenset[str]:
    return frozenset(piece.sha256 for piece in claim.evidence if piece.role == "states")


def _figures(claim: Claim) -> frozenset[tuple[object, ...]]:
    return frozenset(
        (figure.measure, figure.subject, figure.value, figure.upper, figure.bound, figure.unit)
        for figure in claim.figures
    )


def _is_repeat_elsewhere(statement: Statement, other: Statement) -> bool:
    return statement.article != other.article and is_repeat(statement, other)


def _numbers(statement: Statement) -> set[str]:
    return {word for word in statement.words if any(map(str.isdigit, word))}
