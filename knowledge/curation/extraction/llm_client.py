"""Client of an OpenAI-compatible endpoint: response formats, retries, faults in a sentence."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from pydantic_core import from_json

from knowledge.curation.extraction.parsing import is_html
from knowledge.curation.extraction.types import (
    Completion,
    EndpointConfig,
    Message,
    PartError,
    RunEndedError,
    TooLongError,
    Usage,
)
from knowledge.figures.pricing.workloads import MOST_TOKENS
from knowledge.model.errors import StoreError
from knowledge.text.sanitize import to_line

if TYPE_CHECKING:
    from knowledge.curation.extraction.wire import ApiConnection, ApiResponse, NoResponseError

NEEDS_EXTRA = "Extraction needs the extra `extract`: pip install 'ai-trends-mcp[extract]'; in a copy of the repository: pip install '.[extract]'."
TRIES = 3
"""How often a call is made that nobody answered, or that the endpoint put off."""
_WAIT_S = 1.0
_LONGEST_WAIT_S = 120.0
_SHOWN = 200
_TOO_LONG = re.compile(
    r"context[ _-]?(?:length|window|size)|maximum context|too many tokens|(?:prompt|input|request)[^.]{0,40}too (?:long|large)|exceed_context",
    re.IGNORECASE,
)
_FORM_REFUSED = {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.NOT_IMPLEMENTED}
_ENDING: dict[int, str] = {
    401: "it does not accept the key. Give the right one in AI_TRENDS_EXTRACT_KEY",
    402: "it wants to be paid first. See your account there",
    403: "it does not let this key do that. Give another one in AI_TRENDS_EXTRACT_KEY, or see your account there",
    404: "it has no such model, or nothing at that address. See --model, and --endpoint, which mostly ends in /v1",
    405: "nothing can be asked at that address. See --endpoint, which mostly ends in /v1",
}
_TOO_LARGE = 413  # its name has changed between versions of Python
_NO_USE_WAITING = {"insufficient_quota", "billing_hard_limit_reached"}

Sleep = Callable[[float], Awaitable[None]]


class LLMClient:
    """One endpoint for one run. As a context, so that its connections are ended."""

    def __init__(self, whom: EndpointConfig, schema: Mapping[str, Any], sleep: Sleep = asyncio.sleep) -> None:
        self.whom = whom
        self._forms: list[Mapping[str, Any] | None] = [
            {"type": "json_schema", "json_schema": {"name": "drafts", "schema": schema}},
            {"type": "json_object"},
            None,
        ]
        """The forms of an answer that it may understand, the strictest first; those that it refuses are not tried again."""
        self._sleep = sleep
        self._host = urlsplit(whom.url).netloc.rpartition("@")[2]
        self._wire: ApiConnection | None = None

    async def __aenter__(self) -> Self:
        try:
            from knowledge.curation.extraction.wire import ApiConnection  # noqa: PLC0415 - an extra, loaded only when used
        except ImportError:
            raise StoreError(NEEDS_EXTRA) from None
        self._wire = ApiConnection(self.whom)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._wire:
            await self._wire.close()

    async def ask(self, messages: Sequence[Message]) -> Completion:
        """What the model writes next.

        Raises:
            EndingError: if nobody can be asked there.
            PartError: if nothing came of this call.
            TooLongError: if that is more than the model takes.
        """
        from knowledge.curation.extraction.wire import NoResponseError  # noqa: PLC0415 - see above

        for tried in range(1, TRIES + 1):
            wait: float | None = _WAIT_S * 2 ** (tried - 1)
            try:
                got = await self._in_some_form(messages)
            except NoResponseError as error:
                fault = self._unanswered(error)
                wait = None if error.has_come else wait
            else:
                if got.status == HTTPStatus.OK:
                    return self._answered(got)
                fault, wait = self._fault(got), self._wait(got, wait)
            if wait is None or tried == TRIES:
                raise fault
            await self._sleep(wait)
        raise AssertionError  # the last of the tries has ended it

    async def _in_some_form(self, messages: Sequence[Message]) -> "ApiResponse":
        """The answer in the strictest form that the endpoint has."""
        forms, refused = list(self._forms), None
        for place, form in enumerate(forms):
            got = await self._asked(messages, form)
            if got.status not in _FORM_REFUSED or _TOO_LONG.search(_text(got)):
                self._forms = forms[place:] if got.status == HTTPStatus.OK else self._forms
                return got
            refused = refused or got
        assert refused  # noqa: S101 - there is always a form
        return refused

    async def _asked(self, messages: Sequence[Message], form: Mapping[str, Any] | None) -> "ApiResponse":
        assert self._wire, "ask within `async with`"  # noqa: S101 - a slip of ours, not of users
        try:
            async with asyncio.timeout(self.whom.patience_s):
                return await self._wire.ask(messages, form)
        except TimeoutError:
            raise PartError(self._said(f"no answer within {self.whom.patience_s:,g} s. See --timeout")) from None

    def _unanswered(self, error: "NoResponseError") -> StoreError:
        if error.has_come:
            return PartError(self._said(str(error)))
        return RunEndedError(self._said(f"{error}. See whether it runs, and --endpoint"))

    def _wait(self, got: "ApiResponse", usual: float | None) -> float | None:
        """Seconds after which it can be asked again; `None` if that is of no use."""
        if got.status not in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_TIMEOUT} and got.status < 500:  # noqa: PLR2004
            return None
        if _TOO_LONG.search(_text(got)) or _NO_USE_WAITING & set(_codes(got)):
            return None
        asked = _retry_after(got.headers.get("retry-after"))
        wait = usual if asked is None else asked
        return None if wait is None or wait > _LONGEST_WAIT_S else wait

    def _fault(self, got: "ApiResponse") -> StoreError:
        said = self._shown(got)
        if got.status in _ENDING:
            told = said if got.status == HTTPStatus.NOT_FOUND else ""  # what is said of a key may have it
            return RunEndedError(self._said(f"{_ENDING[got.status]}", got.status, told))
        if 300 <= got.status < 400:  # noqa: PLR2004
            return RunEndedError(self._said("it redirects, which is not followed. Name the address itself", got.status))
        if got.status == HTTPStatus.TOO_MANY_REQUESTS:
            late = "it wants no more requests for now. Run the same command again later"
            return RunEndedError(self._said(late, got.status, said))
        if got.status == _TOO_LARGE or _TOO_LONG.search(_text(got)):
            return TooLongError(self._said("what it is asked is longer than the model takes", got.status, said))
        failing = got.status >= 500  # noqa: PLR2004
        return PartError(self._said("it failed" if failing else "it refused", got.status, said), is_lasting=not failing)

    def _answered(self, got: "ApiResponse") -> Completion:
        text = got.body.decode("utf-8", errors="replace")
        if is_html(text):
            raise RunEndedError(self._said("it answers with web pages. See --endpoint, which mostly ends in /v1"))
        try:
            answer = from_json(text, allow_inf_nan=False)
        except ValueError:
            raise PartError(self._said("its answer is no JSON")) from None
        choices = answer.get("choices") if isinstance(answer, dict) else None
        first = choices[0] if isinstance(choices, list) and choices else None
        message = first.get("message") if isinstance(first, dict) else None
        if not isinstance(first, dict) or not isinstance(message, dict):
            raise PartError(self._said("its answer is no chat completion"))
        content = message.get("content")
        is_cut = first.get("finish_reason") == "length"
        return Completion(content if isinstance(content, str) else "", _usage(answer.get("usage")), is_cut)

    def _shown(self, got: "ApiResponse") -> str:
        """What the endpoint says of a fault, on one line, without the key."""
        text = _text(got)
        if is_html(text):
            return "a web page"
        line = to_line(next(_messages(got), text))
        line = line.replace(self.whom.key, "…") if self.whom.key else line
        return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"

    def _said(self, wrong: str, status: int = 0, said: str = "") -> str:
        answered = f" (status {status}{f', it says: {said}' if said else ''})" if status else ""
        return f"The endpoint at {self._host}: {wrong}{answered}."


def _text(got: "ApiResponse") -> str:
    return got.body[:20_000].decode("utf-8", errors="replace")


def _error(got: "ApiResponse") -> Mapping[str, Any]:
    """The error as OpenAI and most others write it."""
    try:
        found = from_json(got.body)
    except ValueError:
        return {}
    error = found.get("error", found) if isinstance(found, dict) else None
    return error if isinstance(error, dict) else {"message": error} if isinstance(error, str) else {}


def _messages(got: "ApiResponse") -> Any:
    found = _error(got)
    return (found[name] for name in ("message", "detail") if isinstance(found.get(name), str))


def _codes(got: "ApiResponse") -> list[str]:
    found = _error(got)
    return [found[name] for name in ("code", "type") if isinstance(found.get(name), str)]


def _retry_after(value: str | None) -> float | None:
    """Seconds to wait, as a header says them: as a number, or as a date."""
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):
            return None
    return max(seconds, 0.0) if seconds == seconds else None  # noqa: PLR0124 - not a number


def _usage(said: Any) -> Usage | None:
    if not isinstance(said, dict):
        return None
    details = said.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else 0
    read, written = (_tokens(said.get(name)) for name in ("prompt_tokens", "completion_tokens"))
    if read is None or written is None:
        return None
    return Usage(read, written, min(_tokens(cached) or 0, read))


def _tokens(value: Any) -> int | None:
    return value if type(value) is int and 0 <= value <= MOST_TOKENS else None
