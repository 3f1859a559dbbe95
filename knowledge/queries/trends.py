"""Brief of one trend: positions with their holders, key figures, disagreements."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import NamedTuple, TypeVar, get_args

from knowledge.model.records import Claim, Disagreement, Kind, Language, Side, Stance, Trend
from knowledge.queries import citations, conflicts, messages, pagination
from knowledge.queries.answers import Cited, Dispute, Position, SidePosition, TrendBrief
from knowledge.queries.conflicts import Conflict
from knowledge.queries.names import Names
from knowledge.queries.pagination import Detail
from knowledge.store.store import StoreReader

_STANCES: tuple[Stance, ...] = get_args(Stance)
_KINDS: tuple[Kind, ...] = ("figure", "fact", "forecast", "opinion", "hypothesis", "definition")
_HOLDERS = 6
_FIGURES = "figures"
_DISPUTES = "disagreements"
_D = TypeVar("_D", Disagreement, Conflict, Disagreement | Conflict)


class _Most(NamedTuple):
    """How much of each part a brief shows at the most."""

    claims: int
    """Claims of one stance."""
    sources: int
    """Claims named on one side of a disagreement."""


_MOST: dict[Detail, _Most] = {"brief": _Most(claims=3, sources=2), "full": _Most(claims=1000, sources=1000)}


class _Piece(NamedTuple):
    """Something that a brief may show, and where."""

    place: str
    value: Cited | Dispute


async def summarize_trend(
    store: StoreReader, name: str, language: Language, detail: Detail, known_on: date | None = None
) -> TrendBrief:
    """The trend of that name or id.

    Raises:
        UnanswerableError: if there is none.
    """
    names = await Names.load(store, language)
    (identity,) = await names.trends([name])
    trend = (await store.get(Trend, (identity,)))[identity]
    claims = await store.find_claims("trend", identity, known_on=known_on)
    cited = {one.id: one for one in await citations.cite_claims(store, claims, language, detail)}
    differing = await conflicts.find_conflicts(store, claims)
    disagreements: list[Disagreement | Conflict]
    curated = [one for one in await store.list_all(Disagreement) if identity in one.trends]
    disagreements = [*(await drop_settled(store, curated, known_on)), *differing]
    source = await conflicts.find_original_articles(store, _articles(claims, disagreements))
    disputed = {claim for one in disagreements for side in one.sides for claim in side.claims}
    by_stance = {stance: [claim for claim in claims if claim.trends[identity] == stance] for stance in _STANCES}
    told = {stance: _telling(held, disputed)[: _MOST[detail].claims] for stance, held in by_stance.items()}
    frame = TrendBrief(
        language=language,
        id=identity,
        name=trend.name.in_language(language),
        summary=trend.summary.in_language(language),
        positions=tuple(_position(stance, held, cited, source) for stance, held in by_stance.items() if held),
        key_figures=(),
        disagreements=(),
        related=trend.related,
        notes=(messages.QUOTES_MISSING.in_language(language), messages.CUT_TO_FIT.in_language(language)),
    )
    numbered = [cited[claim.id] for claim in claims if claim.figures and claim.kind != "hypothesis"]
    disputes = [describe_dispute(one, source, language, _MOST[detail].sources) for one in disagreements]
    pieces = list(
        _pieces({stance: [cited[one.id] for one in held] for stance, held in told.items()}, numbered, disputes)
    )
    kept = _fitting(pieces, pagination.tokens_left(frame, detail))
    return _filled(frame, kept, cut=len(kept) < len(pieces), language=language)


def _pieces(
    told: Mapping[Stance, Sequence[Cited]], numbered: Sequence[Cited], disputes: Sequence[Dispute]
) -> Iterator[_Piece]:
    """What a brief may show, the most wanted first: a claim of each stance, a disagreement, a number, then more of each."""
    turns = list(zip_longest(*([_Piece(stance, one) for one in held] for stance, held in told.items())))
    queues: tuple[list[list[_Piece]], ...] = (
        [[piece for piece in turn if piece] for turn in turns],
        [[_Piece(_DISPUTES, one)] for one in disputes],
        [[_Piece(_FIGURES, one)] for one in numbered],
    )
    seen: set[str] = set()
    for groups in zip_longest(*queues, fillvalue=()):
        for piece in (piece for group in groups for piece in group):
            key = piece.value.id if isinstance(piece.value, Cited) else piece.value.question
            if key not in seen:
                seen.add(key)
                yield piece


def _fitting(pieces: Sequence[_Piece], tokens: int) -> list[_Piece]:
    """The pieces that fit, in order; a large one that does not leaves its room to the next."""
    kept: list[_Piece] = []
    for piece in pieces:
        cost = pagination.count_tokens(piece.value)
        if cost <= tokens:
            kept.append(piece)
            tokens -= cost
    return kept


def _filled(frame: TrendBrief, kept: Sequence[_Piece], language: Language, *, cut: bool) -> TrendBrief:
    cited = [(piece.place, piece.value) for piece in kept if isinstance(piece.value, Cited)]
    notes = [messages.QUOTES_MISSING] if citations.lacks_quotes([one for _, one in cited]) else []
    return frame.model_copy(
        update={
            "positions": tuple(
                position.model_copy(update={"claims": tuple(one for place, one in cited if place == position.stance)})
                for position in frame.positions
            ),
            "key_figures": tuple(one for place, one in cited if place == _FIGURES),
            "disagreements": tuple(piece.value for piece in kept if isinstance(piece.value, Dispute)),
            "notes": tuple(note.in_language(language) for note in [*notes, *([messages.CUT_TO_FIT] if cut else [])]),
        }
    )


def _position(
    stance: Stance, claims: Sequence[Claim], cited: Mapping[str, Cited], source: Mapping[str, str]
) -> Position:
    """How many claims take a stance, in which articles, said by whom; the claims come later."""
    holders = dict.fromkeys(one.speaker for claim in claims if (one := cited[claim.id]).speaker)
    return Position(
        stance=stance,
        total=len(claims),
        articles=tuple(dict.fromkeys(source[claim.article] for claim in claims)),
        holders=tuple(holder for holder in holders if holder)[:_HOLDERS],
        claims=(),
    )


def _telling(claims: Sequence[Claim], disputed: set[str]) -> list[Claim]:
    """The claims, in turns from each article; within an article those in a disagreement first, facts before views."""
    order = sorted(
        claims, key=lambda claim: (claim.id not in disputed, _KINDS.index(claim.kind), claim.speaker is None)
    )
    by_article: dict[str, list[Claim]] = {}
    for claim in order:
        by_article.setdefault(claim.article, []).append(claim)
    return [claim for turn in zip_longest(*by_article.values()) for claim in turn if claim]


def _articles(claims: Iterable[Claim], disagreements: Iterable[Disagreement | Conflict]) -> set[str]:
    held = {claim for one in disagreements for side in one.sides for claim in side.claims}
    return {claim.article for claim in claims} | {claim.partition(".")[0] for claim in held}


def describe_dispute(
    disagreement: Disagreement | Conflict, source: Mapping[str, str], language: Language, most: int | None = None
) -> Dispute:
    """A disagreement as answers show it, with at most so many claims on each side, and each source once."""
    return Dispute(
        question=disagreement.question.in_language(language),
        sides=tuple(_side(side, source, language, most) for side in disagreement.sides),
    )


async def describe_disputes(
    store: StoreReader, disagreements: Sequence[Disagreement | Conflict], language: Language
) -> tuple[Dispute, ...]:
    """Disagreements as answers show them, with all that hold a side."""
    disagreements = [*(await drop_settled(store, disagreements))]
    source = await conflicts.find_original_articles(store, _articles((), disagreements))
    return tuple(describe_dispute(one, source, language) for one in disagreements)


async def drop_settled(store: StoreReader, disagreements: Sequence[_D], known_on: date | None = None) -> list[_D]:
    """Disagreements as far as claims still hold them: at least two sides."""
    ids = {claim for one in disagreements for side in one.sides for claim in side.claims}
    stand = {claim.id for claim in await store.find_claims("id", *ids, known_on=known_on)}
    held = ((one, tuple(_held(one.sides, stand))) for one in disagreements)
    return [_with_sides(one, sides) for one, sides in held if len(sides) > 1]


def _held(sides: Iterable[Side], stand: Collection[str]) -> Iterator[Side]:
    for side in sides:
        if claims := tuple(claim for claim in side.claims if claim in stand):
            yield side.model_copy(update={"claims": claims})


def _with_sides(one: _D, sides: tuple[Side, ...]) -> _D:
    return one._replace(sides=sides) if isinstance(one, Conflict) else one.model_copy(update={"sides": sides})


def _side(side: Side, source: Mapping[str, str], language: Language, most: int | None) -> SidePosition:
    articles = dict.fromkeys(source[claim.partition(".")[0]] for claim in side.claims)
    return SidePosition(
        position=side.position.in_language(language), claims=side.claims[:most], articles=tuple(articles)
    )
