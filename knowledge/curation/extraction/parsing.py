"""Parser of model output into drafts, whatever surrounds them. Pure functions.

The answer is untrusted: its length is bounded by who asks, its depth by the parser, its shape by the gate.
"""

import re
from collections.abc import Iterator
from typing import Any

from pydantic_core import from_json

from knowledge.curation.extraction.types import Drafts, UnreadableAnswerError
from knowledge.text.sanitize import to_excerpt

_THOUGHT = re.compile(r"<(think|thinking|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_REST_OF_THOUGHT = re.compile(r"\A.*</(?:think|thinking|reasoning)>", re.DOTALL | re.IGNORECASE)
"""Some endpoints leave out how a thought begins."""
_FENCED = re.compile(r"```[\w-]*\s*\n?(.*?)(?:```|\Z)", re.DOTALL)
_HTML = re.compile(r"\s*<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_MOST_BEGINNINGS = 10
"""Braces at which an object may begin in prose."""
_MOST = 500
"""Drafts of one answer that are looked at."""
_SHOWN = 80


def is_html(text: str) -> bool:
    """Whether it is a web page."""
    return _HTML.match(text) is not None


def parse_drafts(text: str) -> Drafts:
    """The drafts and new entities in an answer; of one that breaks off, those that are whole.

    Raises:
        UnreadableError: if there are none, nor a list of none.
    """
    said = _REST_OF_THOUGHT.sub("", _THOUGHT.sub("", text)).strip()
    if not said:
        raise UnreadableAnswerError("it answered nothing")
    if is_html(said):
        raise UnreadableAnswerError("it answered with a web page")
    for read in (_whole, _broken, _alone):
        for one in _candidates(said):
            if (found := _shaped(read(one))) is not None:
                return found
    raise UnreadableAnswerError(f"its answer has no drafts: ‘{to_excerpt(said, _SHOWN)}’")


def _candidates(said: str) -> Iterator[str]:
    yield said
    yield from (one.strip() for one in _FENCED.findall(said)[:_MOST_BEGINNINGS])
    at = said.find("{")
    for _ in range(_MOST_BEGINNINGS):
        if at < 0:
            return
        yield said[at:]
        if (end := said.rfind("}", at)) > 0:
            yield said[at : end + 1]
        at = said.find("{", at + 1)


def _whole(text: str) -> Any:
    try:
        return from_json(text, allow_inf_nan=False)
    except ValueError:
        return None


def _broken(text: str) -> Any:
    """What of an object that breaks off is whole: the element in which it does is left out."""
    cut = text.rstrip().rstrip(",")
    for end in ("]}", "}"):
        if _has_any(found := _whole(cut + end)):
            return found
    try:
        found = from_json(text, allow_inf_nan=False, allow_partial=True)
    except ValueError:
        return None
    last = list(found.values())[-1] if isinstance(found, dict) and "drafts" in found else None
    if not isinstance(last, list) or not last:
        return None
    last.pop()
    return found if _has_any(found) else None


def _has_any(found: Any) -> bool:
    return isinstance(found, dict) and any(isinstance(one, list) and one for one in found.values())


def _alone(text: str) -> Any:
    """A list of drafts, or one draft, where nobody asked for that."""
    found = _whole(text)
    listed = found if isinstance(found, list) else [found]
    return {"drafts": listed} if listed and all(isinstance(one, dict) and "kind" in one for one in listed) else None


def _shaped(found: Any) -> Drafts | None:
    if not isinstance(found, dict) or not {"drafts", "entities"} & found.keys():
        return None
    drafts, entities = (found.get(name) or [] for name in ("drafts", "entities"))
    if (
        {"kind", "quotes", "statement_en"} & found.keys()
        or not isinstance(drafts, list)
        or not isinstance(entities, list)
    ):
        return None  # a draft has entities too
    return Drafts(tuple(drafts[:_MOST]), tuple(entities[:_MOST]))
