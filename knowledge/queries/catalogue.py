"""Catalogue of the knowledge base: a list of all records, and an overview of a page or two."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pydantic import BaseModel

from knowledge.model import Article, Bilingual, Claim, Disagreement, Entity, EntityType, Language, Trend
from knowledge.queries import messages, pagination
from knowledge.queries.names import named_here
from knowledge.queries.record_answers import ArticleEntry, Catalogue, Noun, RecordEntry, TrendEntry
from knowledge.queries.trends import drop_settled
from knowledge.store import StoreReader

TOKENS = 4_000
"""The most tokens of a catalogue."""
_LINES = 60
"""The most articles, trends or questions in a catalogue."""
_ABOUT = 160
"""The most bytes of an article's description."""
_LEAST = 40
"""The fewest bytes of a trend's summary worth showing."""
_OVERHEAD = 20
"""Bytes of the name of a type in a list of entities."""
_SEPARATOR = 4
"""Bytes between two values."""
_Entities = dict[EntityType, tuple[str, ...]]


@dataclass
class _Tally:
    """Claim counts of records, and the last day on which claims of each were curated."""

    claims: Counter[str] = field(default_factory=Counter)
    changed: dict[str, date] = field(default_factory=dict)

    @classmethod
    def count(cls, claims: Iterable[Claim], articles: Iterable[Article]) -> "_Tally":
        curated = {article.id: article.curated for article in articles}
        tally = cls(changed={f"article:{article}": day for article, day in curated.items() if day})
        for claim in claims:
            for key in _keys(claim):
                tally.claims[key] += 1
                day = curated[claim.article]
                if day:
                    tally.changed[key] = max(day, tally.changed.get(key, day))
        return tally

    def entry(self, value: Article | Trend | Entity, name: Bilingual) -> RecordEntry:
        """Return the entry of a record in a list."""
        noun = _noun(value)
        key = f"{noun}:{value.id}"
        return RecordEntry(
            noun=noun,
            id=value.id,
            korean=name.ko,
            english=name.en,
            type=value.type if isinstance(value, Entity) else None,
            claims=self.claims[key],
            changed=self.changed.get(key),
        )


async def list_entries(store: StoreReader) -> tuple[RecordEntry, ...]:
    """Return all articles, trends and entities, in the order of curation; the user's own texts follow the articles."""
    articles = await store.list_all(Article)
    claims = [claim for claim in await store.list_all(Claim) if claim.stands]
    tally = _Tally.count(claims, articles)
    listed = [
        tally.entry(article, _title(article))
        for article in sorted(articles, key=lambda article: article.curated is None)
    ]
    named: tuple[Trend | Entity, ...] = (*await store.list_all(Trend), *await store.list_all(Entity))
    own = await named_here(store, [record.id for record in named])
    return tuple(
        listed + [tally.entry(record, _same(record.id) if record.id in own else record.name) for record in named]
    )


async def build_catalogue(store: StoreReader, language: Language) -> Catalogue:
    """Return an overview within `TOKENS`; summaries are shortened and entities with the fewest claims left out to fit."""
    claims = [claim for claim in await store.list_all(Claim) if claim.stands]
    articles, trends = await store.list_all(Article), await store.list_all(Trend)
    tally = _Tally.count(claims, articles)
    curated = [article for article in articles if tally.claims[f"article:{article.id}"]]
    disagreements = await drop_settled(store, await store.list_all(Disagreement))
    frame = Catalogue(
        language=language,
        articles=tuple(_article(article, tally, language) for article in curated[:_LINES]),
        texts=len(articles) - len(curated),
        trends=tuple(_trend(trend, tally, language) for trend in trends[:_LINES]),
        entities={},
        kinds=dict(Counter(claim.kind for claim in claims).most_common()),
        measures=dict(Counter(figure.measure for claim in claims for figure in claim.figures).most_common()),
        disagreements=tuple(dispute.question.in_language(language) for dispute in disagreements[:_LINES]),
        notes=(messages.CATALOGUE_CUT.in_language(language),),
    )
    entities, whole = _entities(await store.list_all(Entity), tally, language, _room(frame))
    frame = frame.model_copy(update={"entities": entities})
    whole = whole and max(len(curated), len(trends), len(disagreements)) <= _LINES
    notes = () if whole else frame.notes
    return frame.model_copy(update={"trends": _add_summaries(frame, trends, language), "notes": notes})


