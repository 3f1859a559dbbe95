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
    assert any("no number to draw" in note for note in result.structured_content["notes"])
    (text,) = (part.text for part in result.content if isinstance(part, TextContent))
    assert "no number to draw" in text


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


def test_the_command_refuses_what_does_not_go_together(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AI_TRENDS_LIBRARY", ":memory:")
    assert main(["chart", "counts", "--models", "GPT-4"]) == 2
    assert "--models does not go with counts" in capsys.readouterr().err
    assert main(["chart", "costs", "--models", "gtp-4o"]) == 1
    said = capsys.readouterr().err
    assert "no number to draw" in said or "그릴 수치가 없습니다" in said
