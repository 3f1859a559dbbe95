"""JSON Schemas of arguments and answers: small ones for `tools/list`, and complete ones."""

from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

Schema = dict[str, Any]

_NAMES: dict[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}


def of_arguments(model: type[BaseModel]) -> Schema:
    """Return the schema of a tool's arguments. Every argument has a default unless it is required."""
    schema = _plain(model.model_json_schema(by_alias=True)) | {"additionalProperties": False}
    return schema | {"properties": {name: _plain(property_) for name, property_ in schema["properties"].items()}}


def complete(answer: type[BaseModel]) -> Schema:
    """Return the complete schema of an answer."""
    return answer.model_json_schema(mode="serialization")


def compact(answer: type[BaseModel]) -> Schema:
    """Return the schema of an answer, one level deep, in a tenth of the tokens.

    Whatever validates against the complete schema validates against this one. It is made without the complete one, which
    would take most of the server's start.
    """
    fields = answer.model_fields
    return {
        "type": "object",
        "properties": {name: _shallow(field.annotation, field.description or "") for name, field in fields.items()},
        "required": [name for name, field in fields.items() if field.is_required()],
    }


def inlined(model: type[BaseModel]) -> Schema:
    """Return a small schema of a model, without references, to embed in another schema."""
    whole = model.model_json_schema()
    defined = whole.pop("$defs", {})

    def resolved(part: Any) -> Any:
        if isinstance(part, list):
            return [resolved(item) for item in part]
        if not isinstance(part, dict):
            return part
        if "$ref" in part:
            described = {name: value for name, value in part.items() if name == "description"}
            return {**resolved(defined[part["$ref"].rpartition("/")[2]]), **described}
        return _without_null(
            {name: resolved(value) for name, value in _plain(part).items() if not _is_title(name, value)}
        )

    schema: Schema = resolved(whole)
    return schema


def _is_title(name: str, value: Any) -> bool:
    return name == "title" and isinstance(value, str)


def _without_null(schema: Schema) -> Schema:
    """Remove `null` from what may be left out."""
    choices = [choice for choice in schema.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) != 1:
        return schema | ({"anyOf": choices} if choices else {})
    return {**{name: value for name, value in schema.items() if name != "anyOf"}, **choices[0]}


def _shallow(hint: Any, description: str) -> Schema:
    hint = _present(hint)
    if get_origin(hint) is tuple:
        member = _type(_present(get_args(hint)[0]))
        items = {} if member == {"type": "object"} else {"items": member}
        return {"type": "array", **items, "description": description}
    return _type(hint) | {"description": description}


def _present(hint: Any) -> Any:
    """Return the type of a value that is present: answers leave out what is unknown and have no null."""
    is_union = get_origin(hint) in {Union, UnionType}
    return next((part for part in get_args(hint) if part is not NoneType), hint) if is_union else hint


def _type(hint: Any) -> Schema:
    if get_origin(hint) is Literal:
        return {"type": "string", "enum": list(get_args(hint))}
    is_object = get_origin(hint) is dict or (isinstance(hint, type) and issubclass(hint, BaseModel))
    return {"type": "object" if is_object else _NAMES[hint]}


def _plain(schema: Schema) -> Schema:
    """Remove titles that repeat the name, and empty defaults."""
    return {
        keyword: value
        for keyword, value in schema.items()
        if keyword != "title" and not (keyword == "default" and not value)
    }
