"""Real processes that serve HTTP on loopback: what they say, how signals stop them, and clients that leave."""

import os
import re
import signal
import socket
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from mcp.client import Client

from mcp_server.settings import HttpSettings, Settings, variable, version
from tests.mcp_server.transports.serving import Asker, Writer, content
from tests.mcp_server.transports.test_stdio import MODULE

pytestmark = pytest.mark.slow

ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(variable(""))} | {
    "AI_TRENDS_LIBRARY": ":memory:",
    "PYTHONIOENCODING": "utf-8",
}
STOPS = pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
PIPES: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}


@contextmanager
def served(*options: str, **environment: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server process and the URL that it says; stopped at the end if it still runs."""
    command = [*MODULE, "serve", "--http", "--port", "0", *options]
    with subprocess.Popen(command, env=ENVIRONMENT | environment, encoding="utf-8", **PIPES) as process:
        assert process.stderr
        try:
            text = process.stderr.readline()
            url = re.match(r"Serving MCP at (http://\S+) ", text)
            assert url, text + process.stderr.read()
            yield url[1], process
        finally:
            process.terminate()
            process.communicate(timeout=30)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MODULE, *arguments],
        env=ENVIRONMENT | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def health(url: str) -> str:
    return url.replace("/mcp", "/health")


def refuses(url: str) -> bool:
    try:
        connected(url).close()
    except ConnectionError:
        return True
    return False


def connected(url: str) -> socket.socket:
    return socket.create_connection((urlsplit(url).hostname, urlsplit(url).port), timeout=30)


def raw(url: str, asker: Writer, message: dict[str, Any]) -> bytes:
    """A whole request as it goes over the wire."""
    sent = httpx.Request("POST", url, json=message, headers=asker.headers_of(message))
    head = b"".join(name + b": " + value + b"\r\n" for name, value in sent.headers.raw)
    return b"POST /mcp HTTP/1.1\r\n" + head + b"\r\n" + sent.read()


async def test_a_process_answers_both_eras_over_http() -> None:
    with served() as (url, _):
        for mode in ("auto", "legacy"):
            async with Client(url, mode=mode) as client:
                result = await client.call_tool("get_country_model_counts", {"countries": ["한국"]})
                assert result.structured_content is not None
                assert result.structured_content["counts"][0]["rows"][0]["count"] == 14
        async with httpx.AsyncClient() as http:
            assert (await http.get(health(url))).json() == {"status": "ok", "version": version()}


@STOPS
def test_a_signal_lets_a_running_request_finish(stop: signal.Signals) -> None:
    with served() as (url, process), connected(url) as client:
        asker = Writer("modern")
        whole = raw(url, asker, asker.call("get_country_model_counts", {"countries": "한국"}))
        client.sendall(whole[:-1])
        assert httpx.get(health(url)).status_code == 200  # by now the request before has begun
        process.send_signal(stop)
        while not refuses(url):
            pass
        client.sendall(whole[-1:])
        answer = b"".join(iter(lambda: client.recv(65536), b""))
        assert answer.startswith(b"HTTP/1.1 200")
        assert '"iso":"KOR"' in answer.decode("utf-8")
        assert process.wait(timeout=30) == 0
        assert process.stderr
        assert process.stderr.read() == ""


@STOPS
def test_a_signal_at_once_stops_it(stop: signal.Signals) -> None:
    for _ in range(4):
        with served() as (_url, process):
            process.send_signal(stop)
            assert process.wait(timeout=10) == 0


def test_a_request_that_never_becomes_whole_does_not_keep_the_server() -> None:
    with served() as (url, process), connected(url) as client:
        asker = Writer("legacy")
        client.sendall(raw(url, asker, asker.call("search_trends", {}))[:-1])
        assert httpx.get(health(url)).status_code == 200
        process.terminate()
        assert process.wait(timeout=30) == 0
        assert process.stderr
        assert "Traceback" not in process.stderr.read()


@STOPS
async def test_a_signal_ends_streams_that_would_stay_open(stop: signal.Signals) -> None:
    with served() as (url, process):
        async with httpx.AsyncClient(base_url=url.removesuffix("/mcp")) as http:
            asker = Asker(http, "legacy")
            await asker.open()
            async with http.stream("GET", "/mcp", headers=asker.headers) as events:
                assert events.status_code == 200
                process.send_signal(stop)
                assert process.wait(timeout=30) == 0
        assert process.stderr
        assert "Traceback" not in process.stderr.read()


@pytest.mark.parametrize("era", ["modern", "legacy"])
def test_clients_that_leave_in_the_middle_leave_the_server_answering(era: str) -> None:
    with served() as (url, process):
        asker = Writer(era)
        whole = raw(url, asker, asker.call("search_trends", {"limit": 50, "detail": "full"}))
        for sent in (whole, whole[:-5], whole[:40], b"\x16\x03\x01\x00", b"GET / HTTP/9\r\n\r\n", b""):
            with connected(url) as client:
                client.sendall(sent)
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # gone without goodbye
        good = Writer("modern")
        message = good.call("get_country_model_counts", {"countries": "한국"})
        response = httpx.post(url, json=message, headers=good.headers_of(message))
        assert content(response)["result"]["structuredContent"]["counts"]
        process.terminate()
        assert process.stderr
        assert "Traceback" not in process.stderr.read()


@pytest.mark.parametrize(("options", "second"), [((), 429), (("--trusted-proxies", "127.0.0.1"), 404)])
def test_a_forwarded_address_counts_only_from_a_trusted_proxy(options: tuple[str, ...], second: int) -> None:
    with served("--rate-limit", "1", *options) as (url, _):
        answers = [httpx.get(f"{url}/x", headers={"x-forwarded-for": f"192.0.2.{number}"}) for number in (1, 2)]
    assert [answer.status_code for answer in answers] == [404, second]


def test_a_port_that_is_taken_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("serve", "--http", "--port", str(port))
    assert done.returncode == 1
    assert done.stderr == (
        f"Cannot listen on 127.0.0.1, port {port}: another program has it. "
        "Choose one with --port or AI_TRENDS_PORT; 0 takes a free one.\n"
    )


@pytest.mark.parametrize(
    ("options", "environment", "sentence"),
    [
        (["--host", "0.0.0.0"], {}, "‘0.0.0.0’ can be reached from other machines: "),
        ([], {"AI_TRENDS_HOST": "0.0.0.0"}, "‘0.0.0.0’ can be reached from other machines: "),
        (["--port", "web"], {}, "--port cannot be 'web'. It is: The port"),
        ([], {"AI_TRENDS_RATE_LIMIT": "fast"}, "AI_TRENDS_RATE_LIMIT cannot be 'fast'. It is: Requests a minute"),
    ],
)
def test_settings_that_cannot_be_used_are_said(options: list[str], environment: dict[str, str], sentence: str) -> None:
    done = run("serve", "--http", *options, **environment)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1


def test_a_host_that_does_not_exist_is_said() -> None:
    done = run("serve", "--http", "--host", "nowhere.invalid", "--allowed-hosts", "nowhere.invalid")
    assert done.returncode == 1
    assert done.stderr.startswith("Cannot listen on nowhere.invalid, port 8000: ")


def test_options_of_http_without_http_are_refused() -> None:
    done = run("serve", "--port", "80", "--max-body", "5000")
    assert (done.returncode, done.stderr) == (2, "--port, --max-body: only over HTTP. Add --http.\n")


def test_every_setting_of_http_is_an_option() -> None:
    shown = run("serve", "--help").stdout
    for name in HttpSettings.model_fields.keys() - Settings.model_fields.keys():
        assert f"--{name.replace('_', '-')} " in shown
