"""Clients of pipes that do not behave: what is no message is answered, and an end is quiet."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.mcp_server.transports.serving import INITIALIZED, Writer
from tests.mcp_server.transports.test_processes import ENVIRONMENT, PIPES
from tests.mcp_server.transports.test_robustness import DEEP, PARSE_ERROR, keeps_to_itself, spoiled
from tests.mcp_server.transports.test_stdio import MODULE


@contextmanager
def piped(era: str) -> Iterator[tuple[Writer, subprocess.Popen[str]]]:
    """A stdio server that has greeted a client of this era."""
    asker = Writer(era)
    with subprocess.Popen([*MODULE, "serve"], env=ENVIRONMENT, encoding="utf-8", **PIPES) as process:
        if era == "legacy":
            exchange(process, asker.hello())
            tell(process, json.dumps(INITIALIZED))
        yield asker, process


def tell(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin
    process.stdin.write(line + "\n")
    process.stdin.flush()


def exchange(process: subprocess.Popen[str], message: dict[str, Any]) -> dict[str, Any]:
    """The next line that is said once this is asked."""
    tell(process, json.dumps(message))
    assert process.stdout
    answer = json.loads(process.stdout.readline())
    assert isinstance(answer, dict)
    return answer


@pytest.mark.parametrize("era", ["modern", "legacy"])
def test_a_line_that_is_no_message_is_answered_over_pipes(era: str) -> None:
    with piped(era) as (asker, process):
        lines = {
            "{": (PARSE_ERROR, None),
            DEEP: (PARSE_ERROR, None),
            "\x00": (PARSE_ERROR, None),
            spoiled(asker, r'{"query":"\ud800 AI"}'): (PARSE_ERROR, 1),
            spoiled(asker, "9" * 5000): (PARSE_ERROR, None),
            json.dumps(asker.call("search_trends", {}, "@")).replace("@", r"\ud800"): (PARSE_ERROR, None),
            "[]": (-32600, None),
            "null": (-32600, None),
        }
        assert process.stdout
        for line, (code, id_) in lines.items():
            tell(process, line)
            answer = process.stdout.readline()
            assert (json.loads(answer)["error"]["code"], json.loads(answer)["id"]) == (code, id_), line[:80]
            assert keeps_to_itself(answer)
            tell(process, "")
            good = exchange(process, asker.call("get_country_model_counts", {"countries": "한국"}, 7))
            assert good["id"] == 7
            assert "error" not in good
        done, errors = process.communicate(timeout=30)
    assert (process.returncode, done, errors) == (0, "", "")


@pytest.mark.parametrize("era", ["modern", "legacy"])
def test_what_was_asked_before_the_input_ended_is_answered(era: str) -> None:
    with piped(era) as (asker, process):
        answers, errors = process.communicate(
            "".join(json.dumps(asker.call("search_trends", {"limit": 1}, number)) + "\n" for number in range(3)),
            timeout=30,
        )
    assert {json.loads(line)["id"] for line in answers.splitlines()} == {0, 1, 2}
    assert all("result" in json.loads(line) for line in answers.splitlines())
    assert (process.returncode, errors) == (0, "")


def test_a_cancelled_request_does_not_keep_the_server_when_the_input_ends() -> None:
    with piped("modern") as (asker, process):
        tell(process, json.dumps(asker.call("search_trends", {}, 1)))
        for odd in ("1", "null", "{}", '"x"'):
            params = f'{{"requestId":{odd}}}'
            tell(process, f'{{"jsonrpc":"2.0","method":"notifications/cancelled","params":{params}}}')
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in errors


def test_a_client_that_reads_no_answers_ends_the_server_quietly() -> None:
    with piped("modern") as (asker, process):
        assert process.stdout
        process.stdout.close()
        tell(process, json.dumps(asker.call("search_trends", {})))
        assert process.stdin
        process.stdin.close()
        assert process.wait(timeout=30) == 0
        assert process.stderr
        assert process.stderr.read() == ""
