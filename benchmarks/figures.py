"""From times to ratios and a table. Pure functions."""

import statistics
from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.wires import Timed

_MS = 1000


class Round(NamedTuple):
    """Calls of the yardstick and of a tool, measured one right after the other."""

    bare: Sequence[Timed]
    tool: Sequence[Timed]

    @property
    def ratio(self) -> float:
        return _median(self.tool) / _median(self.bare)


class Row(NamedTuple):
    """Reported results of one tool on one transport."""

    name: str
    ratio: float
    """Median of the tool's calls by median of the yardstick's."""
    low: float
    high: float
    """The same in the round where it is lowest and highest."""
    ratio_p90: float
    """The tool's 90th percentile by the yardstick's median."""
    bare_ms: float
    tool_ms: float
    size: float
    """Median bytes of an answer."""

    def cells(self) -> list[str]:
        """As a line of a table."""
        ratios = [f"{value:.2f}" for value in (self.ratio, self.low, self.high, self.ratio_p90)]
        return [self.name, *ratios, f"{self.bare_ms:.2f}", f"{self.tool_ms:.2f}", f"{self.size:,.0f}"]


def row(name: str, rounds: Sequence[Round]) -> Row:
    """Summarize all rounds of one tool."""
    bare = [call for each in rounds for call in each.bare]
    tool = [call for each in rounds for call in each.tool]
    ratios = [each.ratio for each in rounds]
    return Row(
        name,
        _median(tool) / _median(bare),
        min(ratios),
        max(ratios),
        percentile([call.seconds for call in tool], 90) / _median(bare),
        _median(bare) * _MS,
        _median(tool) * _MS,
        statistics.median(call.size for call in tool),
    )


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many percent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _median(calls: Sequence[Timed]) -> float:
    return statistics.median(call.seconds for call in calls)
