"""Claims as answers show them: in the language of the question, with speaker, numbers and evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.model import Claim, Entity, Evidence, Language, Trend
from knowledge.queries.answers import Citation, Cited, Facet, Quoted
from knowledge.queries.pagination import Detail
from knowledge.store import StoreReader
from knowledge.text import flag_hidden, strip_hidden
from knowledge.text.quantities import numerals

_MOST_CITED = 2_048
"""Size of the cache of cited claims: a store returns the same objects until its records change."""


async def cite_claims(
    store: StoreReader, claims: Sequence[Claim], language: Language, detail: Detail = "brief"
) -> tuple[Cited, ...]:
    """Return the claims as answers cite them, in the same order."""
    speakers = await store.get(Entity, tuple({claim.speaker for claim in claims if claim.speaker}))
    return tuple(
        _cited(
            _ClaimKey(claim),
            speakers[claim.speaker].name.in_language(language) if claim.speaker else None,
            language,
            detail,
        )
        for claim in claims
    )


def cite_evidence(evidence: Sequence[Evidence], detail: Detail = "brief") -> tuple[Citation, ...]:
    """Return the citations of pieces of evidence; in full detail with their digests."""
    return tuple(
        Citation(
            article=piece.article,
            start=piece.start,
            end=piece.end,
            quote=strip_hidden(piece.quote) if piece.quote else None,
            flag=flag_hidden(piece.quote) if piece.quote else None,
            sha256=piece.sha256 if detail == "full" else None,
        )
        for piece in evidence
    )


def quote_passage(article: str, start: int, text: str, title: str | None = None) -> Quoted:
    """Return a passage of an article from code point `start`, with hidden characters removed."""
    return Quoted(
        article=article,
        title=title,
        start=start,
        end=start + len(text),
        text=strip_hidden(text),
        flag=flag_hidden(text),
    )


async def count_facets(
    store: StoreReader, counts: Mapping[str, int], language: Language, most: int | None = None
) -> tuple[Facet, ...]:
    """Return trends with how many claims are about each, those with most first."""
    counted = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
    trends = await store.get(Trend, tuple(trend for trend, _ in counted))
    return tuple(
        Facet(trend=trend, name=trends[trend].name.in_language(language), claims=count) for trend, count in counted
    )


def lacks_quotes(items: Sequence[Cited]) -> bool:
    """Check for evidence without a quote."""
    return any(citation.quote is None for item in items for citation in item.evidence)


@dataclass(frozen=True, eq=False)
class _ClaimKey:
    """A cache key that compares claims by identity: comparing their fields would take longer than citing them."""

    claim: Claim

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ClaimKey) and self.claim is other.claim

    def __hash__(self) -> int:
        return id(self.claim)


@lru_cache(maxsize=_MOST_CITED)
def _cited(key: _ClaimKey, speaker: str | None, language: Language, detail: Detail) -> Cited:
    claim = key.claim
    cited = Cited(
        id=claim.id,
        kind=claim.kind,
        statement=claim.statement.in_language(language),
        speaker=speaker,
        attribution=claim.attribution,
        figures=tuple(numerals.write_figure(figure, language) for figure in claim.figures),
        cost_basis=claim.cost_basis,
        status=None if claim.status == "current" else claim.status,
        period=claim.period,
        evidence=cite_evidence(claim.evidence, detail),
        note=claim.note.in_language(language) if claim.note else None,
    )
    if detail == "brief":
        return cited
    return cited.model_copy(
        update={
            "original": claim.statement.in_language("en" if language == "ko" else "ko"),
            "trends": claim.trends,
            "entities": claim.entities,
            "asserted": claim.asserted,
            "typed_figures": claim.figures or None,
        }
    )
