"""Package metadata for registries and hosts: server.json, the MCPB bundle, the suites' pins."""

import json
import os
import re
import tomllib
from collections.abc import Callable
from importlib import util
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import SecretStr

from bundle.build import build
from mcp_server.settings import HttpSettings, Settings, variable
from tests.conftest import ROOT, Connect

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SERVER = json.loads((ROOT / "server.json").read_text(encoding="utf-8"))
MANIFEST = json.loads((ROOT / "bundle" / "manifest.json").read_text(encoding="utf-8"))
INPUT = {"name", "description", "format", "default", "isRequired", "isSecret", "choices", "placeholder", "value"}
"""Properties of an environment variable in the registry's schema, except `variables`, which is unused."""

Started = Callable[[], dict[str, Any]]
"""Runs the bundle's entry point up to where it would serve; what it then has."""


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
        assert all(set(entry) <= INPUT for entry in package["environmentVariables"])


def test_both_transports_are_offered() -> None:
    stdio, http = SERVER["packages"]
    assert stdio["transport"] == {"type": "stdio"}
    assert [argument["value"] for argument in http["packageArguments"]] == ["serve", "--http"]
    named = {entry["name"]: entry for entry in http["environmentVariables"]}
    defaults = HttpSettings()
    assert named[variable("port")]["default"] == str(defaults.port)
    port = f"{{{variable('port')}}}"
    expected = {"type": "streamable-http", "url": f"http://{defaults.host}:{port}{defaults.path}"}
    assert http["transport"] == expected


@pytest.mark.parametrize("package", SERVER["packages"], ids=["stdio", "HTTP"])
def test_the_entry_forgets_no_setting_that_every_command_reads(package: dict[str, Any]) -> None:
    offered = {entry["name"]: entry for entry in package["environmentVariables"]}
    besides = [] if package["transport"]["type"] == "stdio" else ["port"]
    assert list(offered) == [variable(name) for name in (*Settings.model_fields, *besides)]
    for name, field in Settings.model_fields.items():
        entry = offered[variable(name)]
        kinds = get_args(field.annotation)
        assert entry["format"] == ("filepath" if Path in kinds else "boolean" if field.annotation is bool else "string")
        assert entry.get("isSecret", False) == (SecretStr in kinds)
        assert entry.get("default") == field.default or not isinstance(field.default, str)
        assert entry.get("choices", []) == [kind for kind in kinds if isinstance(kind, str)]
        assert "isRequired" not in entry


async def test_the_bundle_announces_the_tools_that_there_are(connect: Connect) -> None:
    async with connect() as client:
        tools = (await client.list_tools()).tools
    assert MANIFEST["tools"] == [{"name": tool.name, "description": tool.title} for tool in tools]


def test_the_bundle_starts_what_it_holds_with_the_settings_that_there_are(tmp_path: Path) -> None:
    server = MANIFEST["server"]
    assert (MANIFEST["manifest_version"], server["type"]) == ("0.4", "uv")
    assert server["mcp_config"]["args"][-1] == server["entry_point"]
    assert server["mcp_config"]["env"] == {variable(name): f"${{user_config.{name}}}" for name in Settings.model_fields}
    assert MANIFEST["compatibility"]["runtimes"] == {"python": PROJECT["requires-python"]}
    build(tmp_path / "bundle")
    assert (tmp_path / "bundle" / server["entry_point"]).is_file()


def test_the_bundle_asks_for_every_setting_that_stdio_reads_and_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    user_config = MANIFEST["user_config"]
    assert list(user_config) == list(Settings.model_fields)
    for name, field in Settings.model_fields.items():
        kinds = get_args(field.annotation)
        assert user_config[name]["default"] == (field.default if isinstance(field.default, str | bool) else "")
        assert user_config[name]["required"] is False
        assert user_config[name].get("sensitive", False) == (SecretStr in kinds)
        assert all(kind in user_config[name]["description"] for kind in kinds if isinstance(kind, str))
        monkeypatch.setenv(variable(name), str(user_config[name]["default"]).lower())
    assert Settings.read() == Settings()


