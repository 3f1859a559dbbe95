"""Client of an OpenAI-compatible endpoint: response formats, retries, errors in a sentence."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
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
from knowledge.figures.pricing import MOST_TOKENS
from knowledge.model import StoreError
from knowledge.text import to_line

if TYPE_CHECKING:
    from knowledge.curation.extraction.openai_api import ApiConnection, ApiResponse, NoResponseError

NEEDS_EXTRA = (
    "Extraction needs the extra `extract`: pip install 'ai-trends-mcp[extract]'; "
    "in a copy of the repository: pip install '.[extract]'."
)
TRIES = 3
"""Attempts at a call that got no response, or was put off by the endpoint."""
_WAIT_S = 1.0
_LONGEST_WAIT_S = 120.0
_LONGEST_DETAIL = 200
_TOO_LONG = re.compile(
    r"context[ _-]?(?:length|window|size)|maximum context|too many tokens|(?:prompt|input|request)[^.]{0,40}too (?:long|large)|exceed_context",
    re.IGNORECASE,
)
_FORMAT_REFUSED = {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.NOT_IMPLEMENTED}
_CHECK_ENDPOINT = "Check --endpoint, which usually ends in /v1."
_FATAL: dict[int, tuple[str, str]] = {
    401: ("rejected the API key", "Set the right one in AI_TRENDS_EXTRACT_KEY."),
    402: ("requires payment", "Check your account there."),
    403: ("denied access to this key", "Set another one in AI_TRENDS_EXTRACT_KEY, or check your account there."),
    404: ("has no such model or URL", f"Check --model. {_CHECK_ENDPOINT}"),
    405: ("accepts no requests at this URL", _CHECK_ENDPOINT),
}
_TOO_LARGE = 413  # its name has changed between versions of Python
_QUOTA_CODES = {"insufficient_quota", "billing_hard_limit_reached"}

Sleep = Callable[[float], Awaitable[None]]


class LLMClient:
    """Client of one endpoint for one run; an async context manager that closes its connections."""

    def __init__(self, config: EndpointConfig, schema: Mapping[str, Any], sleep: Sleep = asyncio.sleep) -> None:
        self._config = config
        self._formats: list[Mapping[str, Any] | None] = [
            {"type": "json_schema", "json_schema": {"name": "drafts", "schema": schema}},
            {"type": "json_object"},
            None,
        ]
        """Response formats still to try, the strictest first; refused ones are not tried again."""
        self._sleep = sleep
        self._host = urlsplit(config.url).netloc.rpartition("@")[2]
        self._connection: ApiConnection | None = None

    async def __aenter__(self) -> Self:
        try:
            from knowledge.curation.extraction.openai_api import ApiConnection  # noqa: PLC0415 - an optional extra
        except ImportError:
            raise StoreError(NEEDS_EXTRA) from None
        self._connection = ApiConnection(self._config)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._connection:
            await self._connection.close()

    async def complete(self, messages: Sequence[Message]) -> Completion:
        """Return the model's answer to a conversation.

        Raises:
            RunEndedError: if the endpoint cannot be used.
            PartError: if this call failed.
            TooLongError: if the conversation is longer than the model takes.
        """
        from knowledge.curation.extraction.openai_api import NoResponseError  # noqa: PLC0415 - an optional extra

        for attempt in range(1, TRIES + 1):
            wait: float | None = _WAIT_S * 2 ** (attempt - 1)
            try:
                response = await self._negotiate(messages)
            except NoResponseError as caught:
                error = self._no_response_error(caught)
                wait = None if caught.is_lasting else wait
            else:
                if response.status == HTTPStatus.OK:
                    return self._parse(response)
                error, wait = self._status_error(response), _retry_wait(response, wait)
            if wait is None or attempt == TRIES:
                raise error
            await self._sleep(wait)
        raise AssertionError  # the last attempt returns or raises

    async def _negotiate(self, messages: Sequence[Message]) -> "ApiResponse":
        """Return the response in the strictest format that the endpoint supports."""
        formats, refused = list(self._formats), None
        for position, response_format in enumerate(formats):
            response = await self._send(messages, response_format)
            if response.status not in _FORMAT_REFUSED or _TOO_LONG.search(_text(response)):
                self._formats = formats[position:] if response.status == HTTPStatus.OK else self._formats
                return response
            refused = refused or response
        assert refused  # noqa: S101 - there is always a format
        return refused

    async def _send(self, messages: Sequence[Message], response_format: Mapping[str, Any] | None) -> "ApiResponse":
        assert self._connection, "use LLMClient within `async with`"  # noqa: S101 - a programming error
        try:
            async with asyncio.timeout(self._config.timeout_s):
                return await self._connection.complete(messages, response_format)
        except TimeoutError:
            late = f"sent no answer within {self._config.timeout_s:,g} s"
            raise PartError(self._describe(late, "Raise --timeout.")) from None

    def _no_response_error(self, error: "NoResponseError") -> StoreError:
        if error.is_lasting:
            return PartError(self._describe(str(error)))
        return RunEndedError(self._describe(str(error), "Check that it is running, and --endpoint."))

    def _status_error(self, response: "ApiResponse") -> StoreError:
        status = response.status
        if status in _FATAL:
            is_safe = status == HTTPStatus.NOT_FOUND  # what it says about a key may contain the key
            return RunEndedError(self._describe(*_FATAL[status], response, has_detail=is_safe))
        if 300 <= status < 400:  # noqa: PLR2004
            hint = "Redirects are not followed: set the final URL with --endpoint."
            return RunEndedError(self._describe("redirects", hint, response, has_detail=False))
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            return RunEndedError(self._describe("accepts no more requests for now", "Try again later.", response))
        if status == _TOO_LARGE or _TOO_LONG.search(_text(response)):
            return TooLongError(self._describe("got a prompt that is longer than the model takes", "", response))
        is_failure = status >= 500  # noqa: PLR2004
        problem = "failed" if is_failure else "refused the request"
        return PartError(self._describe(problem, "", response), is_lasting=not is_failure)

    def _parse(self, response: "ApiResponse") -> Completion:
        text = response.body.decode("utf-8", errors="replace")
        if is_html(text):
            raise RunEndedError(self._describe("answered with a web page", _CHECK_ENDPOINT))
        try:
            answer = from_json(text, allow_inf_nan=False)
        except ValueError:
            raise PartError(self._describe("did not answer in JSON")) from None
        choices = answer.get("choices") if isinstance(answer, dict) else None
        first = choices[0] if isinstance(choices, list) and choices else None
        message = first.get("message") if isinstance(first, dict) else None
        if not isinstance(first, dict) or not isinstance(message, dict):
            raise PartError(self._describe("did not answer with a chat completion"))
        content = message.get("content")
        is_cut = first.get("finish_reason") == "length"
        return Completion(content if isinstance(content, str) else "", _parse_usage(answer.get("usage")), is_cut)

    def _describe(
        self, problem: str, hint: str = "", response: "ApiResponse | None" = None, *, has_detail: bool = True
    ) -> str:
        detail = f": {self._detail(response)}" if response and has_detail else ""
        status = f" (status {response.status}{detail})" if response else ""
        return f"The endpoint at {self._host} {problem}{status}. {hint}".rstrip()

    def _detail(self, response: "ApiResponse") -> str:
        """Return the endpoint's error message on one line, without the key."""
        text = _text(response)
        if is_html(text):
            return "a web page"
        line = to_line(next(_error_fields(response, "message", "detail"), text))
        line = line.replace(self._config.key, "…") if self._config.key else line
        return line if len(line) <= _LONGEST_DETAIL else f"{line[:_LONGEST_DETAIL]}…"


