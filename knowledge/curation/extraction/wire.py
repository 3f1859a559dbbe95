"""The only door to openai: one request to the endpoint that the user named, and nothing that the library adds of its own.

It reads an endpoint, keys, an organisation and headers from the environment; none of these leaves this machine from here.
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
"""The headers that are sent, with what is set here."""


class NoResponseError(Exception):
    """No answer, or none that is read; the message says why."""

    def __init__(self, why: str, *, has_come: bool = False) -> None:
        super().__init__(why)
        self.has_come = has_come
        """Whether there was an answer, which asking again would most likely bring again."""


class ApiResponse(NamedTuple):
    """What was answered."""

    status: int
    headers: Mapping[str, str]
    """By name, in any case."""
    body: bytes


class _Oversized(Exception):  # noqa: N818 - goes no farther than this room
    """More than is read, or packed so that nobody knows how much it is."""


class _Bounded(httpx2.AsyncHTTPTransport):
    """Sends the headers that are needed and the key that is meant for this endpoint; reads no more than is allowed."""

    def __init__(self, whom: EndpointConfig) -> None:
        super().__init__(verify=transport.load_authorities(), trust_env=False, proxy=whom.proxy)
        self._key = whom.key

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
            raise _Oversized("its answer is packed, though nobody asked for that")
        response.stream = _Counted(cast("httpx2.AsyncByteStream", response.stream))
        return response


class _Counted(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        come = 0
        async for piece in self._stream:
            come += len(piece)
            if come > LONGEST_ANSWER:
                raise _Oversized(f"its answer is longer than {LONGEST_ANSWER:,} bytes")
            yield piece

    async def aclose(self) -> None:
        await self._stream.aclose()


class ApiConnection:
    """Asks one endpoint; one request at a time becomes one request, since who asks decides what is asked again."""

    def __init__(self, whom: EndpointConfig) -> None:
        self._whom = whom
        self._http = httpx2.AsyncClient(transport=_Bounded(whom), trust_env=False, follow_redirects=False)
        self._client = openai.AsyncOpenAI(
            api_key=whom.key or "none",  # it wants one; what is sent is set above
            admin_api_key="",
            organization="",
            project="",
            webhook_secret="",
            base_url=whom.url,
            max_retries=0,
            timeout=httpx2.Timeout(whom.patience_s, connect=min(_CONNECT_S, whom.patience_s)),
            http_client=self._http,
        )

    async def close(self) -> None:
        """End the connections."""
        await self._client.close()

    async def ask(self, messages: Sequence[Message], form: Mapping[str, Any] | None) -> ApiResponse:
        """One call of /chat/completions.

        Args:
            messages: the conversation.
            form: the `response_format`, if any.

        Raises:
            TimeoutError: if nothing came in time.
            WireError: if there is no answer that can be read.
        """
        more: dict[str, Any] = {"response_format": form} if form else {}
        create: Any = self._client.chat.completions.with_raw_response.create  # its types list every field of an answer
        try:
            raw = await create(model=self._whom.model, messages=list(messages), **more)
        except openai.APIStatusError as error:
            return ApiResponse(error.status_code, error.response.headers, await _body(error.response))
        except openai.APITimeoutError as error:
            connecting = isinstance(error.__cause__, httpx2.ConnectTimeout)
            raise (NoResponseError("it cannot be reached in time") if connecting else TimeoutError()) from None
        except openai.APIConnectionError as error:
            raise _broken(error.__cause__) from None
        except (openai.OpenAIError, httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, _Oversized) as error:
            raise _broken(error) from None
        return ApiResponse(raw.status_code, raw.headers, raw.content)


async def _body(response: httpx2.Response) -> bytes:
    try:
        return await response.aread()
    except (httpx2.HTTPError, httpx2.StreamError, _Oversized):
        return b""


def _broken(cause: BaseException | None) -> NoResponseError:
    if isinstance(cause, _Oversized):
        return NoResponseError(str(cause), has_come=True)
    if isinstance(cause, httpx2.ConnectError):
        return NoResponseError("it cannot be reached: no connection came about")
    return NoResponseError(f"the connection broke ({type(cause).__name__})")
