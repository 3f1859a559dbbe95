"""The README is true: its commands, tools, settings and configuration; and the lock holds what the project asks for."""

import json
import re
import shlex
import tomllib

import pytest

from mcp_server.__main__ import main
from mcp_server.settings import ExtractSettings, HttpSettings, Settings, option, variable
from tests.conftest import ROOT, Connect

README = (ROOT / "README.md").read_text(encoding="utf-8")


def _rows(heading: str) -> list[str]:
    """The rows of the table whose heading row begins so."""
    _, _, rest = README.partition(f"| {heading} |")
    return rest.partition("\n\n")[0].splitlines()[2:]


def _table(heading: str) -> list[str]:
    """The first cells of that table."""
    return [row.split("|")[1].strip() for row in _rows(heading)]


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


async def test_the_tool_table_lists_the_tools(connect: Connect) -> None:
    async with connect() as client:
        tools = (await client.list_tools()).tools
    assert _table("Tool") == [f"`{tool.name}`" for tool in tools]


async def test_the_resource_table_lists_the_templates(connect: Connect) -> None:
    async with connect() as client:
        templates = (await client.list_resource_templates()).resource_templates
    assert _table("Resource") == [f"`{template.uri_template}`" for template in templates]


async def test_the_prompt_table_lists_the_prompts(connect: Connect) -> None:
    async with connect() as client:
        prompts = (await client.list_prompts()).prompts
    assert _table("Prompt") == [f"`{prompt.name}`" for prompt in prompts]


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


def test_the_settings_table_tells_names_options_defaults_and_meanings() -> None:
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in _rows("Setting")]
    fields = HttpSettings.model_fields | ExtractSettings.model_fields
    assert [row[0] for row in rows] == [f"`{variable(name)}`" for name in fields]
    typed = HttpSettings.model_fields.keys() - Settings.model_fields.keys() | {"allow_write"}
    assert [row[1] for row in rows] == [f"`{option(name)}`" if name in typed else "" for name in fields]
    assert [row[2] for row in rows[1:]] == [
        "none" if field.default in {(), None} else f"`{str(field.default).lower()}`"
        for name, field in fields.items()
        if name != "library"
    ]
    assert [row[3] for row in rows] == [field.description for field in fields.values()]


def test_the_configuration_names_the_console_script() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    blocks = [json.loads(block) for block in _blocks("json")]
    servers = [block.get("mcpServers") or block.get("servers") for block in blocks]
    assert [server["ai-trends"]["command"] for server in servers] == list(scripts) * 2


def test_every_host_is_told_how() -> None:
    hosts = ["Claude Code", "Claude Desktop", "Codex", "Cursor", "Gemini CLI", "VS Code", "Windsurf", "MCP Inspector"]
    assert _table("Host") == hosts


def test_every_one_line_install_names_the_console_script() -> None:
    added = re.findall(r"`(?:claude|codex|gemini) mcp add (.*?)`", README)
    assert [line.split()[-1] for line in added] == ["ai-trends-mcp"] * 3
    assert all("ai-trends" in line.split() for line in added)
    assert [json.loads(one) for one in re.findall(r"code --add-mcp '(.*?)'", README)] == [
        {"name": "ai-trends", "command": "ai-trends-mcp"}
    ]


def test_links_lead_to_files() -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_lock_holds_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    names = {re.split(r"[\[<>=~!]", one)[0].strip() for one in asked} - {project["name"]}
    locked = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    assert names <= set(locked)
