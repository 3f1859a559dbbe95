"""JSON Schemas of what goes into tools and comes out: the small ones of `tools/list`, and the complete ones."""

from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

Schema = dict[str, Any]

_NAMES: dict[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}
_ON_REQUEST = "only with full detail."
"""How a field says that a usual answer does not have it."""


def of_arguments(model: type[BaseModel]) -> Schema:
    """The schema of a tool's arguments. Every argument has a default unless it is required."""
    schema = _plain(model.model_json_schema(by_alias=True)) | {"additionalProperties": False}
    return schema | {"properties": {name: _plain(one) for name, one in schema["properties"].items()}}


def complete(answer: type[BaseModel]) -> Schema:
    """The schema of an answer with everything that is in it."""
    return answer.model_json_schema(mode="serialization")


def compact(answer: type[BaseModel]) -> Schema:
    """The schema of an answer, one level deep: what a client must know to read it, for a fifth of the tokens.

    Whatever validates against the complete schema validates against this one. Objects are open and their fields are
    named in the description. It is made without the complete one, which would be most of what a server does at its start.
    """
    fields = answer.model_fields
    return {
        "type": "object",
        "properties": {name: _shallow(one.annotation, one.description or "") for name, one in fields.items()},
        "required": [name for name, one in fields.items() if one.is_required()],
    }


def _shallow(hint: Any, description: str) -> Schema:
    hint = _present(hint)
    if get_origin(hint) is tuple:
        member = _present(get_args(hint)[0])
        return {"type": "array", "items": _type(member), "description": _with_fields(description, member)}
    return _type(hint) | {"description": _with_fields(description, hint)}


def _present(hint: Any) -> Any:
    """What a value is when it is there: answers leave out what is unknown, they never say null."""
    is_union = get_origin(hint) in {Union, UnionType}
    return next((one for one in get_args(hint) if one is not NoneType), hint) if is_union else hint


def _type(hint: Any) -> Schema:
    if get_origin(hint) is Literal:
        return {"type": "string", "enum": list(get_args(hint))}
    is_object = get_origin(hint) is dict or (isinstance(hint, type) and issubclass(hint, BaseModel))
    return {"type": "object" if is_object else _NAMES[hint]}


def _with_fields(description: str, hint: Any) -> str:
    if not (isinstance(hint, type) and issubclass(hint, BaseModel)):
        return description
    usual = [name for name, one in hint.model_fields.items() if not (one.description or "").endswith(_ON_REQUEST)]
    return f"{description} Fields: {', '.join(usual)}.".strip()


def _plain(schema: Schema) -> Schema:
    """Without titles that repeat the name, and without defaults that mean nothing was given."""
    return {
        keyword: value
        for keyword, value in schema.items()
        if keyword != "title" and not (keyword == "default" and not value)
    }
