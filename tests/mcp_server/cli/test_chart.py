"""Pictures of answers: as image content of a tool's result, and as files of the command."""

import base64
from pathlib import Path
from typing import Any

import pytest
from mcp.types import ImageContent, TextContent
from PIL import Image

from mcp_server.__main__ import main
from tests.conftest import Connect

CALLS: list[tuple[str, dict[str, Any]]] = [
    ("get_country_model_counts", {"countries": ["한국", "프랑스", "일본"]}),
    ("compare_model_costs", {"models": ["GPT-4", "Kimi K2 Thinking"], "language": "en"}),
]


@pytest.mark.parametrize(("tool", "arguments"), CALLS)
async def test_a_picture_comes_with_the_answer_on_request(
    connect: Connect, tool: str, arguments: dict[str, Any], tmp_path: Path
) -> None:
    async with connect() as client:
        plain = await client.call_tool(tool, arguments)
        drawn = await client.call_tool(tool, arguments | {"chart": True})
    assert not [part for part in plain.content if isinstance(part, ImageContent)]
    (image,) = (part for part in drawn.content if isinstance(part, ImageContent))
    assert image.mime_type == "image/png"
    file = tmp_path / "picture.png"
    file.write_bytes(base64.b64decode(image.data))
    with Image.open(file) as opened:
        assert opened.width >= 1_000
        assert "Epoch AI" in str(opened.info)
    assert drawn.structured_content == plain.structured_content


async def test_where_there_is_nothing_to_draw_the_answer_says_so(connect: Connect) -> None:
    async with connect() as client:
        result = await client.call_tool(
            "get_country_model_counts", {"countries": ["Atlantis"], "chart": True, "language": "en"}
        )
    assert not result.is_error
    assert not [part for part in result.content if isinstance(part, ImageContent)]
    assert result.structured_content
    assert any("no numbers to draw" in note for note in result.structured_content["notes"])
    (text,) = (part.text for part in result.content if isinstance(part, TextContent))
    assert "no numbers to draw" in text


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["counts"], {"ko": ["미국", "128", "소프트웨어정책연구소", "CC BY 4.0"], "en": ["France", "129", "2026-02-16", "Epoch AI"]}),
        (["costs", "--models", "GPT-4"], {"ko": ["약 4,220만 달러", "GPT-4"], "en": ["about US$806 million", "2025-12-02"]}),
    ],
)  # fmt: skip
def test_the_command_writes_svg_and_png(
    arguments: list[str], words: dict[str, list[str]], language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AI_TRENDS_LIBRARY", ":memory:")
    assert main(["chart", *arguments, "--language", language, "--out", str(tmp_path)]) == 0
    name = f"{arguments[0]}-{language}"
    svg = (tmp_path / f"{name}.svg").read_text(encoding="utf-8")
    assert all(word in svg for word in words[language])
    assert (tmp_path / f"{name}.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["counts", "--models", "GPT-4"], "--models does not go with counts"),
        (["costs", "--since", "2020", "--per-year"], "--since, --per-year does not go with costs"),
        (["costs", "--bases", "api_prise"], "--bases: Unknown basis `api_prise`. Did you mean `api_price`?"),
        (["costs", "--models", "GPT-4", "--requests", "5"], "add --input-tokens or --output-tokens"),
        (["costs", "--input-tokens", "5"], "add --models NAME"),
        (["costs", "--models", *"ABCDEFGHIJK"], "--models: 11 names are too many for a chart; the limit is 10"),
    ],
)
def test_the_command_refuses_what_does_not_go_together(
    arguments: list[str], why: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AI_TRENDS_LIBRARY", ":memory:")
    assert main(["chart", *arguments]) == 2
    assert why in capsys.readouterr().err


def test_the_command_says_which_names_it_does_not_know(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AI_TRENDS_LIBRARY", ":memory:")
    assert main(["chart", "costs", "--models", "gtp-4o", "claude", "--language", "en"]) == 1
    errors = capsys.readouterr().err
    assert "‘gtp-4o’ is not in the knowledge base" in errors
    assert "‘claude’ stands for several models. Name one of these: Claude" in errors
    assert "no numbers to draw" in errors


def test_the_command_draws_what_its_options_ask_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AI_TRENDS_LIBRARY", ":memory:")
    out = ["--language", "en", "--out", str(tmp_path)]
    counts = "--countries KOR --since 2021 --until 2023 --per-year --rules any --vintage 2025-05-27"
    assert main(["chart", "counts", *counts.split(), *out]) == 0
    costs = "--models GPT-4o --bases workload --input-tokens 10 --output-tokens 5 --requests 1000"
    assert main(["chart", "costs", *costs.split(), *out]) == 0
    output = capsys.readouterr()
    assert [Path(line).suffix for line in output.out.splitlines()] == [".svg", ".png"] * 2
    assert output.err == ""  # what a picture says itself is not printed too
    svg = (tmp_path / "counts-en.svg").read_text(encoding="utf-8")
    assert "All by Epoch AI 2025-05-27, any country." in svg
    assert "2022" in svg
    assert "1,000 requests of 10 input and 5 output tokens" in (tmp_path / "costs-en.svg").read_text(encoding="utf-8")


def test_recounts_that_need_the_dataset_are_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AI_TRENDS_LIBRARY", ":memory:")
    assert main(["chart", "counts", "--since", "2023-05", "--out", str(tmp_path)]) == 0
    assert "ai-trends-mcp sync epoch" in capsys.readouterr().err


def test_the_usage_names_what_is_drawn_first(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["chart", "--help"])
    assert capsys.readouterr().out.startswith("usage: ai-trends-mcp chart counts|costs [options]")
