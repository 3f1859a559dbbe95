"""One node of an export -> the value, or why not. Pure functions; what comes is taken for hostile."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from knowledge import anchor, copies
from knowledge.curated import Fault, faults_of
from knowledge.exporting import linked, shapes
from knowledge.exporting.ways import MOST_DIGITS, Shape
from knowledge.history import Event
from knowledge.holdings import subject_of
from knowledge.model import Article, Claim, Value
from knowledge.visible import shown

_V = TypeVar("_V", bound=Value)
_AS_IT_WAS = "Take it as it was exported"


class UnfitError(Exception):
    """A node that is not taken."""

    def __init__(self, *faults: tuple[str, str]) -> None:
        super().__init__(faults)
        self.faults = faults
        """What is wrong, and what mends it."""


def read(shape: Shape, kind: type[_V], node: Mapping[str, Any], write: Callable[[_V], Mapping[str, Any]]) -> _V:
    """The value of a node, which has to stand as it would be written again: with everything in it, and nothing else.

    Raises:
        UnfitError: if it is not so.
    """
    value = _validated(kind, _fields(shape, node))
    if differs := _first_difference(node, write(value)):
        raise UnfitError((f"`{shown(differs)}` is not as this version writes it", _AS_IT_WAS))
    return value


def node_of(raw: Any) -> dict[str, Any]:
    """An object without half characters, not nested too deeply to be compared.

    Raises:
        UnfitError: if it is something else.
    """
    if not isinstance(raw, dict):
        raise UnfitError(("is no object", _AS_IT_WAS))
    try:
        json.dumps(raw, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise UnfitError(("has half a pair of surrogates, which is no character", "Leave it out")) from None
    except RecursionError:
        raise UnfitError(("is nested too deeply", _AS_IT_WAS)) from None
    return raw


def article(node: Mapping[str, Any]) -> tuple[Article, str | None]:
    """An article and its text, if that is there.

    Raises:
        UnfitError: if it is no article, or the text is not the one that the record is of.
    """
    bare = {key: value for key, value in node.items() if key != "articleBody"}
    value = read(shapes.ARTICLE, Article, bare, lambda one: linked.article_node(one, {}))
    if "articleBody" not in node:
        return value, None
    return value, _checked_text(value, node["articleBody"])


def claim(node: Mapping[str, Any], texts: Mapping[str, str]) -> Claim:
    """A claim, whose words are those that were sealed. What events say of it is for whoever has all of them.

    Raises:
        UnfitError: if it is no claim, or a quote is not what its seal says.
    """

    def again(value: Claim) -> Mapping[str, Any]:
        # Before anything is cut out of a text: places may be any numbers, and there may be many of them.
        _check_quotes(value, texts)
        return linked.claim_node(value, texts)

    return read(shapes.CLAIM, Claim, linked.without_past(node), again)


def event(node: Mapping[str, Any]) -> Event:
    """An event, whose record is one of what it was done to.

    Raises:
        UnfitError: if it is none.
    """
    value = read(shapes.EVENT, Event, node, linked.event_node)
    if value.record is not None:
        _check_record(value, value.record)
    return value


def _fields(shape: Shape, node: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return shape.read(node)
    except ValueError as error:
        raise UnfitError((shown(str(error)), _AS_IT_WAS)) from None


def _validated(kind: type[_V], fields: Mapping[str, Any]) -> _V:
    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        faults = faults_of(error, "", "")
        raise UnfitError(*((shown(fault.problem), _AS_IT_WAS) for fault in faults)) from None


def _first_difference(node: Mapping[str, Any], written: Mapping[str, Any]) -> str | None:
    """A key whose value is not the same JSON: 1, 1.0 and true are three things here."""
    for key in sorted({*node, *written}):
        if key not in node or key not in written or _canonical(node[key]) != _canonical(written[key]):
            return key
    return None


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _checked_text(article: Article, text: Any) -> str:
    if not isinstance(text, str) or len(text) > copies.LONGEST_TEXT:
        raise UnfitError((f"its text is no text of at most {copies.LONGEST_TEXT:,} characters", "Leave the text out"))
    if text != anchor.normalise(text) or len(text) != article.length or anchor.digest(text) != article.sha256:
        raise UnfitError(
            ("its text has not the digest that its record says", "Leave the text out, or give the right one")
        )
    return text


def _check_quotes(claim: Claim, texts: Mapping[str, str]) -> None:
    if faults := tuple(_quote_faults(claim, texts)):
        raise UnfitError(*faults)


def _quote_faults(claim: Claim, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for piece in claim.evidence:
        where = f"the quote at {piece.start}..{piece.end} of article {piece.article!r}"
        if piece.quote is None:
            if piece.article in texts:
                yield f"{where} is not there, though the text is", _AS_IT_WAS
        elif len(piece.quote) != piece.end - piece.start or anchor.digest(piece.quote) != piece.sha256:
            yield f"{where} does not digest to its seal", "Leave the words out, or give the sealed ones"
        elif piece.article in texts and not texts[piece.article].startswith(piece.quote, piece.start):
            yield f"{where} does not stand there", "Seal the claim again from its quote"


def _check_record(event: Event, record: str) -> None:
    kind = subject_of(event)
    try:
        value = kind.model_validate_json(record)
    except ValidationError as error:
        raise UnfitError(*((f"record: {shown(one.problem)}", _AS_IT_WAS) for one in faults_of(error, "", ""))) from None
    if value.id != event.subject:
        raise UnfitError((f"its record is of {value.id!r}", f"Give the record of {event.subject!r}"))
    if isinstance(value, Claim):
        _check_quotes(value, {})
        _check_numbers(value)


def _check_numbers(claim: Claim) -> None:
    """A record's numbers are read as Python does, which takes 1E+999999: a million digits when it is written out."""
    numbers = [number for figure in claim.figures for number in (figure.value, figure.upper) if number]
    if any(abs(number.adjusted()) > MOST_DIGITS or len(number.as_tuple().digits) > MOST_DIGITS for number in numbers):
        raise UnfitError((f"its record has a number of more than {MOST_DIGITS} digits", _AS_IT_WAS))


def told(unfit: UnfitError, file: str, item: str) -> Iterator[Fault]:
    """Why a node is not taken, as faults."""
    return (Fault(file, item, problem, mend) for problem, mend in unfit.faults)
