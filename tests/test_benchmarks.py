"""The benchmark still runs; how fast anything is, no test says."""

import pytest

from benchmarks import protocol
from benchmarks.calls import rotation
from benchmarks.figures import Round, row
from benchmarks.wires import Timed
from mcp_server.settings import LIBRARY


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


def test_no_call_of_the_benchmark_is_repeated() -> None:
    calls = rotation()
    assert {tool: len(some) >= 5 for tool, some in calls.items()} == dict.fromkeys(calls, True)
    assert all(some.count(call) == 1 for some in calls.values() for call in some)


def test_ratios_are_of_medians_and_have_a_spread() -> None:
    rounds = [Round([Timed(1, 0)] * 3, [Timed(2, 9), Timed(2, 9), Timed(50, 9)]), Round([Timed(1, 0)], [Timed(3, 9)])]
    found = row("tool", rounds)
    assert (found.ratio, found.low, found.high, found.size) == (2.5, 2, 3, 9)
