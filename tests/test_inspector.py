"""docs/inspector.md is true: the MCP Inspector's command line does what the page says, in both protocol eras.

`.ci/inspector` installs the Inspector and runs this; elsewhere it is skipped.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mcp_server.settings import LIBRARY
from tests.conftest import ROOT

INSPECTOR = shutil.which("mcp-inspector")
NPX = "npx -y @modelcontextprotocol/inspector@2 --cli "
URL = "http://127.0.0.1:8000/mcp"
COMMANDS = re.findall(
    rf"^{re.escape(NPX)}(.*?)(?: # status (\d))?$",
    (ROOT / "docs" / "inspector.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)
ERAS = ("legacy", "modern")

needs_inspector = pytest.mark.skipif(INSPECTOR is None, reason="mcp-inspector is not on the path: run .ci/inspector")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that the Inspector and the server may write to."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    """Run an HTTP server and return its URL."""
    command = [sys.executable, "-m", "mcp_server", "serve", "--http", "--port", "0"]
    with subprocess.Popen(command, env=_environment(home), stderr=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stderr
        yield next(word for word in process.stderr.readline().split() if word.startswith("http://"))
        process.terminate()


def _environment(home: Path) -> dict[str, str]:
    beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "HOME": str(home), "PATH": beside, LIBRARY: str(home / "library.sqlite3")}


def _inspect(home: Path, arguments: list[str], era: str) -> subprocess.CompletedProcess[str]:
    assert INSPECTOR
    return subprocess.run(
        [INSPECTOR, "--cli", *arguments, "--protocol-era", era, "--format", "json"],
        env={**_environment(home), "MCP_INSPECTOR_SECRET_STORE": "memory"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def _result(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(done.stdout)["result"]
    return result


def test_the_page_has_commands_of_each_kind() -> None:
    for method in ("tools/list", "tools/call", "resources/list", "prompts/list"):
        for server in ("ai-trends-mcp ", URL):
            assert any(command.startswith(server) and f"--method {method}" in command for command, _ in COMMANDS)
    assert {status for _, status in COMMANDS} == {"", "5"}
    assert sum("--strict" in command for command, _ in COMMANDS) == 3


@needs_inspector
@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(("command", "status"), COMMANDS)
def test_every_command_of_the_page_ends_as_it_says(
    home: Path, address: str, command: str, status: str, era: str
) -> None:
    done = _inspect(home, shlex.split(command.replace(URL, address)), era)
    assert done.returncode == int(status or 0), done.stderr
    if not status:
        assert done.stderr == ""
        assert any(_result(done).values())
    elif "--tool-arg" in command:
        assert _result(done)["isError"] is True


@needs_inspector
@pytest.mark.parametrize("era", ERAS)
def test_the_inspector_gets_what_other_clients_get(home: Path, era: str) -> None:
    call = ["ai-trends-mcp", "--method", "tools/call", "--tool-name", "get_country_model_counts"]
    result = _result(_inspect(home, [*call, "--tool-arg", "countries=한국"], era))
    assert result["structuredContent"]["counts"][0]["rows"][0]["count"] == 14
    assert "한국 (KOR): 14" in result["content"][0]["text"]


@needs_inspector
@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (["http://127.0.0.1:9/mcp", "--method", "tools/list"], 4, "unreachable"),
        (["no-such-command", "--method", "tools/list"], 1, "spawn no-such-command ENOENT"),
        (["ai-trends-mcp", "--method", "tools/call", "--tool-name", "search_trend"], 5, "tool_not_found"),
        (["ai-trends-mcp", "--method", "prompts/get", "--prompt-name", "brief"], 1, "Unknown prompt"),
    ],
)
def test_what_goes_wrong_is_said_as_the_page_says(
    home: Path, arguments: list[str], status: int, sentence: str, era: str
) -> None:
    done = _inspect(home, arguments, era)
    assert (done.returncode, sentence in done.stderr) == (status, True), done.stderr
