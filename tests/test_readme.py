"""The README is true: its commands, tools, settings and configuration; and the lock holds what the project asks for."""

import json
import re
import shlex
import tomllib

import pytest

from mcp_server import settings
from mcp_server.__main__ import main
from tests.conftest import ROOT, Connect

README = (ROOT / "README.md").read_text(encoding="utf-8")


def _table(heading: str) -> list[str]:
    """The first cells of the table whose heading row begins so."""
    _, _, rest = README.partition(f"| {heading} |")
    rows = rest.partition("\n\n")[0].splitlines()[2:]
    return [row.split("|")[1].strip() for row in rows]


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


async def test_the_tool_table_lists_the_tools(connect: Connect) -> None:
    async with connect() as client:
        tools = (await client.list_tools()).tools
    assert _table("Tool") == [f"`{tool.name}`" for tool in tools]


def test_ci_runs_the_lines_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    lines = [block.strip() for block in _blocks("sh") if block.startswith("python3")]
    assert len(lines) == 2
    assert all(line in script for line in lines)


@pytest.mark.parametrize("command", [one.strip("`") for one in _table("Command")])
def test_every_command_exists(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    program, *words = shlex.split(command)
    assert program == "ai-trends-mcp"
    with pytest.raises(SystemExit) as done:
        main([word for word in words if word.islower() and not word.startswith("--")] + ["--help"])
    assert done.value.code == 0
    options = [word for word in words if word.startswith("--")]
    shown = capsys.readouterr().out
    assert all(option in shown for option in options)


def test_the_settings_are_those_that_are_read() -> None:
    assert _table("Setting") == [f"`{settings.LIBRARY}`"]


def test_the_configuration_names_the_console_script() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    blocks = [json.loads(block) for block in _blocks("json")]
    servers = [block.get("mcpServers") or block.get("servers") for block in blocks]
    assert [server["ai-trends"]["command"] for server in servers] == list(scripts) * 2


def test_every_host_is_told_how() -> None:
    assert {"Claude Code", "Claude Desktop", "Cursor", "VS Code", "MCP Inspector"} == set(_table("Host"))


def test_links_lead_to_files() -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_lock_holds_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    names = {re.split(r"[\[<>=~!]", one)[0].strip() for one in asked} - {project["name"]}
    locked = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    assert names <= set(locked)
