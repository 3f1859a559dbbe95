"""Names in drafts -> ids of entities and trends."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from knowledge.curation.verification import messages
from knowledge.curation.verification.messages import Finding, Violation, quote
from knowledge.model.records import Entity, Trend
from knowledge.text.analysis import analyzer
from knowledge.text.analysis.lexicon import Lexicon

_NEAR = 0.6
_MOST_NEAR = 3
_SHORTEST = 2
"""Characters of a name that is looked for as it is written: one alone stands in everything."""


class EntityIndex:
    """Everything that a draft may name: what the knowledge base has, and what the call brings."""

    def __init__(
        self,
        lexicon: Lexicon,
        entities: Mapping[str, Entity],
        trends: Mapping[str, Trend],
        body: str,
        ordinary: frozenset[str] = frozenset(),
    ) -> None:
        self._ordinary = ordinary
        self._lexicon, self._trends, self._body = lexicon, trends, body
        self._known = entities
        self._new: dict[str, Entity] = {}
        self._fresh: Lexicon | None = None

    @property
    def entities(self) -> Mapping[str, Entity]:
        return {**self._known, **self._new}

    def add(self, entities: Iterable[Entity]) -> None:
        """Take new entities in."""
        self._new |= {entity.id: entity for entity in entities}
        self._fresh = Lexicon(self._new.values(), (), ()) if self._new else None

    def get(self, identity: str) -> Entity | None:
        return self._new.get(identity) or self._known.get(identity)

    def entity(self, name: str, about: str) -> Iterator[str | Finding]:
        """The id of the entity of this name."""
        yield from self._find(name, about, "entity", self.get(name) is not None)

    def trend(self, name: str, about: str) -> Iterator[str | Finding]:
        """The id of the trend of this name."""
        yield from self._find(name, about, "trend", name in self._trends)

    def named_in(self, words: str) -> frozenset[str]:
        """The ids of the entities that some words name."""
        mentions = [
            *self._lexicon.mentions(words, nested=True),
            *(self._fresh.mentions(words, nested=True) if self._fresh else ()),
        ]
        return frozenset(
            one.removeprefix("entity:") for mention in mentions for one in mention.ids if one.startswith("entity:")
        )

    def is_named(self, identity: str) -> bool:
        """Whether the article's text has one of an entity's names."""
        return (
            identity in self._in_text
            or identity in self._new
            or any(self.has_in_text(name) or self._has_words(name) for name in self.names(identity))
        )

    def has_in_text(self, name: str) -> bool:
        """Whether the text has this very name, in whatever case."""
        if len(name) < _SHORTEST or name.lower() not in self._folded:
            return False
        if not (name[0].isascii() and name[-1].isascii()):
            return True
        return re.search(rf"(?<![a-z0-9]){re.escape(name.lower())}(?![a-z0-9])", self._folded) is not None

    def _has_words(self, name: str) -> bool:
        """Whether the text has every word of a name of several: 한국, and later 정부."""
        words = name.split()
        return len(words) > 1 and all(map(self.has_in_text, words))

    def holders(self, name: str) -> tuple[str, ...]:
        """The entities, trends and terms that the knowledge base knows by this name."""
        return tuple(sorted(one.partition(":")[2] for one in self._lexicon.ids(name)))

    def is_ordinary(self, name: str) -> bool:
        """Whether a name is no more than a word that many claims have."""
        words = analyzer.extract_words(name)
        return len(words) == 1 and not self._ordinary.isdisjoint({words[0].raw, words[0].term})

    def begins_in_text(self, name: str) -> bool:
        """Whether the text has this name at the beginning of a word."""
        return self.has_in_text(name) and re.search(rf"(?<!\w){re.escape(name.lower())}", self._folded) is not None

    def names(self, identity: str) -> tuple[str, ...]:
        """The names of an entity, as they are written."""
        entity = self.get(identity)
        return (entity.name.ko, entity.name.en, *entity.aliases) if entity else ()

    @cached_property
    def _in_text(self) -> frozenset[str]:
        return self.named_in(self._body)

    @cached_property
    def _folded(self) -> str:
        return self._body.lower()

    def _find(self, name: str, about: str, kind: str, known: bool) -> Iterator[str | Finding]:
        if known:
            yield name
            return
        found = set(self._lexicon.ids(name)) | set(self._fresh.ids(name) if self._fresh else ())
        ids = sorted(one.removeprefix(f"{kind}:") for one in found if one.startswith(f"{kind}:"))
        if len(ids) == 1:
            yield ids[0]
        else:
            yield self._several(name, about, ids) if ids else self._none(name, about, kind)

    def _several(self, name: str, about: str, ids: Sequence[str]) -> Violation:
        there = ", ".join(f"`{one}`" for one in ids)
        return messages.AMBIGUOUS_NAME.at(about, name=quote([name]), ids=there)

    def _none(self, name: str, about: str, kind: str) -> Violation:
        near = self._near(name, kind)
        meant = ", ".join(f"`{one}`" for one in near)
        if kind == "trend":
            there = meant or ", ".join(f"`{one}`" for one in sorted(self._trends)[:60])
            return messages.UNKNOWN_TREND.at(about, name=quote([name]), ids=there)
        if meant:
            return messages.MISSPELT_ENTITY.at(about, name=quote([name]), ids=meant)
        return messages.UNKNOWN_ENTITY.at(about, name=quote([name]))

    def _near(self, name: str, kind: str) -> list[str]:
        close = difflib.get_close_matches(analyzer.fold(name), self._by_fold(kind), n=_MOST_NEAR, cutoff=_NEAR)
        return list(dict.fromkeys(self._by_fold(kind)[one] for one in close))

    def _by_fold(self, kind: str) -> dict[str, str]:
        return self._entities_by_fold if kind == "entity" else self._trends_by_fold

    @cached_property
    def _entities_by_fold(self) -> dict[str, str]:
        return _folds(self._known.values())

    @cached_property
    def _trends_by_fold(self) -> dict[str, str]:
        return _folds(self._trends.values())


def _folds(values: Iterable[Entity | Trend]) -> dict[str, str]:
    return {analyzer.fold(name): one.id for one in values for name in (one.name.ko, one.name.en, *one.aliases)}
