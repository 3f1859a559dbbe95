"""How a field's value is written in JSON-LD, and read again: a reference, a number, a name, nodes within nodes. Pure functions.

What is read may be anything that JSON can say; a `ValueError` says what should stand there.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from knowledge.model import Value

MOST_DIGITS = 100
"""Digits of a number before its point, and after it."""
_DECIMAL = re.compile(rf"-?[0-9]{{1,{MOST_DIGITS}}}(\.[0-9]{{1,{MOST_DIGITS}}})?")


class Way(NamedTuple):
    """There and back."""

    write: Callable[[Any], Any]
    """From a value as pydantic dumps it for JSON."""
    read: Callable[[Any], Any]


@dataclass(frozen=True)
class Shape:
    """How one kind of value is a node."""

    kind: type[Value]
    type: Callable[[Mapping[str, Any]], str | list[str]]
    """What a node says it is."""
    fields: Mapping[str, tuple[str, Way]]
    """Field of the value -> key and way, in the order in which they are written."""
    prefix: str = ""
    """What its id begins with; empty where it has none."""

    def write(self, dumped: Mapping[str, Any]) -> dict[str, Any]:
        """The node of a dumped value: what is unknown or empty is left out."""
        node: dict[str, Any] = {"@id": self.prefix + dumped["id"]} if self.prefix else {}
        node["@type"] = self.type(dumped)
        for field, (key, way) in self.fields.items():
            if dumped[field] not in (None, [], {}):
                node[key] = way.write(dumped[field])
        return node

    def read(self, node: Any) -> dict[str, Any]:
        """The fields that a node has, ready to be validated."""
        if not isinstance(node, dict):
            raise ValueError("should be an object")
        found = {"id": _without(self.prefix, node.get("@id"))} if self.prefix else {}
        for field, (key, way) in self.fields.items():
            if key in node:
                found[field] = _read(key, way, node[key])
        return found


def _read(key: str, way: Way, value: Any) -> Any:
    try:
        return way.read(value)
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from None


def _as_it_is(value: Any) -> Any:
    return value


PLAIN = Way(_as_it_is, _as_it_is)
"""Text, numbers that are whole, dates, and text in both languages."""


def _decimal(value: Any) -> str:
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise ValueError('should be a number in full digits, as text: "4600000"')
    return value


DECIMAL = Way(lambda value: f"{Decimal(value):f}", _decimal)


def reference(kind: str) -> Way:
    """To one thing of a kind."""
    prefix = f"{kind}:"
    return Way(lambda name: prefix + name, lambda value: _without(prefix, value))


def references(kind: str) -> Way:
    """To several things of a kind."""
    one = reference(kind)
    return each(one)


def each(way: Way) -> Way:
    """The same for every item of a list."""
    return Way(
        lambda values: [way.write(value) for value in values],
        lambda values: [way.read(value) for value in items(values)],
    )


def nodes(shape: Shape) -> Way:
    """Nodes within a node."""
    return each(node(shape))


def node(shape: Shape) -> Way:
    """A node within a node."""
    return Way(shape.write, shape.read)


def items(value: Any) -> list[Any]:
    """A list, whatever is in it."""
    if not isinstance(value, list):
        raise ValueError("should be a list")
    return value


def _agent(value: Any) -> Any:
    if not isinstance(value, dict):
        raise ValueError("should be an object")
    return value.get("label")


AGENT = Way(lambda name: {"@type": "prov:Agent", "label": name}, _agent)
"""Somebody who is known by a name alone."""


def _without(prefix: str, value: Any) -> str:
    if not isinstance(value, str) or not value.startswith(prefix):
        raise ValueError(f"should begin with {prefix}")
    return value.removeprefix(prefix)
