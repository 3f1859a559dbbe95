"""What registries and hosts are told of the package is what it is: server.json, the MCPB bundle, the suites' pins."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bundle.build import build
from mcp_server.settings import LIBRARY, HttpSettings, variable
from tests.conftest import ROOT, Connect

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SERVER = json.loads((ROOT / "server.json").read_text(encoding="utf-8"))
MANIFEST = json.loads((ROOT / "bundle" / "manifest.json").read_text(encoding="utf-8"))
INPUT = {"name", "description", "format", "default", "isRequired", "isSecret", "choices", "placeholder", "value"}
"""What the registry's schema knows of an environment variable; `variables` besides, which we do without."""


def test_every_file_has_the_same_version_and_project() -> None:
    versions = [SERVER["version"], *(package["version"] for package in SERVER["packages"]), MANIFEST["version"]]
    assert set(versions) == {PROJECT["version"]}
    assert {package["identifier"] for package in SERVER["packages"]} == {PROJECT["name"]}
    assert MANIFEST["name"] == PROJECT["name"]
    addresses = {SERVER["repository"]["url"], SERVER["websiteUrl"], MANIFEST["repository"]["url"]}
    assert addresses == {PROJECT["urls"]["Repository"]}


def test_the_readme_says_whose_the_package_is_as_the_registry_asks() -> None:
    readme = (ROOT / PROJECT["readme"]).read_text(encoding="utf-8")
    assert f"<!-- mcp-name: {SERVER['name']} -->" in readme


def test_the_entry_has_the_form_that_the_registry_takes() -> None:
    assert SERVER["$schema"].endswith("/schemas/2025-12-11/server.schema.json")
    assert re.fullmatch(r"[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+", SERVER["name"])
    assert set(SERVER) == {
        "$schema", "name", "title", "description", "version", "websiteUrl", "repository", "packages"
    }  # fmt: skip
    assert all(1 <= len(SERVER[name]) <= 100 for name in ("title", "description"))
    assert set(SERVER["repository"]) == {"url", "source"}
    for package in SERVER["packages"]:
        assert set(package) - {"packageArguments"} == {
            "registryType", "identifier", "version", "runtimeHint", "transport", "environmentVariables"
        }  # fmt: skip
        assert (package["registryType"], package["runtimeHint"]) == ("pypi", "uvx")
        assert all(set(argument) == {"type", "value"} for argument in package.get("packageArguments", ()))
        assert all(set(one) <= INPUT for one in package["environmentVariables"])


def test_both_transports_are_offered_with_settings_that_exist() -> None:
    stdio, http = SERVER["packages"]
    assert stdio["transport"] == {"type": "stdio"}
    assert [argument["value"] for argument in http["packageArguments"]] == ["serve", "--http"]
    named = {one["name"]: one for package in SERVER["packages"] for one in package["environmentVariables"]}
    assert set(named) <= {variable(name) for name in HttpSettings.model_fields}
    defaults = HttpSettings()
    assert named[variable("port")]["default"] == str(defaults.port)
    port = f"{{{variable('port')}}}"
    expected = {"type": "streamable-http", "url": f"http://{defaults.host}:{port}{defaults.path}"}
    assert http["transport"] == expected


async def test_the_bundle_announces_the_tools_that_there_are(connect: Connect) -> None:
    async with connect() as client:
        tools = (await client.list_tools()).tools
    assert MANIFEST["tools"] == [{"name": tool.name, "description": tool.title} for tool in tools]


def test_the_bundle_starts_what_it_holds_with_the_settings_that_there_are(tmp_path: Path) -> None:
    server = MANIFEST["server"]
    assert (MANIFEST["manifest_version"], server["type"]) == ("0.4", "uv")
    assert server["mcp_config"]["args"][-1] == server["entry_point"]
    assert server["mcp_config"]["env"] == {LIBRARY: "${user_config.library}"}
    assert MANIFEST["user_config"]["library"]["default"] == ""
    assert MANIFEST["compatibility"]["runtimes"] == {"python": PROJECT["requires-python"]}
    build(tmp_path / "bundle")
    assert (tmp_path / "bundle" / server["entry_point"]).is_file()


def test_the_bundle_holds_what_is_needed_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    build(folder)
    assert sorted(file.name for file in folder.iterdir()) == [
        "LICENSE", "README.md", "knowledge", "manifest.json", "mcp_server", "pyproject.toml", "server.py"
    ]  # fmt: skip
    kinds = {file.suffix for file in folder.rglob("*") if file.is_file()}
    assert kinds == {"", ".md", ".json", ".toml", ".py"}
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    pins = project["tool"]["uv"]["constraint-dependencies"]
    assert any(re.fullmatch(r"mcp==[\d.]+", pin) for pin in pins)
    assert project["project"] == PROJECT


def test_the_entry_point_forgets_a_setting_that_the_host_did_not_fill_in(monkeypatch: pytest.MonkeyPatch) -> None:
    code = compile((ROOT / "bundle" / "server.py").read_text(encoding="utf-8"), "server.py", "exec")
    for given, kept in (("${user_config.library}", None), ("/tmp/library.sqlite3", "/tmp/library.sqlite3"), ("", "")):
        monkeypatch.setenv(LIBRARY, given)
        exec(code, space := {"__name__": "server"})
        assert space["os"].environ.get(LIBRARY) == kept  # type: ignore[attr-defined]


def test_the_suites_are_pinned_and_name_no_registry() -> None:
    asked: dict[str, Any] = json.loads((ROOT / ".ci" / "node" / "package.json").read_text(encoding="utf-8"))
    assert all(re.fullmatch(r"[\d.]+(-[a-z]+\.\d+)?", version) for version in asked["dependencies"].values())
    lock = json.loads((ROOT / ".ci" / "node" / "package-lock.json").read_text(encoding="utf-8"))
    assert lock["packages"][""]["dependencies"] == asked["dependencies"]
    assert not any("resolved" in package for package in lock["packages"].values())
    assert all("integrity" in package for name, package in lock["packages"].items() if name and not package.get("link"))
