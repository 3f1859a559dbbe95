"""Cross-checks of records: references exist, figures read as they say, claims have evidence. Pure functions.

Whoever reads knowledge from somewhere asks this of all of it together, once each value is sound in itself.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from knowledge.model import Article, Claim, Disagreement, Entity, Figure, Term, Trend
from knowledge.text.quantities import numerals

RecordKind = Literal["articles", "claims", "trends", "entities", "disagreements", "terms"]
RECORD_KINDS: tuple[RecordKind, ...] = ("articles", "claims", "trends", "entities", "disagreements", "terms")
_NOUNS: dict[RecordKind, str] = {"articles": "article", "claims": "claim", "trends": "trend", "entities": "entity"}


@dataclass(frozen=True)
class RecordSet:
    """Records of a data folder, each kind in the order of its file."""

    articles: tuple[Article, ...] = ()
    claims: tuple[Claim, ...] = ()
    trends: tuple[Trend, ...] = ()
    entities: tuple[Entity, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    terms: tuple[Term, ...] = ()


class Flaw(NamedTuple):
    """One fault of one item."""

    kind: RecordKind
    item: str
    """Its id."""
    problem: str
    fix: str


def find_flaws(knowledge: RecordSet, homes: Mapping[str, str]) -> Iterator[Flaw]:
    """Yield everything that does not hold together.

    Args:
        knowledge: values that are each sound in themselves.
        homes: where what is named should be found, by kind, as problems are to say it.
    """
    check = _Check(knowledge, homes)
    for kind in RECORD_KINDS:
        yield from _used_twice(kind, [value.id for value in getattr(knowledge, kind)])
    for article in knowledge.articles:
        yield from check.article(article)
    for claim in knowledge.claims:
        yield from check.claim(claim)
    for trend in knowledge.trends:
        yield from check.unknown("trends", trend.id, "trends", trend.related)
    for entity in knowledge.entities:
        yield from check.unknown("entities", entity.id, "entities", filter(None, [entity.maker]))
    for disagreement in knowledge.disagreements:
        yield from check.disagreement(disagreement)


def _used_twice(kind: RecordKind, ids: Iterable[str]) -> Iterator[Flaw]:
    for item, count in Counter(ids).items():
        if count > 1:
            yield Flaw(kind, item, f"the id is used {count} times", "Give each its own id")


class _Check:
    def __init__(self, knowledge: RecordSet, homes: Mapping[str, str]) -> None:
        self._homes = homes
        self._ids = {kind: {value.id for value in getattr(knowledge, kind)} for kind in RECORD_KINDS}
        self._lengths = {article.id: article.length for article in knowledge.articles}

    def article(self, article: Article) -> Iterator[Flaw]:
        yield from self.unknown("articles", article.id, "entities", article.cites)
        yield from self.unknown("articles", article.id, "articles", filter(None, [article.syndicated_from]))

    def claim(self, claim: Claim) -> Iterator[Flaw]:
        yield from self.unknown("claims", claim.id, "articles", [claim.article])
        yield from self.unknown("claims", claim.id, "entities", sorted(claim.references))
        yield from self.unknown("claims", claim.id, "trends", claim.trends)
        for figure in claim.figures:
            yield from _figure_flaws(claim.id, figure)
        for evidence in claim.evidence:
            if evidence.end > self._lengths.get(evidence.article, 0):
                problem = f"evidence ends at {evidence.end}, past the end of article {evidence.article!r}"
                yield Flaw("claims", claim.id, problem, "Seal the claim again from its quote")
        if all(evidence.role == "context" for evidence in claim.evidence):
            problem, fix = "has context but no words that state it", "Quote the words that state it"
            yield Flaw("claims", claim.id, problem, fix)

    def disagreement(self, disagreement: Disagreement) -> Iterator[Flaw]:
        yield from self.unknown("disagreements", disagreement.id, "trends", disagreement.trends)
        named = [claim for side in disagreement.sides for claim in side.claims]
        yield from self.unknown("disagreements", disagreement.id, "claims", named)

    def unknown(self, kind: RecordKind, item: str, target: RecordKind, named: Iterable[str]) -> Iterator[Flaw]:
        for name in named:
            if name not in self._ids[target]:
                problem = f"names the {_NOUNS[target]} {name!r}, which is not in {self._homes[target]}"
                yield Flaw(kind, item, problem, f"Correct it or add the {_NOUNS[target]}")


def _figure_flaws(item: str, figure: Figure) -> Iterator[Flaw]:
    if figure.unit not in numerals.FIGURE_UNITS:
        allowed = ", ".join(sorted(numerals.FIGURE_UNITS))
        problem = f"unit {figure.unit!r} is not known"
        yield Flaw("claims", item, problem, f"Use one of {allowed}, or add it to numerals.py")
    read = numerals.parse_numbers(figure.raw)
    for value in (figure.value, figure.upper):
        if value is not None and value not in read:
            problem = f"{figure.raw!r} does not read as {value}"
            yield Flaw("claims", item, problem, "Give `raw` as the article writes it and `value` in full digits")
