"""An endpoint that answers well, badly, late, or not at all."""

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

ASKED: list[Message] = [{"role": "user", "content": "말해 줘"}]
KEY = "key-3141592653"


class Slept:
    """Waits for nothing, and remembers how long it should have."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@asynccontextmanager
async def endpoint(say: Say, patience_s: float = 20) -> AsyncIterator[tuple[LLMClient, Speaker, Slept]]:
    slept = Slept()
    with speaking(say) as speaker:
        async with LLMClient(EndpointConfig(speaker.url, "m", KEY, None, patience_s), {"type": "object"}, slept) as one:
            yield one, speaker, slept


async def test_what_the_model_says_comes_with_its_tokens() -> None:
    async with endpoint(in_turn(says("그래", tokens=(12, 3)))) as (one, speaker, _):
        assert await one.ask(ASKED) == Completion("그래", Usage(12, 3))
    assert [(got.path, got.form) for got in speaker.asked] == [("/v1/chat/completions", "json_schema")]


async def test_nothing_of_the_environment_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("API_KEY", "ADMIN_KEY", "ORG_ID", "PROJECT_ID"):
        monkeypatch.setenv(f"OPENAI_{name}", "someone-elses")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Mine: someone-elses\nAuthorization: Bearer someone-elses")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with speaking(in_turn(says("x"))) as speaker:
        async with LLMClient(EndpointConfig(speaker.url, "m"), {}) as one:
            await one.ask(ASKED)
    async with endpoint(in_turn(says("x"))) as (one, other, _):
        await one.ask(ASKED)
    headers = speaker.asked[0].headers
    assert "authorization" not in headers
    assert "someone-elses" not in str(headers)
    assert set(headers) <= {
        "host", "connection", "accept", "content-type", "content-length", "user-agent", "accept-encoding",
    }  # fmt: skip
    assert other.asked[0].headers["authorization"] == f"Bearer {KEY}"


async def test_a_form_that_the_endpoint_refuses_is_asked_for_once() -> None:
    def say(request: Request) -> Reply:
        return says("x") if request.form == "plain" else fails(400, "response_format is not supported")

    async with endpoint(say) as (one, speaker, _):
        await one.ask(ASKED)
        await one.ask(ASKED)
    assert [got.form for got in speaker.asked] == ["json_schema", "json_object", "plain", "plain"]


async def test_it_waits_as_long_as_the_endpoint_asks_for() -> None:
    replies = in_turn(fails(429, retry_after="7"), fails(503), says("x"))
    async with endpoint(replies) as (one, _, slept):
        assert (await one.ask(ASKED)).text == "x"
    assert slept.seconds == [7.0, 2.0]


@pytest.mark.parametrize(
    ("reply", "asked", "kind", "said"),
    [
        (fails(401, f"wrong key {KEY}"), 1, RunEndedError, "does not accept the key. Give the right one in AI_TRENDS"),
        (fails(402), 1, RunEndedError, "paid first"),
        (fails(403), 1, RunEndedError, "does not let this key"),
        (fails(404, "model 'm' not found"), 1, RunEndedError, "no such model.*it says: model 'm' not found"),
        (Reply(b"<html>Not Found</html>", 404), 1, RunEndedError, r"mostly ends in /v1 \(status 404, it says: a web page"),
        (Reply(b"", 302, Location="http://127.0.0.1:9/"), 1, RunEndedError, "redirects, which is not followed"),
        (Reply(b"<!doctype html><p>Hello", Content_Type="text/html"), 1, RunEndedError, "web pages. See --endpoint"),
        (fails(429), 3, RunEndedError, "no more requests for now"),
        (fails(429, code="insufficient_quota"), 1, RunEndedError, "no more requests for now"),
        (fails(429, retry_after="86400"), 1, RunEndedError, "no more requests for now"),
        (fails(500, "boom"), 3, PartError, r"it failed \(status 500, it says: boom\)"),
        (fails(400, f"bad {KEY} \x1b[2J\u202eoops"), 3, PartError, r"it refused .*it says: bad … \[2Joops\)"),
        (fails(400, "This model's maximum context length is 8 tokens"), 1, TooLongError, "longer than the model takes"),
        (fails(500, "the request exceeds the available context size"), 1, TooLongError, "longer than the model"),
        (fails(413), 1, TooLongError, "longer than the model takes"),
        (Reply(b"{nonsense"), 1, PartError, "no JSON"),
        (Reply(b"[" * 100_000), 1, PartError, "no JSON"),
        (Reply(b"{}"), 1, PartError, "no chat completion"),
        (Reply(b'{"choices": [{"message": 3}]}'), 1, PartError, "no chat completion"),
        (Reply(b" " * 1_100_000), 1, PartError, "longer than 1,000,000 bytes"),
        (Reply(gzip.compress(b" " * 9_000_000), Content_Encoding="gzip"), 1, PartError, "packed"),
    ],
)  # fmt: skip
async def test_what_goes_wrong_is_said_in_a_sentence(
    reply: Reply, asked: int, kind: type[StoreError], said: str
) -> None:
    async with endpoint(in_turn(reply)) as (one, speaker, _):
        with pytest.raises(kind, match=said) as told:
            await one.ask(ASKED)
    assert len(speaker.asked) == asked
    assert KEY not in str(told.value)
    assert "\x1b" not in str(told.value)


async def test_an_answer_that_is_late_is_not_waited_for_and_not_asked_for_again() -> None:
    async with endpoint(lambda _: Reply(b"", wait=30), patience_s=0.2) as (one, speaker, _):
        with pytest.raises(PartError, match=r"no answer within 0.2 s. See --timeout"):
            await one.ask(ASKED)
    assert len(speaker.asked) == 1


async def test_where_nobody_listens_the_run_ends() -> None:
    with socket.socket() as held:
        held.bind((HOST, 0))
        slept = Slept()
        async with LLMClient(EndpointConfig(f"http://{HOST}:{held.getsockname()[1]}/v1", "m"), {}, slept) as one:
            with pytest.raises(RunEndedError, match=r"cannot be reached: .* See whether it runs, and --endpoint"):
                await one.ask(ASKED)
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
async def test_tokens_that_cannot_be_are_not_counted(usage: str, counted: Usage | None) -> None:
    content = f'{{"choices": [{{"message": {{"content": "x"}}}}], "usage": {usage}}}'
    async with endpoint(in_turn(Reply(content.encode()))) as (one, _, __):
        assert (await one.ask(ASKED)).usage == counted