def _retry_wait(response: "ApiResponse", default: float | None) -> float | None:
    """Return the seconds to wait before a retry; `None` if a retry is useless."""
    retryable = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_TIMEOUT}
    if response.status not in retryable and response.status < 500:  # noqa: PLR2004
        return None
    if _TOO_LONG.search(_text(response)) or _QUOTA_CODES & set(_error_fields(response, "code", "type")):
        return None
    requested = _parse_retry_after(response.headers.get("retry-after"))
    wait = default if requested is None else requested
    return None if wait is None or wait > _LONGEST_WAIT_S else wait


def _text(response: "ApiResponse") -> str:
    return response.body[:20_000].decode("utf-8", errors="replace")


def _error_fields(response: "ApiResponse", *names: str) -> Iterator[str]:
    """Yield text fields of the error, as OpenAI and most others write it."""
    try:
        body = from_json(response.body)
    except ValueError:
        return
    error = body.get("error", body) if isinstance(body, dict) else None
    fields = error if isinstance(error, dict) else {"message": error}
    for name in names:
        if isinstance(value := fields.get(name), str):
            yield value


def _parse_retry_after(value: str | None) -> float | None:
    """Return the seconds to wait from a Retry-After header, which holds a number or a date."""
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


def _parse_usage(usage: Any) -> Usage | None:
    if not isinstance(usage, dict):
        return None
    details = usage.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else 0
    read, written = (_tokens(usage.get(name)) for name in ("prompt_tokens", "completion_tokens"))
    if read is None or written is None:
        return None
    return Usage(read, written, min(_tokens(cached) or 0, read))


def _tokens(value: Any) -> int | None:
    return value if type(value) is int and 0 <= value <= MOST_TOKENS else None
