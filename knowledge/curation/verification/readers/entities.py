"""Entities and trends by name: those of the knowledge base and of the call, and which of them a text names."""

import difflib
import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from knowledge.model.records import Entity, Trend
from knowledge.text.analysis import analyzer
from knowledge.text.analysis.lexicon import Lexicon

_NEAR = 0.6
_MOST_NEAR = 3
_SHORTEST = 2
"""Characters of a name that is searched for as written: a single one is in every text."""


class EntityIndex:
    """The entities and trends that a draft may name, with a text that names some of them."""

    def __init__(
        self,
        lexicon: Lexicon,
        entities: Mapping[str, Entity],
        trends: Mapping[str, Trend],
        body: str,
        ordinary: frozenset[str] = frozenset(),
    ) -> None:
        self._lexicon, self._known, self._trends = lexicon, entities, trends
        self._body, self._ordinary = body, ordinary
        self._new: dict[str, Entity] = {}
        self._new_lexicon: Lexicon | None = None

    def add(self, entities: Iterable[Entity]) -> None:
        """Add new entities."""
        self._new |= {entity.id: entity for entity in entities}
        self._new_lexicon = Lexicon(self._new.values(), (), ()) if self._new else None

    def get(self, identity: str) -> Entity | None:
        """Return the entity with an id."""
        return self._new.get(identity) or self._known.get(identity)

    def names(self, identity: str) -> tuple[str, ...]:
        """Return the names of an entity as they are written; none for an unknown id."""
        entity = self.get(identity)
        return _names(entity) if entity else ()

    @property
    def trend_ids(self) -> list[str]:
        """The ids of all trends, sorted."""
        return sorted(self._trends)

    def find_entities(self, name: str) -> list[str]:
        """Return the ids of the entities with an id or name, sorted."""
        return [name] if self.get(name) else self._find_ids(name, "entity:")

    def find_trends(self, name: str) -> list[str]:
        """Return the ids of the trends with an id or name, sorted."""
        return [name] if name in self._trends else self._find_ids(name, "trend:")

    def find_similar_entities(self, name: str) -> list[str]:
        """Return the ids of the entities with a similar name, the most similar first."""
        return _find_similar(name, self._entities_by_name)

    def find_similar_trends(self, name: str) -> list[str]:
        """Return the ids of the trends with a similar name, the most similar first."""
        return _find_similar(name, self._trends_by_name)

    def find_named(self, words: str) -> frozenset[str]:
        """Return the ids of the entities that some words name."""
        lexicons = [self._lexicon, self._new_lexicon] if self._new_lexicon else [self._lexicon]
        mentions = (mention for lexicon in lexicons for mention in lexicon.mentions(words, nested=True))
        return frozenset(
            key.removeprefix("entity:") for mention in mentions for key in mention.ids if key.startswith("entity:")
        )

    def is_named(self, identity: str) -> bool:
        """Return whether the text has one of an entity's names, or every word of one: 한국, and later 정부."""
        return (
            identity in self._named_in_text
            or identity in self._new
            or any(self.has_in_text(name) or self._has_words(name) for name in self.names(identity))
        )

    def has_in_text(self, name: str) -> bool:
        """Return whether the text has exactly this name, in any case."""
        if len(name) < _SHORTEST or name.lower() not in self._lower:
            return False
        if not (name[0].isascii() and name[-1].isascii()):
            return True
        return re.search(rf"(?<![a-z0-9]){re.escape(name.lower())}(?![a-z0-9])", self._lower) is not None

    def begins_in_text(self, name: str) -> bool:
        """Return whether the text has a name at the beginning of a word."""
        return self.has_in_text(name) and re.search(rf"(?<!\w){re.escape(name.lower())}", self._lower) is not None

    def holders(self, name: str) -> tuple[str, ...]:
        """Return the ids of the entities, trends and terms of the knowledge base that have a name."""
        return tuple(sorted(key.partition(":")[2] for key in self._lexicon.ids(name)))

    def is_ordinary(self, name: str) -> bool:
        """Return whether a name is a single word that many claims have."""
        words = analyzer.extract_words(name)
        return len(words) == 1 and not self._ordinary.isdisjoint({words[0].raw, words[0].term})

    def _has_words(self, name: str) -> bool:
        words = name.split()
        return len(words) > 1 and all(map(self.has_in_text, words))

    def _find_ids(self, name: str, kind: str) -> list[str]:
        keys = set(self._lexicon.ids(name)) | set(self._new_lexicon.ids(name) if self._new_lexicon else ())
        return sorted(key.removeprefix(kind) for key in keys if key.startswith(kind))

    @cached_property
    def _named_in_text(self) -> frozenset[str]:
        return self.find_named(self._body)

    @cached_property
    def _lower(self) -> str:
        return self._body.lower()

    @cached_property
    def _entities_by_name(self) -> dict[str, str]:
        return _by_folded_name(self._known.values())

    @cached_property
    def _trends_by_name(self) -> dict[str, str]:
        return _by_folded_name(self._trends.values())


def _names(record: Entity | Trend) -> tuple[str, ...]:
    return (record.name.ko, record.name.en, *record.aliases)


def _by_folded_name(records: Iterable[Entity | Trend]) -> dict[str, str]:
    return {analyzer.fold(name): record.id for record in records for name in _names(record)}


def _find_similar(name: str, ids: Mapping[str, str]) -> list[str]:
    close = difflib.get_close_matches(analyzer.fold(name), ids, n=_MOST_NEAR, cutoff=_NEAR)
    return list(dict.fromkeys(ids[folded] for folded in close))
