"""The benchmark still runs; how fast anything is, no test says."""

import json
import re
from pathlib import Path

import pytest

from benchmarks import curve, held_out, plots, protocol, search
from benchmarks.calls import rotation
from benchmarks.figures import Round, row
from benchmarks.synthesis import PASSAGES, Model
from benchmarks.testbeds import Collection
from benchmarks.wires import Timed
from mcp_server.settings import LIBRARY
from tests.conftest import ROOT

pytestmark = pytest.mark.slow


def test_the_benchmark_sets_every_tool_beside_one_that_does_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LIBRARY, ":memory:")  # it names one of its own; this puts the old one back
    protocol.main(["--rounds", "1", "--calls", "1", "--starts", "0", "--wires", "memory", "--breakdown"])
    printed = capsys.readouterr().out
    assert printed.count("| search_trends |") == 3
    assert "| memory, modern | ratio |" in printed
    assert "| memory, legacy | ratio |" in printed
    assert "| search engine |" in printed


def test_the_search_benchmark_makes_a_library_and_asks_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    arguments = ["--no-ranking", "--passages", "50", "--sets", str(tmp_path), "--json", str(tmp_path / "results.json")]
    search.main(arguments)
    printed = capsys.readouterr().out
    assert "\n| 50 | " in printed
    assert "\n| 50: 400 characters | " in printed
    plots.main([str(tmp_path / "results.json"), "--to", str(tmp_path)])
    assert (tmp_path / "search-speed.svg").read_text(encoding="utf-8").startswith("<?xml")


def test_every_kind_of_result_is_drawn(tmp_path: Path) -> None:
    measured = {"plain": [60.0, 70.0, 55.0], "whitespace": [40.0, 50.0, 35.0]}
    slips = {"no spaces": {"plain": 50.0, "whitespace": 1.0}}
    results = {"ranking": {"own": measured}, "slips": {"own": slips}, "speed": [], "curve": curve.curve([0.3])}
    (tmp_path / "results.json").write_text(json.dumps(results), encoding="utf-8")
    plots.main([str(tmp_path / "results.json"), "--to", str(tmp_path)])
    assert sorted(file.stem for file in tmp_path.glob("*.svg")) == ["search-curve", "search-ranking", "search-slips"]


@pytest.mark.parametrize("page", ["benchmarks/README.md", "docs/search.md"])
def test_the_options_that_the_pages_name_exist(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    lines = re.findall(
        r"python -m benchmarks\.(\w+)([^#&\n]*)", "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL))
    )
    assert {name for name, _ in lines} >= {"search", "plots"}
    for name, given in lines:
        with pytest.raises(SystemExit):
            {"protocol": protocol, "search": search, "plots": plots}[name].main(["--help"])
        shown = capsys.readouterr().out
        assert all(f" {option}" in shown or f"[{option}" in shown for option in re.findall(r"--[\w-]+", given))


def test_questions_about_documents_that_are_left_out_have_no_answer() -> None:
    things = ("망원경", "자전거", "도서관", "빵집")
    documents = {thing: f"{thing} 이야기\n\n오늘 {thing} 하나가 새로 문을 연다고 한다." for thing in things}
    collection = Collection(
        "own", documents, dict(zip(things, things, strict=True)), {thing: {thing: 1} for thing in things}
    )
    (given,) = held_out.curve(collection, [0.4])
    assert (given.ndcg, given.nothing, given.something, given.texts) == (100, 0, 0, 0)
    assert "| 0.40 * |" in held_out.report(collection, [given])


def test_synthesised_texts_are_the_same_every_time() -> None:
    sentences = [
        "별빛전자는 새 공장을 짓는다고 오늘 밝혔다 그러나 주민들은 반기지 않는다",
        "한국은 올해 반도체를 더 만든다",
    ] * 3
    first, other = Model(sentences), Model(sentences)
    text = first.text()
    assert text == other.text()
    assert len(text.splitlines()) == PASSAGES + 1


def test_no_call_of_the_benchmark_is_repeated() -> None:
    calls = rotation()
    assert {tool: len(some) >= 5 for tool, some in calls.items()} == dict.fromkeys(calls, True)
    assert all(some.count(call) == 1 for some in calls.values() for call in some)


def test_ratios_are_of_medians_and_have_a_spread() -> None:
    rounds = [Round([Timed(1, 0)] * 3, [Timed(2, 9), Timed(2, 9), Timed(50, 9)]), Round([Timed(1, 0)], [Timed(3, 9)])]
    found = row("tool", rounds)
    assert (found.ratio, found.low, found.high, found.size) == (2.5, 2, 3, 9)
