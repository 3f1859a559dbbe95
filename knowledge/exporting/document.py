"""Is this text an export that can be read? Pure functions; what comes is taken for hostile."""

import json
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter, ValidationError

from knowledge.curated import CurationError, Fault
from knowledge.exporting.context import CONTEXT
from knowledge.exporting.jsonld import COLLECTIONS, FORMAT
from knowledge.exporting.ways import items
from knowledge.history import Moment
from knowledge.model import Line

MOST_BYTES = 64 * 2**20
"""The longest document that is read, in bytes of UTF-8."""
MOST_ITEMS = 250_000
"""The most items that are read; as many of the smallest there are make a document of that length."""
_HEAD: dict[str, Any] = {"@context": CONTEXT, "@type": ["schema:Dataset", "prov:Entity"]}
_AS_IT_WAS = "Give the file as `ai-trends-mcp export --format jsonld` wrote it"
_UPGRADE = "Upgrade: pip install -U ai-trends-mcp"
_MOMENT, _LINE = TypeAdapter(Moment), TypeAdapter(Line)


def parsed(text: str, file: str) -> dict[str, Any]:
    """The document's object, whose head is sound and whose collections are lists.

    Raises:
        CurationError: if it is too long, no JSON, no export, or from a newer version; nothing of it can be read then.
    """
    if fault := _unreadable(text):
        raise CurationError((Fault(file, "the file", *fault),))
    try:
        # No duplicate keys: which of the two counts is read differently by different readers.
        document = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except RecursionError:
        raise CurationError((Fault(file, "the file", "is nested too deeply", _AS_IT_WAS),)) from None
    except ValueError as error:
        raise CurationError((Fault(file, "the file", f"is not JSON: {error}", _AS_IT_WAS),)) from None
    if faults := tuple(Fault(file, "the file", *fault) for fault in _faults(document)):
        raise CurationError(faults)
    return dict(document)


def moment(document: dict[str, Any]) -> Any:
    """When the export was made."""
    return _MOMENT.validate_python(document["generatedAtTime"])


def _unreadable(text: str) -> tuple[str, str] | None:
    try:
        length = len(text) if len(text) > MOST_BYTES else len(text.encode())
    except UnicodeEncodeError:
        return "is not Unicode: it has half a pair of surrogates", _AS_IT_WAS
    if length > MOST_BYTES:
        return f"is longer than {MOST_BYTES // 2**20} MB", "Export it in parts, by query"
    return None


def _faults(document: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(document, dict) or "format" not in document:
        yield "is no export of ai-trends-mcp: it has no `format`", _AS_IT_WAS
    elif type(document["format"]) is not int or document["format"] != FORMAT:
        yield f"has a `format` other than {FORMAT}, which this version does not know", _UPGRADE
    else:
        yield from _head_faults(document)


def _head_faults(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in _HEAD.items():
        if document.get(key) != value:
            yield f"has another `{key}` than exports have", _AS_IT_WAS
    for key, kind in (("generatedAtTime", _MOMENT), ("softwareVersion", _LINE)):
        try:
            kind.validate_python(document.get(key), strict=key == "softwareVersion")
        except ValidationError:
            yield f"has no `{key}` that can be read", _AS_IT_WAS
    for name in COLLECTIONS:
        try:
            items(document.get(name))
        except ValueError as error:
            yield f"`{name}` {error}", _AS_IT_WAS
    if sum(len(document[name]) for name in COLLECTIONS if isinstance(document.get(name), list)) > MOST_ITEMS:
        yield f"has more than {MOST_ITEMS:,} items", "Export it in parts, by query"
    if strange := document.keys() - {*_HEAD, "format", "generatedAtTime", "softwareVersion", *COLLECTIONS}:
        yield f"has {len(strange)} keys that exports do not have", _AS_IT_WAS


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("an object has the same key twice")
    return found


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")
