"""Breakdown of the time of a call: the server in memory, sampled every half millisecond."""

import signal
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from benchmarks.calls import Call
from benchmarks.figures import table
from benchmarks.messages import Era
from benchmarks.wires import Memory

_EVERY_S = 0.0005
_STAGES = {
    "argument validation": ("func_metadata",),
    "lookup": ("embedded", "snapshot", "records", "naming"),
    "search engine": ("finder", "index", "ranking", "lexicon", "analyzer", "wordlists"),
    "citing": ("citing", "visible", "numerals", "model"),
    "putting together": ("searching", "briefs", "counts", "costs", "reading", "sentences", "base", "tools"),
    "size budget": ("pages",),
    "text": ("text", "words"),
    "structure": ("closed",),
}
"""Modules by what they do."""
_OTHER, _SDK, _LOOP, _ITSELF = "our other modules", "SDK", "event loop", "the benchmark itself"
_OURS, _SDK_FOLDERS = {"knowledge", "mcp_server"}, {"mcp", "mcp_types"}
_STOPS = {"asyncio": _LOOP, "benchmarks": _ITSELF}
_STAGE_OF = {module: stage for stage, modules in _STAGES.items() for module in modules}


def report(calls: dict[str, list[Call]], rounds: int, era: Era) -> str:
    """The share of each stage in the time of the calls of each tool."""
    from mcp_server.cli.serve import server  # noqa: PLC0415

    wire = Memory(server(), era)
    seen = {tool: _seen(wire, some, rounds) for tool, some in calls.items()}
    wire.close()
    rows = [
        [stage, *(f"{100 * counts[stage] / max(counts.total(), 1):.0f}%" for counts in seen.values())]
        for stage in (*_STAGES, _OTHER, _SDK, _LOOP)
    ]
    return "\n" + table([f"where the time goes: memory, {era}", *calls], rows)


def _seen(wire: Memory, calls: Sequence[Call], rounds: int) -> Counter[str]:
    """Count the samples in each stage."""
    wire.time(calls)
    seen: Counter[str] = Counter()
    before = signal.signal(signal.SIGALRM, lambda _, frame: seen.update([_stage(frame)]))
    signal.setitimer(signal.ITIMER_REAL, _EVERY_S, _EVERY_S)
    try:
        for _ in range(rounds):
            wire.time(calls)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    del seen[_ITSELF]
    return seen


def _stage(frame: FrameType | None) -> str:
    """The stage of the innermost function that belongs to one; a library works for whoever calls it."""
    while frame:
        file = Path(frame.f_code.co_filename)
        if file.parent.name in _OURS or file.stem == "func_metadata":
            return _STAGE_OF.get(file.stem, _OTHER)
        if _SDK_FOLDERS.intersection(file.parts):
            return _SDK
        if file.parent.name in _STOPS:
            return _STOPS[file.parent.name]
        frame = frame.f_back
    return _LOOP
