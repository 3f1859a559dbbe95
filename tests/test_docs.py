"""The documents against the code and against each other: commands, tools, settings, hosts, links, both READMEs."""

import json
import re
import shlex
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from knowledge.library import SqliteStore
from knowledge.model.records import CostBasis, CountingRule
from knowledge.queries.figure_answers import CountVerdict
from mcp_server.__main__ import main
from mcp_server.settings import ExtractSettings, HttpSettings, Settings, option, variable
from tests.conftest import ROOT, Connect, connect_to

HOSTS = ["Claude Code", "Claude Desktop", "Codex", "Cursor", "Gemini CLI", "VS Code", "Windsurf", "MCP Inspector"]
DOCUMENTS = sorted(
    {
        *ROOT.glob("*.md"),
        *(
            file
            for folder in ROOT.iterdir()
            if folder.is_dir() and not folder.name.startswith(".") and folder.name not in {"dist", "node_modules"}
            for file in folder.rglob("*.md")
        ),
    }
)
GUIDES = [ROOT / "README.md", ROOT / "README.ko.md", ROOT / "knowledge" / "README.md", *(ROOT / "docs").glob("*.md")]
SUBCOMMANDS = {"sync": 1, "chart": 1, "curate": 1}
"""Words of a command after its first that belong to its name."""
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^()\s]+)\)")


def read(name: str | Path) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text: str) -> list[tuple[str, str]]:
    """Return the language and content of each code block."""
    return [(found[1], found[2]) for found in FENCE.finditer(text)]


def prose(text: str) -> str:
    """Return a document without code blocks and inline code."""
    return re.sub(r"`[^`\n]+`", "", FENCE.sub("", text))


def inline_code(text: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", FENCE.sub("", text))


def tables(text: str) -> list[list[list[str]]]:
    """Return the cells of each table, without its heading's rule."""
    found = re.findall(r"(?:^\|.*\|\n)+", FENCE.sub("", text), re.MULTILINE)
    return [
        [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))] for line in table.splitlines() if "|---" not in line]
        for table in found
    ]  # fmt: skip


def rows(name: str, heading: str) -> list[list[str]]:
    """Return the rows of every table whose first heading is this."""
    return [row for table in tables(read(name)) if table[0][0] == heading for row in table[1:]]


def first_cells(name: str, heading: str) -> list[str]:
    return [row[0] for row in rows(name, heading)]


def anchors(text: str) -> set[str]:
    """Return the anchors that GitHub gives the headings of a document."""
    found: Counter[str] = Counter()
    names = set()
    for heading in re.findall(r"^#{1,6} (.+)$", FENCE.sub("", text), re.MULTILINE):
        shown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").strip().lower()
        slug = re.sub(r"[^\w\- ]", "", shown).replace(" ", "-")
        names.add(f"{slug}-{found[slug]}" if found[slug] else slug)
        found[slug] += 1
    return names


def command_words(words: list[str]) -> list[str]:
    """Return the words that name a command, without its arguments."""
    if not words or words[0].startswith("-"):
        return []
    return words[: 1 + SUBCOMMANDS.get(words[0], 0)]


