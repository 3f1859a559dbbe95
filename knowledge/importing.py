"""What of somebody else's knowledge a library takes in: what it does not have yet. Nothing that is there is changed but by a later event."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time

from knowledge import anchor, copies, echoes, history
from knowledge.history import Event
from knowledge.holdings import Holdings
from knowledge.model import Article, Claim, Disagreement, Entity, Trend
from knowledge.records import Records
from knowledge.store import Imported, Text

_Record = Article | Claim | Entity | Trend | Disagreement


@dataclass
class _Counts:
    new: int = 0
    same: int = 0
    kept: list[str] = field(default_factory=list)


def take_in(records: Records, holdings: Holdings, by: str, source: str) -> Imported:
    """Take in what is new, with its history: all of it or nothing.

    Args:
        records: where to.
        holdings: sound, and whole in itself, as `exporting.taking` gives it.
        by: who takes it in.
        source: what it is from, such as a file's name.
    """
    with records.writing():
        there = {history.told(event) for event in records.chain.all()}
        counts = _Counts()
        values = list(_new(records, holdings, counts))
        records.insert(values)
        texts = sum(_take_text(records, article, body) for article, body in holdings.texts.items())
        events = [event for event in holdings.events if history.told(event) not in there]
        events += _recorded(values, events, holdings)
        if values or texts or events:
            records.chain.append([_imported(by, source, holdings), *events])
        changed = _follow(records, events)
    return Imported(counts.new, counts.same, texts, changed, tuple(counts.kept))


def _new(records: Records, holdings: Holdings, counts: _Counts) -> Iterator[_Record]:
    """The records that are not there; what is there stays as it is."""
    kinds: tuple[tuple[_Record, ...], ...] = (
        holdings.articles,
        holdings.entities,
        holdings.trends,
        holdings.disagreements,
        holdings.claims,
    )
    for values in kinds:
        for value in values:
            here = records.get(type(value), [value.id]).get(value.id)
            if here is None:
                counts.new += 1
                yield value
            elif _bare(here) == _bare(value):
                counts.same += 1
            else:
                counts.kept.append(value.id)


def _bare(value: _Record) -> _Record:
    """A record without what depends on which texts are at hand, and on what happened since."""
    if isinstance(value, Claim):
        evidence = tuple(piece.model_copy(update={"quote": None}) for piece in value.evidence)
        return value.model_copy(update={"evidence": evidence, "status": "current"})
    if isinstance(value, Article):
        return value.model_copy(update={"syndicated_from": None})
    return value


def _take_text(records: Records, article: str, body: str) -> bool:
    """Keep a text, unless the very one is there."""
    kept = records.texts.get(article)
    record = records.get(Article, [article])[article]
    if record.sha256 != anchor.digest(body) or (kept and kept.sha256 == record.sha256):
        return False
    places = copies.places(body, records.claims("article", [article]))
    records.keep(Text(article, record.sha256, body, places), None, echoes.samples(body), ())
    return True


def _recorded(values: Iterable[_Record], events: Iterable[Event], holdings: Holdings) -> Iterator[Event]:
    """Events of new records that come without one, as packaged ones do: of the day on which they were curated."""
    told = {event.subject for event in events if event.record}
    curated = {article.id: article.curated for article in holdings.articles}
    for value in values:
        if value.id in told or isinstance(value, Trend | Disagreement | Article):
            continue
        day = curated.get(value.article) if isinstance(value, Claim) else None
        at = datetime.combine(day, time(), UTC) if day else holdings.exported
        action: history.Action = "recorded" if isinstance(value, Claim) else "named"
        yield Event(at=at, by="ai-trends-mcp", action=action, subject=value.id, record=_json(value))


def _follow(records: Records, events: Iterable[Event]) -> int:
    """Give claims that were here the status of later events; how many changed."""
    changed = 0
    for event in events:
        status = history.status_of(event)
        claim = records.get(Claim, [event.subject]).get(event.subject) if status else None
        if status and claim and claim.status != status:
            records.change(claim.model_copy(update={"status": status}))
            changed += 1
    return changed


def _imported(by: str, source: str, holdings: Holdings) -> Event:
    why = f"{source}, exported at {holdings.exported.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ} by version {holdings.version}"
    return Event(at=datetime.now(UTC), by=by, action="imported", subject=source, why=" ".join(why.split()))


def _json(value: _Record) -> str:
    return _bare(value).model_dump_json(exclude_defaults=True)
