"""Names in drafts -> ids of entities and trends; a new entity -> an entity, where the text names it and nothing else has its names."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from knowledge import analyzer
from knowledge.gate.drafts import NewEntity
from knowledge.gate.saying import Fault, Finding, Said, listed
from knowledge.lexicon import Lexicon
from knowledge.model import Bilingual, Entity, Trend
from knowledge.visible import visible

_NEAR = 0.6
_MOST_NEAR = 3
_NO_NAME = re.compile(r"[“”\"<>{}\[\]|\\`\n]|://")
"""What no name has, and what could pass for the end of one."""
_ALONE = Said("이름만 쓰고 이 별칭은 빼세요", "Give the name alone; leave this alias out")
_SHORTEST = 2
"""Characters of a name that is looked for as it is written: one alone stands in everything."""


class Register:
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
        words = analyzer.words(name)
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

    def _several(self, name: str, about: str, ids: Sequence[str]) -> Fault:
        said = listed([name])
        there = ", ".join(f"`{one}`" for one in ids)
        return Fault(
            about,
            Said(f"{said}은(는) 여럿의 이름입니다", f"{said} is a name of several"),
            Said(f"id로 쓰세요: {there}", f"Give the id: {there}"),
        )

    def _none(self, name: str, about: str, kind: str) -> Fault:
        near = self._near(name, kind)
        meant = ", ".join(f"`{one}`" for one in near)
        said = listed([name])
        if kind == "trend":
            there = meant or ", ".join(f"`{one}`" for one in sorted(self._trends)[:60])
            return Fault(
                about,
                Said(f"동향 {said}은(는) 없습니다", f"there is no trend {said}"),
                Said(f"있는 것: {there}. 없으면 빼세요", f"There are {there}; leave it out if none fits"),
            )
        ko, en = (f"혹시 {meant}? 아니면 ", f"Did you mean {meant}? Else ") if meant else ("", "")
        return Fault(
            about,
            Said(f"{said}은(는) 지식베이스에 없습니다", f"{said} is not in the knowledge base"),
            Said(f"{ko}`entities`에 새 대상으로 넣으세요", f"{en}give it as a new entity of the call"),
        )

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


def new_entity(draft: NewEntity, register: Register, taken: Mapping[str, Entity]) -> Iterator[Entity | Finding]:
    """The entity, or all that is wrong with it; `taken` are those of the same call."""
    names = (draft.ko, draft.en, *draft.aliases)
    if register.get(draft.id) or draft.id in taken:
        yield Fault(
            "id",
            Said(f"id {listed([draft.id])}은(는) 이미 있습니다", f"the id {listed([draft.id])} is taken"),
            Said("있는 것을 쓰거나 다른 id를 쓰세요", "Use what is there, or another id"),
        )
    yield from (fault for name in names for fault in _name_faults(name, register))
    if not any(register.has_in_text(name) for name in names):
        yield Fault(
            "ko",
            Said("글에 그 이름이 없습니다", "none of its names is in the text"),
            Said("글에 적힌 이름을 aliases에 넣으세요", "Give the name that the text has in `aliases`"),
        )
    for alias in draft.aliases:
        if _is_line(alias) and not register.begins_in_text(alias):
            yield Fault(
                "aliases",
                Said(
                    f"글에 {listed([alias])}이(가) 이름으로 나오지 않습니다", f"the text has no name {listed([alias])}"
                ),
                _ALONE,
            )
    maker = _of_call(draft.maker, taken) if draft.maker else None
    if draft.maker and not maker:
        for found in register.entity(draft.maker, "maker"):
            if isinstance(found, str):
                maker = found
            else:
                yield found
    if draft.iso and draft.type != "country":
        yield Fault("iso", Said("나라에만 씁니다", "is for countries only"), Said("빼세요", "Leave it out"))
    aliases = tuple(dict.fromkeys(alias for alias in draft.aliases if alias not in {draft.ko, draft.en}))
    if all(_is_line(name) for name in names):
        yield Entity(
            id=draft.id,
            type=draft.type,
            name=Bilingual(ko=draft.ko, en=draft.en),
            aliases=aliases,
            iso=draft.iso,
            maker=maker,
        )


def _of_call(name: str, taken: Mapping[str, Entity]) -> str | None:
    """The new entity of the same call that has this id or name."""
    named = (one.id for one in taken.values() if name in {one.id, one.name.ko, one.name.en, *one.aliases})
    return next(named, None)


def _name_faults(name: str, register: Register) -> Iterator[Finding]:
    if not _is_line(name):
        yield Fault(
            "ko",
            Said(
                f"{listed([name])}에 보이지 않는 글자나 빈칸이 있습니다",
                f"{listed([name])} has hidden characters or blanks around it",
            ),
            Said("보이는 글자로만 쓰세요", "Write visible characters only"),
        )
        return
    if not name[0].isalnum() or _NO_NAME.search(name):
        yield Fault(
            "ko",
            Said(f"{listed([name])}은(는) 이름이 아닙니다", f"{listed([name])} is no name"),
            Said(
                "글자나 숫자로 시작하고 따옴표, 괄호표, 주소가 없는 이름을 쓰세요",
                "Write a name that begins with a letter or digit, without quotation marks, markup or addresses",
            ),
        )
        return
    there = register.holders(name)
    if there:
        ids = ", ".join(f"`{one}`" for one in there)
        yield Fault(
            "ko",
            Said(f"{listed([name])}은(는) 이미 {ids}의 이름입니다", f"{listed([name])} is a name of {ids} already"),
            Said(
                "그 id를 쓰거나, 이름만 쓰고 이 별칭은 빼세요",
                "Use that id, or give the name alone; leave this alias out",
            ),
        )
    elif register.is_ordinary(name):
        yield Fault(
            "ko",
            Said(f"{listed([name])}은(는) 흔한 낱말입니다", f"{listed([name])} is an ordinary word"),
            _ALONE,
        )


def _is_line(name: str) -> bool:
    return visible(name) == name and name == name.strip() and "\n" not in name and bool(name)


def _folds(values: Iterable[Entity | Trend]) -> dict[str, str]:
    return {analyzer.fold(name): one.id for one in values for name in (one.name.ko, one.name.en, *one.aliases)}