def test_the_bundle_holds_what_is_needed_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    build(folder)
    assert sorted(file.name for file in folder.iterdir()) == [
        "LICENSE", "README.md", "knowledge", "manifest.json", "mcp_server", "pyproject.toml", "server.py"
    ]  # fmt: skip
    kinds = {file.suffix for file in folder.rglob("*") if file.is_file()}
    assert kinds == {"", ".md", ".json", ".toml", ".py", ".typed"}
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    pins = project["tool"]["uv"]["constraint-dependencies"]
    assert any(re.fullmatch(r"mcp==[\d.]+", pin) for pin in pins)
    assert project["project"] == PROJECT


@pytest.fixture
def started() -> Started:
    code = compile((ROOT / "bundle" / "server.py").read_text(encoding="utf-8"), "server.py", "exec")

    def start() -> dict[str, Any]:
        space: dict[str, Any] = {"__name__": "server", "__file__": str(ROOT / "bundle" / "server.py")}
        exec(code, space)
        return space

    return start


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_entry_point_forgets_a_setting_that_the_host_did_not_fill_in(
    monkeypatch: pytest.MonkeyPatch, started: Started, name: str
) -> None:
    for given, kept in ((f"${{user_config.{name}}}", None), ("/tmp/library.sqlite3", "/tmp/library.sqlite3"), ("", "")):
        monkeypatch.setenv(variable(name), given)
        started()
        assert os.environ.get(variable(name)) == kept


@pytest.mark.parametrize(
    ("settings", "extras"),
    [
        ({}, []),
        ({"analyzer": "plain", "dense": ""}, []),
        ({"analyzer": "morphemes"}, ["ko"]),
        ({"analyzer": "morphemes", "dense": "http://127.0.0.1:8080/v1"}, ["ko", "dense"]),
    ],
)
def test_the_entry_point_knows_which_extras_the_settings_ask_for(
    monkeypatch: pytest.MonkeyPatch,
    started: Started,
    settings: dict[str, str],
    extras: list[str],
) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(variable(name), settings.get(name, ""))
    bundle = started()
    monkeypatch.setattr(util, "find_spec", lambda _: None)
    assert bundle["missing"]() == extras
    monkeypatch.setattr(util, "find_spec", lambda _: "here")
    assert bundle["missing"]() == []


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for uv is a shell script")
def test_extras_are_added_to_what_is_installed_and_nothing_is_said_on_standard_output(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], started: Started, tmp_path: Path
) -> None:
    uv = tmp_path / "uv"
    uv.write_text('#!/bin/sh\necho "$@ in $PWD"\n', encoding="utf-8")
    uv.chmod(0o755)
    monkeypatch.setenv("UV", str(uv))
    started()["install"](["ko", "dense"])
    text = f"sync --inexact --extra=ko --extra=dense in {ROOT / 'bundle'}\n"
    assert tuple(capfd.readouterr()) == ("", text)


def test_the_entry_point_starts_without_the_program_that_installs(
    monkeypatch: pytest.MonkeyPatch, started: Started, tmp_path: Path
) -> None:
    monkeypatch.setenv("UV", str(tmp_path / "none"))
    started()["install"](["ko"])


def test_the_suites_are_pinned_and_name_no_registry() -> None:
    declared: dict[str, Any] = json.loads((ROOT / ".ci" / "node" / "package.json").read_text(encoding="utf-8"))
    assert all(re.fullmatch(r"[\d.]+(-[a-z]+\.\d+)?", version) for version in declared["dependencies"].values())
    lock = json.loads((ROOT / ".ci" / "node" / "package-lock.json").read_text(encoding="utf-8"))
    assert lock["packages"][""]["dependencies"] == declared["dependencies"]
    assert not any("resolved" in package for package in lock["packages"].values())
    assert all("integrity" in package for name, package in lock["packages"].items() if name and not package.get("link"))
