"""One trend in brief: who says what about it, with which numbers, and where the articles disagree."""

from collections.abc import Mapping, Sequence
from typing import get_args

from knowledge import citing, pages, sentences
from knowledge.answers import Cited, Dispute, Position, SidePosition, TrendBrief
from knowledge.model import Claim, Disagreement, Kind, Language, Side, Stance, Trend
from knowledge.naming import Names
from knowledge.pages import Detail
from knowledge.store import Store

_STANCES: tuple[Stance, ...] = get_args(Stance)
_KINDS: tuple[Kind, ...] = ("figure", "fact", "forecast", "opinion", "hypothesis", "definition")
_HOLDERS = 6


async def trend_brief(store: Store, name: str, language: Language, detail: Detail) -> TrendBrief:
    """The trend of that name or id.

    Raises:
        UnanswerableError: if there is none.
    """
    names = await Names.of(store, language)
    (identity,) = await names.trends([name])
    trend = (await store.get(Trend, (identity,)))[identity]
    claims = await store.claims("trend", identity)
    cited = {one.id: one for one in await citing.cite(store, claims, language, detail)}
    disputes = [one for one in await store.all(Disagreement) if identity in one.trends]
    most = len(claims) if detail == "full" else 3
    briefs = (_brief(trend, claims, cited, disputes, language, shown) for shown in range(most, -1, -1))
    return next((brief for brief in briefs if pages.size(brief) <= pages.ANSWER_TOKENS[detail]), _bare(trend, language))


def _brief(
    trend: Trend,
    claims: Sequence[Claim],
    cited: Mapping[str, Cited],
    disputes: Sequence[Disagreement],
    language: Language,
    shown: int,
) -> TrendBrief:
    """A brief with at most `shown` claims for each stance."""
    by_stance = {stance: [claim for claim in claims if claim.trends[trend.id] == stance] for stance in _STANCES}
    disputed = {claim for dispute in disputes for side in dispute.sides for claim in side.claims}
    positions = tuple(_position(stance, held, cited, disputed, shown) for stance, held in by_stance.items() if held)
    above = {one.id for position in positions for one in position.claims}
    numbered = sorted(
        (claim for claim in claims if claim.figures and claim.kind != "hypothesis"),
        key=lambda claim: _KINDS.index(claim.kind),
    )
    figures = [cited[claim.id] for claim in numbered if claim.id not in above][:shown]
    return TrendBrief(
        language=language,
        id=trend.id,
        name=trend.name.say(language),
        summary=trend.summary.say(language),
        positions=positions,
        key_figures=tuple(figures),
        disagreements=tuple(_dispute(one, language) for one in disputes),
        related=trend.related,
        notes=_notes([*(one for position in positions for one in position.claims), *figures], language),
    )


def _bare(trend: Trend, language: Language) -> TrendBrief:
    return _brief(trend, (), {}, (), language, 0).model_copy(update={"notes": (sentences.CUT_TO_FIT.say(language),)})


def _position(
    stance: Stance, claims: Sequence[Claim], cited: Mapping[str, Cited], disputed: set[str], shown: int
) -> Position:
    holders = dict.fromkeys(one.speaker for claim in claims if (one := cited[claim.id]).speaker)
    return Position(
        stance=stance,
        total=len(claims),
        articles=tuple(dict.fromkeys(claim.article for claim in claims)),
        holders=tuple(holder for holder in holders if holder)[:_HOLDERS],
        claims=tuple(cited[claim.id] for claim in _telling(claims, disputed)[:shown]),
    )


def _telling(claims: Sequence[Claim], disputed: set[str]) -> list[Claim]:
    """The claims, in turns from each article; within an article those in a disagreement first, facts before views."""
    order = sorted(
        claims, key=lambda claim: (claim.id not in disputed, _KINDS.index(claim.kind), claim.speaker is None)
    )
    by_article: dict[str, list[Claim]] = {}
    for claim in order:
        by_article.setdefault(claim.article, []).append(claim)
    turns = max((len(group) for group in by_article.values()), default=0)
    return [group[turn] for turn in range(turns) for group in by_article.values() if turn < len(group)]


def _dispute(disagreement: Disagreement, language: Language) -> Dispute:
    return Dispute(
        question=disagreement.question.say(language), sides=tuple(_side(side, language) for side in disagreement.sides)
    )


def _side(side: Side, language: Language) -> SidePosition:
    articles = dict.fromkeys(claim.partition(".")[0] for claim in side.claims)
    return SidePosition(position=side.position.say(language), claims=side.claims, articles=tuple(articles))


def _notes(shown: Sequence[Cited], language: Language) -> tuple[str, ...]:
    return (sentences.QUOTES_MISSING.say(language),) if citing.lacks_quotes(shown) else ()
