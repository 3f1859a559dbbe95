"""Client against an endpoint that answers well, badly, late, or not at all."""

import gzip
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from knowledge.curation.extraction.llm_client import LLMClient
from knowledge.curation.extraction.types import (
    Completion,
    EndpointConfig,
    Message,
    PartError,
    RunEndedError,
    TooLongError,
    Usage,
)
from knowledge.model.errors import StoreError
from tests.knowledge.curation.extraction.llm_stand_in import (
    HOST,
    Reply,
    Request,
    Say,
    Speaker,
    fails,
    in_turn,
    says,
    speaking,
)

MESSAGES: list[Message] = [{"role": "user", "content": "말해 줘"}]
KEY = "key-3141592653"


class Slept:
    """Sleep that returns at once and records the seconds."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@asynccontextmanager
async def endpoint(say: Say, timeout_s: float = 20) -> AsyncIterator[tuple[LLMClient, Speaker, Slept]]:
    slept = Slept()
    with speaking(say) as speaker:
        async with LLMClient(
            EndpointConfig(speaker.url, "m", KEY, None, timeout_s), {"type": "object"}, slept
        ) as client:
            yield client, speaker, slept


async def test_an_answer_comes_with_its_token_counts() -> None:
    async with endpoint(in_turn(says("그래", tokens=(12, 3)))) as (client, speaker, _):
        assert await client.complete(MESSAGES) == Completion("그래", Usage(12, 3))
    assert [(request.path, request.form) for request in speaker.requests] == [("/v1/chat/completions", "json_schema")]


async def test_nothing_of_the_environment_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("API_KEY", "ADMIN_KEY", "ORG_ID", "PROJECT_ID"):
        monkeypatch.setenv(f"OPENAI_{name}", "someone-elses")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Mine: someone-elses\nAuthorization: Bearer someone-elses")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with speaking(in_turn(says("x"))) as speaker:
        async with LLMClient(EndpointConfig(speaker.url, "m"), {}) as client:
            await client.complete(MESSAGES)
    async with endpoint(in_turn(says("x"))) as (client, other, _):
        await client.complete(MESSAGES)
    headers = speaker.requests[0].headers
    assert "authorization" not in headers
    assert "someone-elses" not in str(headers)
    assert set(headers) <= {
        "host", "connection", "accept", "content-type", "content-length", "user-agent", "accept-encoding",
    }  # fmt: skip
    assert other.requests[0].headers["authorization"] == f"Bearer {KEY}"


async def test_a_response_format_that_the_endpoint_refuses_is_tried_once() -> None:
    def say(request: Request) -> Reply:
        return says("x") if request.form == "plain" else fails(400, "response_format is not supported")

    async with endpoint(say) as (client, speaker, _):
        await client.complete(MESSAGES)
        await client.complete(MESSAGES)
    assert [request.form for request in speaker.requests] == ["json_schema", "json_object", "plain", "plain"]


async def test_it_waits_as_long_as_the_endpoint_asks_for() -> None:
    replies = in_turn(fails(429, retry_after="7"), fails(503), says("x"))
    async with endpoint(replies) as (client, _, slept):
        assert (await client.complete(MESSAGES)).text == "x"
    assert slept.seconds == [7.0, 2.0]


@pytest.mark.parametrize(
    ("reply", "calls", "kind", "message"),
    [
        (fails(401, f"wrong key {KEY}"), 1, RunEndedError, "rejected the API key .status 401.. Set the right one in AI_TRENDS"),
        (fails(402), 1, RunEndedError, "requires payment"),
        (fails(403), 1, RunEndedError, "denied access to this key"),
        (fails(404, "model 'm' not found"), 1, RunEndedError, "no such model or URL .status 404: model 'm' not found"),
        (Reply(b"<html>Not Found</html>", 404), 1, RunEndedError, r"\(status 404: a web page\). Check --model.*usually ends in /v1"),
        (Reply(b"", 302, Location="http://127.0.0.1:9/"), 1, RunEndedError, "redirects .status 302.. Redirects are not followed"),
        (Reply(b"<!doctype html><p>Hello", Content_Type="text/html"), 1, RunEndedError, "answered with a web page. Check --endpoint"),
        (fails(429), 3, RunEndedError, "no more requests for now"),
        (fails(429, code="insufficient_quota"), 1, RunEndedError, "no more requests for now"),
        (fails(429, retry_after="86400"), 1, RunEndedError, "no more requests for now"),
        (fails(500, "boom"), 3, PartError, r"failed \(status 500: boom\)"),
        (fails(400, f"bad {KEY} \x1b[2J\u202eoops"), 3, PartError, r"refused the request .status 400: bad … \[2Joops\)"),
        (fails(400, "This model's maximum context length is 8 tokens"), 1, TooLongError, "longer than the model takes"),
        (fails(500, "the request exceeds the available context size"), 1, TooLongError, "longer than the model"),
        (fails(413), 1, TooLongError, "longer than the model takes"),
        (Reply(b"{nonsense"), 1, PartError, "did not answer in JSON"),
        (Reply(b"[" * 100_000), 1, PartError, "did not answer in JSON"),
        (Reply(b"{}"), 1, PartError, "did not answer with a chat completion"),
        (Reply(b'{"choices": [{"message": 3}]}'), 1, PartError, "did not answer with a chat completion"),
        (Reply(b" " * 1_100_000), 1, PartError, "longer than 1,000,000 bytes"),
        (Reply(gzip.compress(b" " * 9_000_000), Content_Encoding="gzip"), 1, PartError, "compressed response"),
    ],
)  # fmt: skip
async def test_errors_are_described_in_a_sentence(
    reply: Reply, calls: int, kind: type[StoreError], message: str
) -> None:
    async with endpoint(in_turn(reply)) as (client, speaker, _):
        with pytest.raises(kind, match=message) as caught:
            await client.complete(MESSAGES)
    assert len(speaker.requests) == calls
    assert KEY not in str(caught.value)
    assert "\x1b" not in str(caught.value)


async def test_a_late_answer_is_neither_awaited_nor_requested_again() -> None:
    async with endpoint(lambda _: Reply(b"", wait=30), timeout_s=0.2) as (client, speaker, _):
        with pytest.raises(PartError, match=r"no answer within 0.2 s. Raise --timeout"):
            await client.complete(MESSAGES)
    assert len(speaker.requests) == 1


async def test_an_unreachable_endpoint_ends_the_run() -> None:
    with socket.socket() as held:
        held.bind((HOST, 0))
        slept = Slept()
        async with LLMClient(EndpointConfig(f"http://{HOST}:{held.getsockname()[1]}/v1", "m"), {}, slept) as client:
            with pytest.raises(RunEndedError, match=r"cannot be reached: .* Check that it is running, and --endpoint"):
                await client.complete(MESSAGES)
    assert slept.seconds == [1.0, 2.0]


@pytest.mark.parametrize(
    ("usage", "counted"),
    [
        ('{"prompt_tokens": 5, "completion_tokens": 2, "prompt_tokens_details": {"cached_tokens": 4}}', Usage(5, 2, 4)),
        ('{"prompt_tokens": 5, "completion_tokens": 2, "prompt_tokens_details": {"cached_tokens": 9}}', Usage(5, 2, 5)),
        ('{"prompt_tokens": -5, "completion_tokens": 2}', None),
        ('{"prompt_tokens": true, "completion_tokens": "2"}', None),
        ('{"prompt_tokens": 1e300, "completion_tokens": 2}', None),
        ("[]", None),
    ],
)
async def test_impossible_token_counts_are_ignored(usage: str, counted: Usage | None) -> None:
    content = f'{{"choices": [{{"message": {{"content": "x"}}}}], "usage": {usage}}}'
    async with endpoint(in_turn(Reply(content.encode()))) as (client, _, __):
        assert (await client.complete(MESSAGES)).usage == counted
