"""Raw JSON -> drafts, or why it is none: one malformed draft never loses the others."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from knowledge.gate.saying import Fault, Said, listed, shown
from knowledge.model import Value

_V = TypeVar("_V", bound=Value)
_MOST_FAULTS = 10
_NEAR = 0.7

_ALLOWED: dict[str, Said] = {
    "missing": Said("넣으세요", "Give it"),
    "string_type": Said("글자열로 쓰세요", "Write it as text"),
    "tuple_type": Said("목록([...])으로 쓰세요", "Write it as a list ([...])"),
    "list_type": Said("목록([...])으로 쓰세요", "Write it as a list ([...])"),
    "dict_type": Said("이름과 입장의 객체({{...}})로 쓰세요", "Write it as an object of names and stances ({{...}})"),
    "model_type": Said("객체({{...}})로 쓰세요", "Write it as an object ({{...}})"),
    "int_type": Said("정수로 쓰세요", "Write it as a whole number"),
    "int_parsing": Said("정수로 쓰세요", "Write it as a whole number"),
    "string_too_long": Said("{max_length}자까지로 줄이세요", "Cut it to {max_length} characters"),
    "string_too_short": Said("비워 두지 마세요", "Do not leave it empty"),
    "too_long": Said("{max_length}개까지만 넣으세요", "Give {max_length} at the most"),
    "too_short": Said("{min_length}개 이상 넣으세요", "Give {min_length} or more"),
    "string_pattern_mismatch": Said("{pattern} 꼴로 쓰세요", "Write it like {pattern}"),
}


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
        return Fault(about, Said("빠졌습니다", "is missing"), _ALLOWED["missing"])
    value = shown(error["input"], 40)
    if error["type"] == "extra_forbidden":
        return Fault(about, Said("모르는 항목입니다", "is not known"), _nearest(about, kind))
    problem = Said(f"‘{value}’은(는) 쓸 수 없습니다", f"cannot be ‘{value}’")
    return Fault(about, problem, _allowed(error))


def _path(loc: tuple[int | str, ...]) -> Iterator[str]:
    """Where the fault is, as a draft has it: lists count from 1, and branches of a union have no place."""
    for part in loc:
        if isinstance(part, int):
            yield str(part + 1)
        elif part.isidentifier():
            yield shown(part)


def _allowed(error: ErrorDetails) -> Said:
    context: Mapping[str, Any] = error.get("ctx", {})
    if error["type"] == "literal_error":
        expected = shown(str(context["expected"]).replace("'", "").replace(" or ", ", "), 200)
        return Said(f"다음 가운데 하나를 쓰세요: {expected}", f"Write one of {expected}")
    said = _ALLOWED.get(error["type"])
    if said is None:
        return Said(f"고쳐 쓰세요({error['type']})", f"Correct it ({error['type']})")
    return Said(said.ko.format(**context), said.en.format(**context))


def _nearest(name: str, kind: type[Value]) -> Said:
    known = list(kind.model_fields)
    meant = difflib.get_close_matches(name[:60], known, n=1, cutoff=_NEAR)
    if meant:
        return Said(f"혹시 ‘{meant[0]}’?", f"Did you mean ‘{meant[0]}’?")
    there = listed(known, most=30)
    return Said(f"빼세요. 있는 항목: {there}", f"Leave it out. There are {there}")
