"""Brief of one trend: positions with their holders, key figures, disagreements."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import NamedTuple, TypeVar, get_args

from knowledge.model import Claim, Disagreement, Kind, Language, Side, Stance, Trend
from knowledge.queries import citations, conflicts, messages, pagination
from knowledge.queries.answers import Cited, Dispute, Position, SidePosition, TrendBrief
from knowledge.queries.conflicts import Conflict
from knowledge.queries.names import Names
from knowledge.queries.pagination import Detail
from knowledge.store import StoreReader

_STANCES: tuple[Stance, ...] = get_args(Stance)
_KINDS: tuple[Kind, ...] = ("figure", "fact", "forecast", "opinion", "hypothesis", "definition")
_HOLDERS = 6
_FIGURES = "figures"
_DISPUTES = "disagreements"
_D = TypeVar("_D", Disagreement, Conflict, Disagreement | Conflict)


class _Limits(NamedTuple):
    """Limits on the parts of a brief."""

    claims: int
    """Most claims of a stance."""
    sources: int
    """Most claims named on a side of a disagreement."""


_LIMITS: dict[Detail, _Limits] = {"brief": _Limits(claims=3, sources=2), "full": _Limits(claims=1000, sources=1000)}


class _Piece(NamedTuple):
    """A claim or dispute that a brief may show, and its place."""

    place: str
    value: Cited | Dispute


async def summarize_trend(
    store: StoreReader, name: str, language: Language, detail: Detail, known_on: date | None = None
) -> TrendBrief:
    """Return a brief of the trend of that name or id.

    Raises:
        UnanswerableError: if there is no such trend.
    """
    names = await Names.load(store, language)
    (identity,) = await names.trends([name])
    trend = (await store.get(Trend, (identity,)))[identity]
    claims = await store.find_claims("trend", identity, known_on=known_on)
    cited = {claim.id: claim for claim in await citations.cite_claims(store, claims, language, detail)}
    curated = [dispute for dispute in await store.list_all(Disagreement) if identity in dispute.trends]
    disagreements: list[Disagreement | Conflict]
    disagreements = [
        *await drop_settled(store, curated, known_on),
        *await conflicts.find_conflicts(store, claims),
    ]
    disputed = _held_claims(disagreements)
    source = await conflicts.find_original_articles(store, _articles(claims, disputed))
    by_stance = {stance: [claim for claim in claims if claim.trends[identity] == stance] for stance in _STANCES}
    chosen = {
        stance: [cited[claim.id] for claim in _order_claims(held, disputed)[: _LIMITS[detail].claims]]
        for stance, held in by_stance.items()
    }
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
    disputes = [describe_dispute(dispute, source, language, _LIMITS[detail].sources) for dispute in disagreements]
    pieces = list(_pieces(chosen, numbered, disputes))
    kept = _fitting(pieces, pagination.tokens_left(frame, detail))
    return _filled(frame, kept, cut=len(kept) < len(pieces), language=language)


def _pieces(
    chosen: Mapping[Stance, Sequence[Cited]], numbered: Sequence[Cited], disputes: Sequence[Dispute]
) -> Iterator[_Piece]:
    """Yield the pieces of a brief by priority: a claim of each stance, a disagreement, a number, then more of each."""
    turns = list(zip_longest(*([_Piece(stance, claim) for claim in held] for stance, held in chosen.items())))
    queues: tuple[list[list[_Piece]], ...] = (
        [[piece for piece in turn if piece] for turn in turns],
        [[_Piece(_DISPUTES, dispute)] for dispute in disputes],
        [[_Piece(_FIGURES, claim)] for claim in numbered],
    )
    seen: set[str] = set()
    for groups in zip_longest(*queues, fillvalue=()):
        for piece in (piece for group in groups for piece in group):
            key = piece.value.id if isinstance(piece.value, Cited) else piece.value.question
            if key not in seen:
                seen.add(key)
                yield piece


def _fitting(pieces: Sequence[_Piece], tokens: int) -> list[_Piece]:
    """Return the pieces that fit, in order; a piece too large is skipped for smaller ones after it."""
    kept: list[_Piece] = []
    for piece in pieces:
        cost = pagination.count_tokens(piece.value)
        if cost <= tokens:
            kept.append(piece)
            tokens -= cost
    return kept


def _filled(frame: TrendBrief, kept: Sequence[_Piece], language: Language, *, cut: bool) -> TrendBrief:
    cited = [(piece.place, piece.value) for piece in kept if isinstance(piece.value, Cited)]
    notes = [messages.QUOTES_MISSING] if citations.lacks_quotes([claim for _, claim in cited]) else []
    return frame.model_copy(
        update={
            "positions": tuple(
                position.model_copy(
                    update={"claims": tuple(claim for place, claim in cited if place == position.stance)}
                )
                for position in frame.positions
            ),
            "key_figures": tuple(claim for place, claim in cited if place == _FIGURES),
            "disagreements": tuple(piece.value for piece in kept if isinstance(piece.value, Dispute)),
            "notes": tuple(note.in_language(language) for note in [*notes, *([messages.CUT_TO_FIT] if cut else [])]),
        }
    )


def _position(
    stance: Stance, claims: Sequence[Claim], cited: Mapping[str, Cited], source: Mapping[str, str]
) -> Position:
    """Return a position without its claims: their number, articles and speakers."""
    holders = dict.fromkeys(speaker for claim in claims if (speaker := cited[claim.id].speaker))
    return Position(
        stance=stance,
        total=len(claims),
        articles=tuple(dict.fromkeys(source[claim.article] for claim in claims)),
        holders=tuple(holders)[:_HOLDERS],
        claims=(),
    )


def _order_claims(claims: Sequence[Claim], disputed: set[str]) -> list[Claim]:
    """Return claims taken from each article in turn; disputed claims of an article first, then facts before views."""
    order = sorted(
        claims, key=lambda claim: (claim.id not in disputed, _KINDS.index(claim.kind), claim.speaker is None)
    )
    by_article: dict[str, list[Claim]] = {}
    for claim in order:
        by_article.setdefault(claim.article, []).append(claim)
    return [claim for turn in zip_longest(*by_article.values()) for claim in turn if claim]


def _held_claims(disagreements: Iterable[Disagreement | Conflict]) -> set[str]:
    return {claim for dispute in disagreements for side in dispute.sides for claim in side.claims}


def _articles(claims: Iterable[Claim], held: Iterable[str]) -> set[str]:
    return {claim.article for claim in claims} | {claim.partition(".")[0] for claim in held}


def describe_dispute(
    disagreement: Disagreement | Conflict, source: Mapping[str, str], language: Language, most: int | None = None
) -> Dispute:
    """Return a disagreement for an answer, with at most `most` claims a side and each source once."""
    return Dispute(
        question=disagreement.question.in_language(language),
        sides=tuple(_side(side, source, language, most) for side in disagreement.sides),
    )


async def describe_disputes(
    store: StoreReader, disagreements: Sequence[Disagreement | Conflict], language: Language
) -> tuple[Dispute, ...]:
    """Return the unsettled of some disagreements for an answer, with all claims of each side."""
    disagreements = await drop_settled(store, disagreements)
    source = await conflicts.find_original_articles(store, _articles((), _held_claims(disagreements)))
    return tuple(describe_dispute(dispute, source, language) for dispute in disagreements)


async def drop_settled(store: StoreReader, disagreements: Sequence[_D], known_on: date | None = None) -> list[_D]:
    """Return the disagreements of which standing claims hold at least two sides, with those sides."""
    ids = _held_claims(disagreements)
    standing = {claim.id for claim in await store.find_claims("id", *ids, known_on=known_on)}
    held = ((dispute, tuple(_standing_sides(dispute.sides, standing))) for dispute in disagreements)
    return [_with_sides(dispute, sides) for dispute, sides in held if len(sides) > 1]


def _standing_sides(sides: Iterable[Side], standing: Collection[str]) -> Iterator[Side]:
    for side in sides:
        if claims := tuple(claim for claim in side.claims if claim in standing):
            yield side.model_copy(update={"claims": claims})


def _with_sides(dispute: _D, sides: tuple[Side, ...]) -> _D:
    if isinstance(dispute, Conflict):
        return dispute._replace(sides=sides)
    return dispute.model_copy(update={"sides": sides})


def _side(side: Side, source: Mapping[str, str], language: Language, most: int | None) -> SidePosition:
    articles = dict.fromkeys(source[claim.partition(".")[0]] for claim in side.claims)
    return SidePosition(
        position=side.position.in_language(language), claims=side.claims[:most], articles=tuple(articles)
    )
