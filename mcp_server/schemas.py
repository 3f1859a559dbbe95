"""JSON Schemas of what goes into tools and comes out: the small ones of `tools/list`, and the complete ones."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

Schema = dict[str, Any]

_ON_REQUEST = "only with full detail."
"""How a field says that a usual answer does not have it."""


def of_arguments(model: type[BaseModel]) -> Schema:
    """The schema of a tool's arguments. Every argument has a default unless it is required."""
    schema = _plain(model.model_json_schema(by_alias=True))
    return schema | {"properties": {name: _plain(one) for name, one in schema["properties"].items()}}


def complete(answer: type[BaseModel]) -> Schema:
    """The schema of an answer with everything that is in it."""
    return answer.model_json_schema(mode="serialization")


def compact(answer: type[BaseModel]) -> Schema:
    """The schema of an answer, one level deep: what a client must know to read it, for a tenth of the tokens.

    Whatever validates against the complete schema validates against this one. Objects are open and their fields are
    named in the description.
    """
    schema = complete(answer)
    named = schema.get("$defs", {})
    properties = {name: _shallow(one, named) for name, one in schema["properties"].items()}
    return {"type": "object", "properties": properties, "required": schema.get("required", [])}


def _shallow(schema: Schema, named: Mapping[str, Schema]) -> Schema:
    described = {"description": schema["description"]} if "description" in schema else {}
    schema = _present(schema)
    members = _target(_present(schema.get("items", {})), named)
    if schema.get("type") == "array":
        fields = members.get("properties")
        return {"type": "array", "items": {"type": members["type"]}} | _with_fields(described, fields)
    target = _target(schema, named)
    kept = {keyword: value for keyword, value in target.items() if keyword in {"type", "enum"}}
    return kept | _with_fields(described, target.get("properties"))


def _with_fields(described: Schema, fields: Mapping[str, Any] | None) -> Schema:
    if not fields:
        return described
    usual = [name for name, one in fields.items() if not one.get("description", "").endswith(_ON_REQUEST)]
    return {"description": f"{described.get('description', '')} Fields: {', '.join(usual)}.".strip()}


def _present(schema: Schema) -> Schema:
    """What a value looks like when it is there: answers leave out what is unknown, they never say null."""
    for one in schema.get("anyOf", ()):
        if one.get("type") != "null":
            return dict(one)
    return schema


def _target(schema: Schema, named: Mapping[str, Schema]) -> Schema:
    reference = schema.get("$ref")
    return named[reference.rpartition("/")[2]] if reference else schema


def _plain(schema: Schema) -> Schema:
    """Without titles that repeat the name, and without defaults that mean nothing was given."""
    return {
        keyword: value
        for keyword, value in schema.items()
        if keyword != "title" and not (keyword == "default" and not value)
    }
