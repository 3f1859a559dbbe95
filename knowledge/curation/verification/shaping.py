"""Raw JSON -> drafts, or why it is none: one malformed draft never loses the others."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from knowledge.curation.verification import messages
from knowledge.curation.verification.messages import Fault, quote, shorten
from knowledge.model.records import Bilingual, Value

_V = TypeVar("_V", bound=Value)
_MOST_FAULTS = 10
_NEAR = 0.7


def shape(kind: type[_V], raw: object) -> tuple[_V | None, list[Fault]]:
    """The value, or every fault of its shape."""
    if isinstance(raw, kind):
        return raw, []
    try:
        return kind.model_validate(raw), []
    except ValidationError as error:
        faults = [_fault(one, kind) for one in error.errors(include_url=False, include_context=True)[:_MOST_FAULTS]]
        return None, list(dict.fromkeys(faults))
    except RecursionError:
        return None, [_fault({"type": "model_type", "loc": (), "msg": "", "input": "…"}, kind)]


def _fault(error: ErrorDetails, kind: type[Value]) -> Fault:
    about = ".".join(_path(error["loc"])) or kind.__name__.lower()
    if error["type"] == "missing":
        return messages.MISSING.at(about)
    if error["type"] == "extra_forbidden":
        return _unknown(about, kind)
    return Fault(about, messages.UNUSABLE.format(value=shorten(error["input"], 40)), _fix(error))


def _path(loc: tuple[int | str, ...]) -> Iterator[str]:
    """Where the fault is, as a draft has it: lists count from 1, and branches of a union have no place."""
    for part in loc:
        if isinstance(part, int):
            yield str(part + 1)
        elif part.isidentifier():
            yield shorten(part)


def _fix(error: ErrorDetails) -> Bilingual:
    context: Mapping[str, Any] = error.get("ctx", {})
    if error["type"] == "literal_error":
        choices = shorten(str(context["expected"]).replace("'", "").replace(" or ", ", "), 200)
        return messages.CHOICES.format(choices=choices)
    return messages.TYPES.get(error["type"], messages.OTHER_TYPE).format(**{"type": error["type"], **context})


def _unknown(about: str, kind: type[Value]) -> Fault:
    known = list(kind.model_fields)
    near = difflib.get_close_matches(about[:60], known, n=1, cutoff=_NEAR)
    if near:
        return messages.MISSPELT_FIELD.at(about, name=near[0])
    return messages.UNKNOWN_FIELD.at(about, fields=quote(known, most=30))
