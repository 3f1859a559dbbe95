"""One real process over standard input and output, and the command line as people use it."""

import json
import os
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from mcp_server.settings import LIBRARY, version
from tests.conftest import ROOT

MODULE = [sys.executable, "-m", "mcp_server"]
QUESTION = "한국은 초거대 AI 모델을 몇 개 내놓았나?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("library") / "library.sqlite3"


@pytest.fixture(scope="module")
def environment(library: Path) -> dict[str, str]:
    return {**os.environ, LIBRARY: str(library), "PYTHONIOENCODING": "utf-8"}


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MODULE, *arguments], env=environment, capture_output=True, encoding="utf-8", timeout=60, check=False
    )


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_process_answers_over_stdio(environment: dict[str, str], mode: str) -> None:
    server = StdioServerParameters(command=sys.executable, args=["-m", "mcp_server"], env=environment)
    async with Client(stdio_client(server), mode=mode) as client:
        tools = (await client.list_tools()).tools
        result = await client.call_tool("get_country_model_counts", {"countries": ["한국"]})
        server_info = client.server_info
    assert server_info is not None
    assert (server_info.name, server_info.version) == ("ai-trends", version())
    assert len(tools) == 5
    assert result.structured_content is not None
    assert result.structured_content["counts"][0]["rows"][0]["count"] == 14


@pytest.mark.parametrize(("revision", "links"), [("2024-11-05", False), ("2025-03-26", False), ("2025-06-18", True)])
def test_links_go_to_clients_that_know_them(environment: dict[str, str], revision: str, links: bool) -> None:
    hello = {"protocolVersion": revision, "capabilities": {}, "clientInfo": {"name": "old", "version": "1"}}
    call = {"name": "search_trends", "arguments": {"query": "AI bubble", "limit": 1}}
    lines = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": call},
    ]
    with subprocess.Popen(
        MODULE, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write("".join(json.dumps(line) + "\n" for line in lines))
        process.stdin.flush()
        answers = {answer["id"]: answer["result"] for answer in map(json.loads, islice(process.stdout, 2))}
        process.stdin.close()
    assert answers[1]["protocolVersion"] == revision
    assert ("resource_link" in {part["type"] for part in answers[2]["content"]}) == links


def test_ask_prints_a_cited_answer(environment: dict[str, str]) -> None:
    done = run(environment, "ask", QUESTION)
    assert (done.returncode, done.stderr) == (0, "")
    first = done.stdout.splitlines()[1]
    assert first.startswith("1. [수치]")
    assert "14개" in first
    assert "근거: korea-large-models " in done.stdout
    assert "— get_country_model_counts —" in done.stdout
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    sample = readme.partition("```text\n")[2].partition("\n```")[0].splitlines()
    assert "한국 (KOR): 14 — 순위 3" in "\n".join(sample)
    assert [line for line in sample if line != "..." and line not in done.stdout.splitlines()] == []


def test_ask_hands_over_what_no_article_answers_and_says_each_note_once(environment: dict[str, str]) -> None:
    for question, tool, figure in (
        ("캐나다는 초거대 AI 모델을 몇 개 내놓았나?", "get_country_model_counts", "CAN "),
        ("What did GPT-4 cost to train?", "compare_model_costs", "- GPT-4: "),
        (QUESTION, "get_country_model_counts", "KOR 14"),
    ):
        done = run(environment, "ask", question)
        assert (done.returncode, done.stderr) == (0, "")
        assert f"— {tool} —" in done.stdout
        assert figure in done.stdout.partition(f"— {tool} —")[2]
        notes = [line for line in done.stdout.splitlines() if line.startswith("* ")]
        assert len(set(notes)) == len(notes)


def test_on_a_terminal_it_says_what_to_do_instead_of_hanging(environment: dict[str, str]) -> None:
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    ours, theirs = pty.openpty()
    try:
        done = subprocess.run(
            MODULE, env=environment, stdin=theirs, capture_output=True, encoding="utf-8", timeout=60, check=False
        )
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 0
    assert "an MCP client starts it, not a person" in done.stdout
    assert "ai-trends-mcp ask" in done.stdout


def test_it_says_its_version(environment: dict[str, str]) -> None:
    assert run(environment, "--version").stdout == f"ai-trends-mcp {version()}\n"


def test_an_unknown_text_becomes_searchable(environment: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "moon.txt"
    file.write_text(
        "달빛연구소의 새 모형\n\n달빛연구소는 은하수 모형을 내년 봄에 공개한다고 밝혔다.\n", encoding="utf-8"
    )
    done = run(environment, "add", str(file))
    assert done.returncode == 0
    assert "(“달빛연구소의 새 모형”): passages are searchable; there are no claims yet." in done.stdout
    assert "already in your library." in run(environment, "add", str(file)).stdout
    assert "은하수 모형을 내년 봄에 공개한다고" in run(environment, "ask", "달빛연구소는 무엇을 공개하나?").stdout


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "is not there. See its name."),
        (b"\xff\xff\xfe\x81 \xff", "is in a charset that cannot be told"),
        (b" \n", "is empty."),
    ],
)
def test_a_file_that_is_no_text_is_refused(
    environment: dict[str, str], tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    file = tmp_path / "bad.txt"
    if content is not None:
        file.write_bytes(content)
    done = run(environment, "add", str(file))
    assert done.returncode == 1
    assert done.stderr.startswith(f"{file}: ")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("content", "sentence"),
    [("no database", "cannot be used: file is not a database."), (None, "was made by a newer version")],
)
def test_a_library_that_cannot_be_used_is_said(tmp_path: Path, content: str | None, sentence: str) -> None:
    file = tmp_path / "library.sqlite3"
    if content is None:
        import sqlite3  # noqa: PLC0415

        with sqlite3.connect(file) as connection:
            connection.execute("PRAGMA user_version = 999")
        connection.close()
    else:
        file.write_text(content * 100, encoding="utf-8")
    done = run({**os.environ, LIBRARY: str(file)}, "ask", QUESTION)
    assert done.returncode == 1
    assert sentence in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