def _article(article: Article, tally: _Tally, language: Language) -> ArticleEntry:
    record = article.model_dump(include={"id", "title", "publisher", "published", "coverage"})
    about = _shorten(article.about.in_language(language), _ABOUT)
    return ArticleEntry(claims=tally.claims[f"article:{article.id}"], about=about, **record)


def _trend(trend: Trend, tally: _Tally, language: Language) -> TrendEntry:
    return TrendEntry(
        id=trend.id, name=trend.name.in_language(language), claims=tally.claims[f"trend:{trend.id}"], about=""
    )


def _entities(entities: Sequence[Entity], tally: _Tally, language: Language, room: int) -> tuple[_Entities, bool]:
    """Return names by type, those with most claims first, as many as fit, and whether all fit."""
    by_type: dict[EntityType, list[str]] = {}
    shown = sorted(entities, key=lambda entity: -tally.claims[f"entity:{entity.id}"])
    for place, entity in enumerate(shown):
        name = entity.name.in_language(language)
        room -= len(name.encode()) + _SEPARATOR + (_OVERHEAD if entity.type not in by_type else 0)
        if room < 0:
            return _frozen(by_type), place == len(shown)
        by_type.setdefault(entity.type, []).append(name)
    return _frozen(by_type), True


def _frozen(by_type: Mapping[EntityType, Sequence[str]]) -> _Entities:
    return {type_: tuple(names) for type_, names in by_type.items()}


def _add_summaries(frame: Catalogue, trends: Sequence[Trend], language: Language) -> tuple[TrendEntry, ...]:
    """Return the trends with summaries, each shortened to an equal share of the room."""
    each = _room(frame) // max(1, len(frame.trends))
    summaries = {trend.id: trend.summary.in_language(language) for trend in trends}
    return tuple(trend.model_copy(update={"about": _shorten(summaries[trend.id], each)}) for trend in frame.trends)


def _shorten(text: str, room: int) -> str:
    """Return the first words of a text that fit into `room` bytes."""
    if room < _LEAST:
        return ""
    if len(text.encode()) <= room:
        return text
    return text.encode()[: room - len("…".encode())].decode(errors="ignore").rpartition(" ")[0] + "…"


def _room(frame: Catalogue) -> int:
    """Return the bytes left in a catalogue that is otherwise complete."""
    return int(TOKENS * pagination.BYTES_PER_TOKEN) - sum(len(text.encode()) + _SEPARATOR for text in _strings(frame))


def _strings(value: object) -> Iterator[str]:
    """Yield all values in a model as text, without the names of its fields."""
    if isinstance(value, BaseModel):
        value = tuple(part for _, part in value)
    if isinstance(value, dict):
        value = tuple(value.items())
    if isinstance(value, tuple):
        for part in value:
            yield from _strings(part)
    elif value is not None:
        yield str(value)


def _keys(claim: Claim) -> Iterator[str]:
    """Yield the keys of all records that have a claim."""
    yield f"article:{claim.article}"
    yield from (f"trend:{trend}" for trend in claim.trends)
    yield from (f"entity:{entity}" for entity in claim.named)


def _noun(value: Article | Trend | Entity) -> Noun:
    return "article" if isinstance(value, Article) else "trend" if isinstance(value, Trend) else "entity"


def _title(article: Article) -> Bilingual:
    """Return the name of an article in a list: the headline if it is curated and has one, else its id."""
    name = article.title if article.curated and article.title else article.id
    return Bilingual(ko=name, en=article.id)


def _same(identity: str) -> Bilingual:
    """Return an id in place of a name that a text may have chosen."""
    return Bilingual(ko=identity, en=identity)