def help_of(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Return what `--help` of a command prints."""
    with pytest.raises(SystemExit) as done:
        main([*words, "--help"])
    assert done.value.code == 0
    return capsys.readouterr().out


def options_of(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text))


def shown_commands() -> Iterator[str]:
    """Yield every command line of ours in the guides' code blocks and inline code."""
    for guide in GUIDES:
        text = read(guide)
        lines = [line for language, block in blocks(text) if language == "sh" for line in block.splitlines()]
        for line in (*lines, *inline_code(text)):
            command = line.split(" # ")[0].rsplit(" | ", maxsplit=1)[-1].strip()
            if re.match(r"ai-trends-mcp [-a-z]", command):
                yield command


def test_the_readme_can_be_read_in_three_minutes() -> None:
    for name in ("README.md", "README.ko.md"):
        assert len(read(name).splitlines()) <= 150


def test_both_readmes_have_the_same_headings_tables_links_and_code() -> None:
    english, korean = read("README.md"), read("README.ko.md")
    levels = [re.findall(r"^(#+) ", FENCE.sub("", text), re.MULTILINE) for text in (english, korean)]
    assert levels[0] == levels[1]
    assert [len(table) for table in tables(english)] == [len(table) for table in tables(korean)]
    code = [[[inline_code(row[0]) for row in table] for table in tables(text)] for text in (english, korean)]
    assert code[0] == code[1]
    assert blocks(english) == blocks(korean)
    assert Counter(inline_code(english)) == Counter(inline_code(korean))
    links = [Counter(LINK.findall(text)) - Counter(["README.md", "README.ko.md"]) for text in (english, korean)]
    assert links[0] == links[1]


@pytest.mark.parametrize("name", ["README.md", "README.ko.md", "docs/reference.md"])
async def test_the_tool_table_lists_the_tools(connect: Connect, name: str) -> None:
    async with connect() as client:
        tools = (await client.list_tools()).tools
    heading = "도구" if name == "README.ko.md" else "Tool"
    assert first_cells(name, heading) == [f"`{tool.name}`" for tool in tools]


async def test_the_reference_lists_what_a_server_that_may_write_has_besides(packaged: SqliteStore) -> None:
    async with connect_to(packaged, may_write=True) as client:
        tools = [tool.name for tool in (await client.list_tools()).tools]
        prompts = [prompt.name for prompt in (await client.list_prompts()).prompts]
    reading = first_cells("docs/reference.md", "Tool")
    assert [f"`{name}`" for name in tools] == [*reading, *first_cells("docs/reference.md", "Writing tool")]
    assert all(f"`{name}`" in read("docs/reference.md") for name in prompts)


async def test_the_reference_has_every_argument_of_every_tool(packaged: SqliteStore) -> None:
    async with connect_to(packaged, may_write=True) as client:
        tools = (await client.list_tools()).tools
    common = set(inline_code(" ".join(first_cells("docs/reference.md", "Common argument"))))
    own: dict[str, set[str]] = {}
    for names, owner, _ in rows("docs/reference.md", "Argument"):
        own.setdefault(owner.strip("`"), set()).update(inline_code(names))
    assert own.keys() <= {tool.name for tool in tools}
    for tool in tools:
        assert set(tool.input_schema["properties"]) - common == own.get(tool.name, set())


async def test_the_reference_lists_the_resource_templates(connect: Connect) -> None:
    async with connect() as client:
        templates = (await client.list_resource_templates()).resource_templates
    assert first_cells("docs/reference.md", "Resource") == [f"`{template.uri_template}`" for template in templates]


async def test_the_reference_lists_the_prompts_with_their_arguments(connect: Connect) -> None:
    async with connect() as client:
        prompts = (await client.list_prompts()).prompts
    listed = [(row[0].strip("`"), inline_code(row[1])) for row in rows("docs/reference.md", "Prompt")]
    assert listed == [
        (prompt.name, [argument.name for argument in prompt.arguments or () if argument.required]) for prompt in prompts
    ]


def test_the_example_of_the_library_runs() -> None:
    (example,) = [block for language, block in blocks(read("docs/reference.md")) if language == "python"]
    done = subprocess.run([sys.executable, "-c", example], capture_output=True, encoding="utf-8", cwd=ROOT, check=True)
    assert "AI 주권" in done.stdout


def test_ci_runs_the_lines_of_the_readme() -> None:
    script = read(".ci/run").splitlines()
    lines = [block.strip() for language, block in blocks(read("README.md")) if language == "sh"]
    assert len(lines) == 2
    assert all(line in script for line in lines)


@pytest.mark.parametrize("command", [cell.strip("`") for cell in first_cells("docs/commands.md", "Command")])
def test_every_command_has_every_option_in_the_table(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    program, *words = shlex.split(command.replace("[", "").replace("]", ""))
    assert program == "ai-trends-mcp"
    name = command_words(words)
    shown = options_of(help_of(name, capsys)) - {"--help", "--version"}
    documented = options_of(
        " ".join(" ".join(row) for row in rows("docs/commands.md", "Command") if row[0] == f"`{command}`")
    )
    if name == ["serve"]:
        documented |= options_of(" ".join(row[1] for row in rows("docs/settings.md", "Setting")))
    if name[:1] == ["chart"]:  # both kinds share a parser
        documented |= options_of(
            " ".join(" ".join(row) for row in rows("docs/commands.md", "Command") if "chart" in row[0])
        )
    assert documented == shown


def test_the_command_table_has_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    listed = {tuple(command_words(cell.strip("`").split()[1:])) for cell in first_cells("docs/commands.md", "Command")}
    names = re.findall(r"^    (\w+) ", help_of([], capsys), re.MULTILINE)
    assert {words[0] for words in listed if words} == set(names)
    actions = re.findall(r"^    (\w+) ", help_of(["curate"], capsys), re.MULTILINE)
    assert {words[1] for words in listed if words[:1] == ("curate",)} == set(actions)


@pytest.mark.parametrize("command", sorted(set(shown_commands())))
def test_every_command_in_a_guide_exists_with_its_options(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = command.split()[1:]
    assert options_of(command) <= options_of(help_of(command_words(words), capsys))


def test_the_settings_table_has_names_options_defaults_and_meanings() -> None:
    table = rows("docs/settings.md", "Setting")
    fields = HttpSettings.model_fields | ExtractSettings.model_fields
    assert [row[0] for row in table] == [f"`{variable(name)}`" for name in fields]
    typed = HttpSettings.model_fields.keys() - Settings.model_fields.keys() | {"allow_write"}
    assert [row[1] for row in table] == [f"`{option(name)}`" if name in typed else "" for name in fields]
    assert [row[2] for row in table[1:]] == [
        "none" if field.default in {(), None} else f"`{str(field.default).lower()}`"
        for name, field in fields.items()
        if name != "library"
    ]
    assert [row[3] for row in table] == [field.description for field in fields.values()]


def test_the_guide_to_figures_has_every_rule_verdict_and_cost_basis() -> None:
    listed = {
        name: inline_code(" ".join(first_cells("docs/figures.md", name)))
        for name in ("Rule", "`check`", "`cost_basis`")
    }
    assert listed == {
        "Rule": [*get_args(CountingRule)],
        "`check`": [*get_args(CountVerdict)],
        "`cost_basis`": listed["`cost_basis`"],
    }
    assert set(listed["`cost_basis`"]) == set(get_args(CostBasis))


def test_the_guide_to_exports_has_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    (choices,) = set(re.findall(r"--format \{([\w,-]+)\}", help_of(["export"], capsys)))
    assert first_cells("docs/export.md", "`--format`") == [f"`{choice}`" for choice in choices.split(",")]


@pytest.mark.parametrize("name", ["README.md", "README.ko.md", "docs/connect.md"])
def test_every_host_has_a_way_to_connect(name: str) -> None:
    assert first_cells(name, "호스트" if name == "README.ko.md" else "Host") == HOSTS


@pytest.mark.parametrize("name", ["README.md", "docs/connect.md"])
def test_the_configuration_names_the_console_script(name: str) -> None:
    (script,) = tomllib.loads(read("pyproject.toml"))["project"]["scripts"]
    configurations = [json.loads(block) for language, block in blocks(read(name)) if language == "json"]
    assert configurations
    for configuration in configurations:
        (server,) = (configuration.get("mcpServers") or configuration["servers"]).values()
        assert server["command"] == script
        assert set(server.get("env", {})) <= {variable(field) for field in Settings.model_fields}


@pytest.mark.parametrize("name", ["README.md", "docs/connect.md"])
def test_every_one_line_install_names_the_console_script(name: str) -> None:
    added = re.findall(r"`(?:claude|codex|gemini) mcp add (.*?)`", read(name))
    assert [line.split()[-1] for line in added] == ["ai-trends-mcp"] * 3
    assert all("ai-trends" in line.split() for line in added)
    assert [json.loads(server) for server in re.findall(r"code --add-mcp '(.*?)'", read(name))] == [
        {"name": "ai-trends", "command": "ai-trends-mcp"}
    ]


def test_the_extras_are_those_of_the_project() -> None:
    extras = tomllib.loads(read("pyproject.toml"))["project"]["optional-dependencies"].keys() - {"dev"}
    assert first_cells("docs/connect.md", "Extra") == [f"`{extra}`" for extra in sorted(extras)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_internal_links_lead_to_files_and_headings(document: Path) -> None:
    for target in LINK.findall(prose(document.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        assert file.exists(), target
        if anchor:
            assert anchor in anchors(file.read_text(encoding="utf-8")), target


def test_every_guide_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        document = waiting.pop()
        if document in reached:
            continue
        reached.add(document)
        targets = LINK.findall(prose(document.read_text(encoding="utf-8")))
        files = ((document.parent / target.partition("#")[0]).resolve() for target in targets if ":" not in target)
        waiting += [file for file in files if file.suffix == ".md"]
    assert reached >= set(GUIDES)


def test_the_lock_holds_every_dependency() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(requirement for extra in extras for requirement in extra)]
    names = {re.split(r"[\[<>=~!]", requirement)[0].strip() for requirement in wanted} - {project["name"]}
    locked = re.findall(r"^([\w.-]+)==", read("requirements.lock"), re.MULTILINE)
    assert names <= set(locked)


def test_the_architecture_is_one_page_and_names_every_room() -> None:
    text = read("ARCHITECTURE.md")
    packages = [ROOT / "knowledge", ROOT / "mcp_server"]
    rooms = [folder for package in packages for folder in package.rglob("*") if (folder / "__init__.py").exists()]
    names = {
        f"`{next(folder.relative_to(p) for p in packages if p in folder.parents).as_posix()}/`" for folder in rooms
    }
    listed = {row[0] for table in tables(text) if table[0][0] == "Room" for row in table[1:]}
    assert names - {"`charts/drawing/`"} == listed - {"`data/`"}
    assert len(text.split()) <= 1_200
