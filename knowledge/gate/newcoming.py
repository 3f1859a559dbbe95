"""A new entity of a call -> an entity, where the text names it and nothing else has its names."""

import re
from collections.abc import Iterator, Mapping

from knowledge.gate.drafts import NewEntity
from knowledge.gate.resolving import Register
from knowledge.gate.saying import Fault, Finding, Said, listed
from knowledge.model import Bilingual, Entity
from knowledge.visible import visible

_NO_NAME = re.compile(r"[“”\"<>{}\[\]|\\`\n]|://")
"""What no name has, and what could pass for the end of one."""
_ALONE = Said("이름만 쓰고 이 별칭은 빼세요", "Give the name alone; leave this alias out")


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
