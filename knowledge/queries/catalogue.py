"""Catalogue of the knowledge base: every record in a list, and an overview of a page or two."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pydantic import BaseModel

from knowledge.model.records import Article, Bilingual, Claim, Disagreement, Entity, EntityType, Language, Trend
from knowledge.queries import messages, pagination
from knowledge.queries.names import named_here
from knowledge.queries.record_answers import ArticleEntry, Catalogue, Noun, RecordEntry, TrendEntry
from knowledge.queries.trends import drop_settled
from knowledge.store.store import StoreReader

TOKENS = 4_000
"""The most that a catalogue may take."""
_LINES = 60
"""Articles, trends or questions that a catalogue lists at the most."""
_ABOUT = 160
"""Bytes of an article's description."""
_LEAST = 40
"""Bytes of a trend's summary below which it says nothing."""
_OVERHEAD = 20
"""Bytes that the name of a type takes in a list of entities."""
_BETWEEN = 4
"""Bytes between two things that are said."""
_Entities = dict[EntityType, tuple[str, ...]]


@dataclass
class _Tally:
    """How many claims each thing has, and when the newest of them were curated."""

    claims: Counter[str] = field(default_factory=Counter)
    changed: dict[str, date] = field(default_factory=dict)

    @classmethod
    def of(cls, claims: Iterable[Claim], articles: Iterable[Article]) -> "_Tally":
        curated = {article.id: article.curated for article in articles}
        tally = cls(changed={f"article:{one}": day for one, day in curated.items() if day})
        for claim in claims:
            for key in _keys(claim):
                tally.claims[key] += 1
                day = curated[claim.article]
                if day:
                    tally.changed[key] = max(day, tally.changed.get(key, day))
        return tally

    def entry(self, value: Article | Trend | Entity, name: Bilingual) -> RecordEntry:
        """The record's entry in a list."""
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
    """Every article, trend and entity, in the order of curation; the user's own texts after the articles."""
    articles = await store.list_all(Article)
    claims = [claim for claim in await store.list_all(Claim) if claim.stands]
    tally = _Tally.of(claims, articles)
    listed = [tally.entry(one, _title(one)) for one in sorted(articles, key=lambda one: one.curated is None)]
    named: tuple[Trend | Entity, ...] = (*await store.list_all(Trend), *await store.list_all(Entity))
    own = await named_here(store, [one.id for one in named])
    return tuple(listed + [tally.entry(one, _of_id(one.id) if one.id in own else one.name) for one in named])


async def build_catalogue(store: StoreReader, language: Language) -> Catalogue:
    """The whole knowledge base within `TOKENS`: summaries are shortened and the least spoken of entities left out to fit."""
    claims = [claim for claim in await store.list_all(Claim) if claim.stands]
    articles, trends = await store.list_all(Article), await store.list_all(Trend)
    tally = _Tally.of(claims, articles)
    curated = [article for article in articles if tally.claims[f"article:{article.id}"]]
    disagreements = await drop_settled(store, await store.list_all(Disagreement))
    frame = Catalogue(
        language=language,
        articles=tuple(_article(one, tally, language) for one in curated[:_LINES]),
        texts=len(articles) - len(curated),
        trends=tuple(_trend(one, tally, language) for one in trends[:_LINES]),
        entities={},
        kinds=dict(Counter(claim.kind for claim in claims).most_common()),
        measures=dict(Counter(figure.measure for claim in claims for figure in claim.figures).most_common()),
        disagreements=tuple(one.question.in_language(language) for one in disagreements[:_LINES]),
        notes=(messages.CATALOGUE_CUT.in_language(language),),
    )
    entities, whole = _entities(await store.list_all(Entity), tally, language, _room(frame))
    frame = frame.model_copy(update={"entities": entities})
    whole = whole and max(len(curated), len(trends), len(disagreements)) <= _LINES
    notes = () if whole else frame.notes
    return frame.model_copy(update={"trends": _summed_up(frame, trends, language), "notes": notes})


def _article(article: Article, tally: _Tally, language: Language) -> ArticleEntry:
    record = article.model_dump(include={"id", "title", "publisher", "published", "coverage"})
    about = _beginning(article.about.in_language(language), _ABOUT)
    return ArticleEntry(claims=tally.claims[f"article:{article.id}"], about=about, **record)


def _trend(trend: Trend, tally: _Tally, language: Language) -> TrendEntry:
    return TrendEntry(
        id=trend.id, name=trend.name.in_language(language), claims=tally.claims[f"trend:{trend.id}"], about=""
    )


def _entities(entities: Sequence[Entity], tally: _Tally, language: Language, room: int) -> tuple[_Entities, bool]:
    """Names by type, those with most claims first, as many as fit; and whether all do."""
    by_type: dict[EntityType, list[str]] = {}
    shown = sorted(entities, key=lambda entity: -tally.claims[f"entity:{entity.id}"])
    for place, entity in enumerate(shown):
        name = entity.name.in_language(language)
        room -= len(name.encode()) + _BETWEEN + (_OVERHEAD if entity.type not in by_type else 0)
        if room < 0:
            return _frozen(by_type), place == len(shown)
        by_type.setdefault(entity.type, []).append(name)
    return _frozen(by_type), True


def _frozen(by_type: Mapping[EntityType, Sequence[str]]) -> _Entities:
    return {type_: tuple(names) for type_, names in by_type.items()}


def _summed_up(frame: Catalogue, trends: Sequence[Trend], language: Language) -> tuple[TrendEntry, ...]:
    """The trends with as much of their summaries as fits, the same for each."""
    each = _room(frame) // max(1, len(frame.trends))
    summaries = {trend.id: trend.summary.in_language(language) for trend in trends}
    return tuple(one.model_copy(update={"about": _beginning(summaries[one.id], each)}) for one in frame.trends)


def _beginning(text: str, room: int) -> str:
    """The first words of a text that fit into `room` bytes."""
    if room < _LEAST:
        return ""
    if len(text.encode()) <= room:
        return text
    return text.encode()[: room - len("…".encode())].decode(errors="ignore").rpartition(" ")[0] + "…"


def _room(frame: Catalogue) -> int:
    """Bytes left in a catalogue that has everything else."""
    return int(TOKENS * pagination.BYTES_PER_TOKEN) - sum(len(text.encode()) + _BETWEEN for text in _strings(frame))


def _strings(value: object) -> Iterator[str]:
    """Everything that is said in a value, without the names of its fields."""
    if isinstance(value, BaseModel):
        value = tuple(one for _, one in value)
    if isinstance(value, dict):
        value = tuple(value.items())
    if isinstance(value, tuple):
        for one in value:
            yield from _strings(one)
    elif value is not None:
        yield str(value)


def _keys(claim: Claim) -> Iterator[str]:
    """Everything that has this claim."""
    yield f"article:{claim.article}"
    yield from (f"trend:{trend}" for trend in claim.trends)
    yield from (f"entity:{entity}" for entity in claim.named)


def _noun(value: Article | Trend | Entity) -> Noun:
    return "article" if isinstance(value, Article) else "trend" if isinstance(value, Trend) else "entity"


def _title(article: Article) -> Bilingual:
    """What an article is called in a list: its headline; the id for one without, and for a text nobody has curated."""
    name = article.title if article.curated and article.title else article.id
    return Bilingual(ko=name, en=article.id)


def _of_id(identity: str) -> Bilingual:
    """What is called by its id, since its name may be a text's choice."""
    return Bilingual(ko=identity, en=identity)
