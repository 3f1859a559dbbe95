"""Records as parsed values, cached until somebody writes to the library.

A snapshot is dropped when the library has changed, whichever process changed it. Its caches are bounded and hold records,
never answers.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, TypeVar, cast

from knowledge.model import Article, Bilingual, Claim, Evidence, Value
from knowledge.model import events as history
from knowledge.store import copies
from knowledge.store.records import Records, list_aspects
from knowledge.store.store import Aspect, StoredText

MOST_VALUES = 2_048
"""The most records that are kept, and as many claims with quotes; a claim takes 5 KB. Longer lists of a kind are not kept."""
_UNCHECKED = Bilingual(
    ko="다른 라이브러리에서 가져온 주장. 원문이 없어 확인하지 않았다.",
    en="Imported from another library and not verified here: its text is missing.",
)
_KINDS = 8
_MOST_LISTS = 512
"""The most lists of ids that are kept of those that have a value; of kinds there are few."""
_MOST_DAYS = 16
"""The most days for which is kept what did not stand then."""
_MOST_TEXTS = 16
"""The most texts that are kept; one takes 200 KB at the most."""

_V = TypeVar("_V", bound=Value)


class RecordSnapshot:
    """Records as the store returns them, valid until the next write."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self.version = records.version()
        """Differs from that of another snapshot when somebody has written in between."""
        self._value = lru_cache(MOST_VALUES)(self._read_value)
        self._claim = lru_cache(MOST_VALUES)(self._read_claim)
        self._values_of = lru_cache(MOST_VALUES)(self._read_values_of)
        self._all = lru_cache(_KINDS)(self._read_all)
        self._ids = lru_cache(_MOST_LISTS)(records.list_ids)
        self._standing = lru_cache(_MOST_LISTS)(self._read_standing)
        self._text = lru_cache(_MOST_TEXTS)(records.texts.get_numbered)
        self.fallen = lru_cache(_MOST_DAYS)(self._read_fallen)
        """The ids of the claims that do not stand, or that did not at the end of a day."""

    @property
    def is_current(self) -> bool:
        """Check that nobody has written since."""
        return self._records.version() == self.version

    @cached_property
    def fingerprint(self) -> str:
        """Return the fingerprint of the packaged data in the records."""
        return self._records.fingerprint() or ""

    @cached_property
    def names_version(self) -> tuple[str, int]:
        """Return a value that changes whenever an entity, a trend or a term may have been added."""
        return self.fingerprint, self._records.event_log.find_newest("named", "imported")

    @cached_property
    def last_text(self) -> int:
        """Return the sequence number of the newest text; 0 if there is none."""
        return self._records.texts.last

    @cached_property
    def last_claim(self) -> int:
        """Return the log position of the newest claim of the user's own; 0 if there is none."""
        return self._records.event_log.find_newest("recorded")

    @cached_property
    def last_status_change(self) -> int:
        """Return the log position of the newest status change; 0 if there is none."""
        return self._records.event_log.find_newest(*history.STATUSES)

    @cached_property
    def claim_ids(self) -> frozenset[str]:
        """Return the ids of every claim, whatever its status."""
        return frozenset(self._ids(Claim))

    def had_text(self, article: str, day: date) -> bool:
        """Check that the text of an article was in the library at the end of a day."""
        return any(
            event.at.date() <= day for event in self._records.event_log.list_for(article) if event.action == "added"
        )

    def get_text(self, article: str, day: date | None = None) -> StoredText | None:
        """Return the text of an article, if it is in the library, or was at the end of a day."""
        return self._text(article)[1] if day is None or self.had_text(article, day) else None

    def get_text_numbered(self, article: str, seq: int) -> StoredText | None:
        """Return the text of an article if it still has that sequence number: another may have replaced it."""
        kept, text = self._text(article)
        return text if kept == seq else None

    def get(self, kind: type[_V], ids: Iterable[str]) -> dict[str, _V]:
        """Return those of `ids` that exist, by id."""
        found: dict[str, Any] = {identity: self._value(kind, identity) for identity in ids}
        return {identity: value for identity, value in found.items() if value is not None}

    def list_all(self, kind: type[_V]) -> tuple[_V, ...]:
        """Return every record of a kind, in the order of curation."""
        if len(self._ids(kind)) > MOST_VALUES:
            return self._read_all(kind)
        return cast("tuple[_V, ...]", self._all(kind))

    def find_claims(self, aspect: Aspect, values: Iterable[str], day: date | None = None) -> tuple[Claim, ...]:
        """Return the standing claims with one of the values, in the order of curation, with quotes where the text is here.

        With a day, those that were here and stood at its end, with the status that they had.
        """
        having = self._standing if day is None else self._records.find_by_aspect
        places = sorted(set().union(*(having(aspect, value) for value in values)))
        claims = map(self._claim, (identity for _, identity in places))
        return tuple(claims) if day is None else tuple(filter(None, (self._then(claim, day) for claim in claims)))

    def count_claims(self, aspect: Aspect, ids: Iterable[str]) -> dict[str, int]:
        """Count the claims with these ids by their values of an aspect, sorted by value."""
        counted = Counter(value for identity in ids for value in self._values_of(aspect, identity))
        return dict(sorted(counted.items()))

    def _read_all(self, kind: type[_V]) -> tuple[_V, ...]:
        return tuple(self.get(kind, self._ids(kind)).values())

    def _read_value(self, kind: type[Value], identity: str) -> Value | None:
        return self._records.get(kind, [identity]).get(identity)

    def _read_standing(self, aspect: Aspect, value: str) -> tuple[tuple[int, str], ...]:
        return tuple(place for place in self._records.find_by_aspect(aspect, value) if self._claim(place[1]).stands)

    def _then(self, claim: Claim, day: date) -> Claim | None:
        """Return a claim as it stood at the end of a day, if it did."""
        events = self._records.event_log.list_for(claim.id)
        recorded = next((event.at.date() for event in events if event.action == "recorded"), None)
        since = recorded or self.get(Article, [claim.article])[claim.article].curated
        status = history.find_status_on(day, since, events, claim.status)
        then = claim.model_copy(update={"status": status}) if status else None
        return then if then and then.stands else None

    def _read_fallen(self, day: date | None) -> frozenset[str]:
        now = frozenset(self._records.list_fallen())
        if day is None:
            return now
        changed = now | {event.subject for event in self._records.event_log.list_by_action(*history.STATUSES)}
        then = {claim.id for claim in self.find_claims("id", sorted(changed), day)}
        return frozenset(changed - then)

    def _read_claim(self, identity: str) -> Claim:
        claim = self.get(Claim, [identity])[identity]
        text = self.get_text(claim.article)
        places = text.places if text else {}
        if identity in self._recorded and not all(piece.sha256 in places for piece in claim.evidence):
            claim = claim.model_copy(update={"note": claim.note or _UNCHECKED})
        return _with_quotes(claim, text) if text else claim

    @cached_property
    def _recorded(self) -> frozenset[str]:
        return frozenset(self._records.event_log.list_recorded())

    def _read_values_of(self, aspect: Aspect, identity: str) -> frozenset[str]:
        claim = self.get(Claim, [identity]).get(identity)
        return frozenset(value for name, value in list_aspects(claim) if name == aspect) if claim else frozenset()


def _with_quotes(claim: Claim, text: StoredText) -> Claim:
    return claim.model_copy(update={"evidence": tuple(_with_quote(piece, text) for piece in claim.evidence)})


def _with_quote(evidence: Evidence, text: StoredText) -> Evidence:
    place = text.places.get(evidence.sha256)
    return evidence.model_copy(update={"quote": copies.read_quote(text.body, evidence, place)}) if place else evidence
