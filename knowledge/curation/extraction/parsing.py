"""Parser of model output into drafts, within prose, code fences or thoughts. Pure functions.

The answer is untrusted: the client bounds its length, the JSON parser its depth, verification its shape.
"""

import re
from collections.abc import Iterator
from typing import Any

from pydantic_core import from_json

from knowledge.curation.extraction.types import Drafts, UnreadableAnswerError
from knowledge.text import to_excerpt

_THOUGHT = re.compile(r"<(think|thinking|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_REST_OF_THOUGHT = re.compile(r"\A.*</(?:think|thinking|reasoning)>", re.DOTALL | re.IGNORECASE)
"""Some endpoints leave out the opening tag of a thought."""
_FENCED = re.compile(r"```[\w-]*\s*\n?(.*?)(?:```|\Z)", re.DOTALL)
_HTML = re.compile(r"\s*<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_MOST_BEGINNINGS = 10
"""Braces in prose at which an object is tried."""
_MOST = 500
"""Drafts read from one answer."""
_SHOWN = 80


def is_html(text: str) -> bool:
    """Check whether the text is a web page."""
    return _HTML.match(text) is not None


def parse_drafts(text: str) -> Drafts:
    """Parse the drafts and new entities of an answer; of a truncated one, the complete ones.

    Raises:
        UnreadableAnswerError: if there are none, nor an empty list of drafts.
    """
    answer = _REST_OF_THOUGHT.sub("", _THOUGHT.sub("", text)).strip()
    if not answer:
        raise UnreadableAnswerError("the answer is empty")
    if is_html(answer):
        raise UnreadableAnswerError("the answer is a web page")
    for parse in (_parse_whole, _parse_truncated, _parse_bare):
        for candidate in _candidates(answer):
            if (found := _to_drafts(parse(candidate))) is not None:
                return found
    raise UnreadableAnswerError(f"the answer has no drafts: ‘{to_excerpt(answer, _SHOWN)}’")


def _candidates(answer: str) -> Iterator[str]:
    yield answer
    yield from (block.strip() for block in _FENCED.findall(answer)[:_MOST_BEGINNINGS])
    at = answer.find("{")
    for _ in range(_MOST_BEGINNINGS):
        if at < 0:
            return
        yield answer[at:]
        if (end := answer.rfind("}", at)) > 0:
            yield answer[at : end + 1]
        at = answer.find("{", at + 1)


def _parse_whole(text: str) -> Any:
    try:
        return from_json(text, allow_inf_nan=False)
    except ValueError:
        return None


def _parse_truncated(text: str) -> Any:
    """Parse a truncated object without its last, incomplete element."""
    cut = text.rstrip().rstrip(",")
    for end in ("]}", "}"):
        if _has_any(found := _parse_whole(cut + end)):
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
    return isinstance(found, dict) and any(isinstance(value, list) and value for value in found.values())


def _parse_bare(text: str) -> Any:
    """Parse a list of drafts, or a single draft, outside the object that was requested."""
    found = _parse_whole(text)
    items = found if isinstance(found, list) else [found]
    return {"drafts": items} if items and all(isinstance(item, dict) and "kind" in item for item in items) else None


def _to_drafts(found: Any) -> Drafts | None:
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
