"""An export, read again: what of it is sound and hangs together, and every fault of what is not. Pure functions.

`write` and `read` are each other's reverse: what was read is written again as the same bytes.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from knowledge import crosschecks
from knowledge.crosschecks import Curated
from knowledge.curated import CurationError, Fault
from knowledge.exporting import document, linked, reading, shapes
from knowledge.exporting.jsonld import COLLECTIONS
from knowledge.exporting.past import past
from knowledge.holdings import Holdings
from knowledge.model import Disagreement, Entity, Trend
from knowledge.visible import shown

MOST_FAULTS = 1_000
"""Faults that are told one by one; the rest are counted."""
_ROUNDS = 8
"""How often what named a refused item is refused in turn, before all that is left is."""
_HOMES: dict[str, str] = dict.fromkeys(crosschecks.KINDS, "the export")
_REFERS = "Add what it names, or leave it out"


class Taken(NamedTuple):
    """What became of an export."""

    holdings: Holdings
    """Items that are sound, and that name nothing but such."""
    refused: tuple[Fault, ...]
    """Why others were not taken; empty if everything was."""


def read(text: str, file: str = "the export") -> Holdings:
    """The knowledge in a JSON-LD export, all of it.

    Raises:
        CurationError: with every fault, if anything of it is not sound.
    """
    taken = take(text, file)
    if taken.refused:
        raise CurationError(taken.refused)
    return taken.holdings


def take(text: str, file: str = "the export") -> Taken:
    """The knowledge in a JSON-LD export, item by item: what is not sound is refused with whatever names it, and the rest is taken.

    Args:
        text: the document, of 64 MB at the most.
        file: what faults are to call it.

    Raises:
        CurationError: if nothing of it can be read: it is too long, no export, or of a newer version.
    """
    raw = document.parsed(text, file)
    found = _Found(file)
    for name in COLLECTIONS:
        for node in raw[name]:
            found.read(name, node)
    found.settle()
    return Taken(found.holdings(raw), found.told())


@dataclass
class _Found:
    """What was read so far: values with the nodes that they were read from."""

    file: str
    values: dict[str, list[tuple[Any, Any]]] = field(default_factory=lambda: {name: [] for name in COLLECTIONS})
    texts: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    more: int = 0
    """Faults that were not kept."""

    def read(self, name: str, node: Any) -> None:
        try:
            self.values[name].append((_READERS[name](self, reading.node_of(node)), node))
        except reading.UnfitError as unfit:
            for fault in reading.told(unfit, self.file, _item(name, node)):
                self.refuse(fault)

    def refuse(self, fault: Fault) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault)
        else:
            self.more += 1

    def told(self) -> tuple[Fault, ...]:
        more = (Fault(self.file, "the file", f"has {self.more} faults more", "Mend these first"),) if self.more else ()
        return (*self.faults, *more)

    def settle(self) -> None:
        """Refuse what does not hang together, until all that is left does."""
        for _ in range(_ROUNDS):
            if not (unsound := self._unsound()):
                return
            for name, item in unsound:
                self.values[name] = [pair for pair in self.values[name] if _id(name, pair[0]) not in item]
        self.refuse(Fault(self.file, "the file", "hangs together with what was refused, all of it", "Mend these first"))
        self.values = {name: [] for name in COLLECTIONS}

    def _unsound(self) -> list[tuple[str, set[str]]]:
        ids: dict[str, set[str]] = {}
        for flaw in (*crosschecks.flaws(self._curated(), _HOMES), *self._flaws_of_events()):
            ids.setdefault(flaw[0], set()).add(flaw[1])
            self.refuse(Fault(self.file, shown(flaw[1]), shown(flaw[2]), flaw[3]))
        return list(ids.items())

    def _flaws_of_events(self) -> Iterator[tuple[str, str, str, str]]:
        ids = {f"{one[:-1]}:{value.id}" for one in ("articles", "claims") for value in self._of(one)}
        ids.update(f"entity:{value.id}" for value in self._of("entities"))
        for event in self._of("events"):
            subject = linked.subject_prefix(event) + event.subject
            if subject not in ids:
                yield "events", linked.event_id(event), f"was done to {subject!r}, which is not in the export", _REFERS
        before = past(self._of("events"))
        for claim, node in self.values["claims"]:
            if linked.past_of(claim.id, before, stands=claim.stands) != linked.only_past(node):
                yield "claims", claim.id, "its past is not what the events say", "Take it with all of its events"

    def _of(self, name: str) -> list[Any]:
        return [value for value, _ in self.values[name]]

    def _curated(self) -> Curated:
        return Curated(**{name: tuple(self._of(name)) for name in COLLECTIONS if name != "events"})

    def holdings(self, raw: Mapping[str, Any]) -> Holdings:
        return Holdings(
            exported=document.moment(dict(raw)),
            version=raw["softwareVersion"],
            **{name: tuple(self._of(name)) for name in COLLECTIONS},
            texts={one.id: self.texts[one.id] for one in self._of("articles") if one.id in self.texts},
        )

    def article(self, node: Any) -> Any:
        value, text = reading.article(node)
        if text is not None:
            self.texts[value.id] = text
        return value


_READERS: dict[str, Callable[[_Found, Any], Any]] = {
    "articles": _Found.article,
    "claims": lambda found, node: reading.claim(node, found.texts),
    "trends": lambda _, node: reading.read(
        shapes.TREND, Trend, node, lambda one: shapes.TREND.write(one.model_dump(mode="json"))
    ),
    "entities": lambda _, node: reading.read(
        shapes.ENTITY, Entity, node, lambda one: shapes.ENTITY.write(one.model_dump(mode="json"))
    ),
    "disagreements": lambda _, node: reading.read(
        shapes.DISAGREEMENT, Disagreement, node, lambda one: shapes.DISAGREEMENT.write(one.model_dump(mode="json"))
    ),
    "events": lambda _, node: reading.event(node),
}


def _id(name: str, value: Any) -> str:
    return linked.event_id(value) if name == "events" else value.id


def _item(name: str, node: Any) -> str:
    """What a node calls itself, as it may be shown."""
    identity = node.get("@id") if isinstance(node, dict) else None
    return shown(identity) if isinstance(identity, str) and identity else f"one of {name}"
