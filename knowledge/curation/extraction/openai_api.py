"""Requests to an OpenAI-compatible API through the openai library, without the additions that it makes by itself.

The library takes an endpoint, keys, an organisation and headers from the environment; none of them is sent from here.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

import httpx2
import openai

from knowledge.curation.extraction.types import EndpointConfig, Message
from knowledge.fetch import transport

LONGEST_ANSWER = 1_000_000
"""Bytes of an answer that are read."""
_CONNECT_S = 10.0
_SENT = frozenset({"host", "content-type", "content-length", "accept", "user-agent", "connection"})
"""Headers of the library that are sent on."""


class NoResponseError(Exception):
    """Failure to get a readable response; the message continues "The endpoint ..."."""

    def __init__(self, message: str, *, is_lasting: bool = False) -> None:
        super().__init__(message)
        self.is_lasting = is_lasting
        """True if there was a response, and a retry would most likely get the same."""


class ApiResponse(NamedTuple):
    """Response of the API, of any status."""

    status: int
    headers: Mapping[str, str]
    """By name, in any case."""
    body: bytes


class _UnreadableError(Exception):
    """Failure of a response that is too long, or compressed, so that its length is unknown."""


class _Transport(httpx2.AsyncHTTPTransport):
    """Transport that sends only the necessary headers and this endpoint's key, and bounds the response."""

    def __init__(self, config: EndpointConfig) -> None:
        super().__init__(verify=transport.load_authorities(), trust_env=False, proxy=config.proxy)
        self._key = config.key

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        headers = {name: value for name, value in request.headers.items() if name.lower() in _SENT}
        headers["Accept-Encoding"] = "identity"
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        sent = httpx2.Request(
            request.method, request.url, headers=headers, stream=request.stream, extensions=request.extensions
        )
        response = await super().handle_async_request(sent)
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            raise _UnreadableError("sent a compressed response, which was not requested")
        response.stream = _BoundedStream(cast("httpx2.AsyncByteStream", response.stream))
        return response


class _BoundedStream(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        length = 0
        async for chunk in self._stream:
            length += len(chunk)
            if length > LONGEST_ANSWER:
                raise _UnreadableError(f"sent a response longer than {LONGEST_ANSWER:,} bytes")
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


class ApiConnection:
    """Connections to one endpoint; each call is one request, without retries."""

    def __init__(self, config: EndpointConfig) -> None:
        self._model = config.model
        self._client = openai.AsyncOpenAI(
            api_key=config.key or "none",  # required here; the transport sets the header
            admin_api_key="",
            organization="",
            project="",
            webhook_secret="",
            base_url=config.url,
            max_retries=0,
            timeout=httpx2.Timeout(config.timeout_s, connect=min(_CONNECT_S, config.timeout_s)),
            http_client=httpx2.AsyncClient(transport=_Transport(config), trust_env=False, follow_redirects=False),
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def complete(self, messages: Sequence[Message], response_format: Mapping[str, Any] | None) -> ApiResponse:
        """Call /chat/completions once.

        Raises:
            TimeoutError: if no response came in time.
            NoResponseError: if there is no readable response.
        """
        options: dict[str, Any] = {"response_format": response_format} if response_format else {}
        create: Any = self._client.chat.completions.with_raw_response.create  # its types list every field of an answer
        try:
            raw = await create(model=self._model, messages=list(messages), **options)
        except openai.APIStatusError as error:
            return ApiResponse(error.status_code, error.response.headers, await _read_body(error.response))
        except openai.APITimeoutError as error:
            if isinstance(error.__cause__, httpx2.ConnectTimeout):
                raise NoResponseError("cannot be reached in time") from None
            raise TimeoutError from None
        except openai.APIConnectionError as error:
            raise _convert(error.__cause__) from None
        except (openai.OpenAIError, httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, _UnreadableError) as error:
            raise _convert(error) from None
        return ApiResponse(raw.status_code, raw.headers, raw.content)


async def _read_body(response: httpx2.Response) -> bytes:
    try:
        return await response.aread()
    except (httpx2.HTTPError, httpx2.StreamError, _UnreadableError):
        return b""


def _convert(cause: BaseException | None) -> NoResponseError:
    if isinstance(cause, _UnreadableError):
        return NoResponseError(str(cause), is_lasting=True)
    if isinstance(cause, httpx2.ConnectError):
        return NoResponseError("cannot be reached: no connection was established")
    return NoResponseError(f"broke off the connection ({type(cause).__name__})")
