"""`python -m benchmarks.protocol`: each tool beside a tool that does nothing, on each wire; and the start of the process.

The bare server and ours take turns, so that whatever else the machine does slows both. Only ratios are worth comparing
with those of another machine.
"""

import argparse
import statistics
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from typing import Any

from benchmarks import bare, breakdown
from benchmarks.calls import Call, rotation
from benchmarks.figures import Round, row, table
from benchmarks.messages import ERAS, Era, request, tool_call
from benchmarks.processes import BARE, BARE_HTTP, OURS, OURS_HTTP, listening, running, start_seconds, use_library
from benchmarks.wires import Http, Memory, Stdio, Wire

Pair = tuple[Wire, Wire]
"""A wire to the bare server, and the same to ours."""
_NOTHING = Call(bare.TOOL)
_MCP = "/mcp"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    options = _options().parse_args(arguments)
    calls = {tool: some[: options.calls] for tool, some in rotation().items()}
    with tempfile.TemporaryDirectory() as folder:
        use_library(folder)
        if options.starts:
            print(_starts(options.starts), flush=True)
        for wire in options.wires:
            for era in ERAS:
                with _WIRES[wire](era) as pair:
                    print(_calls(f"{wire}, {era}", pair, calls, options.rounds), flush=True)
        if options.breakdown:
            print(breakdown.report(calls, options.rounds, "modern"))


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.protocol", description=__doc__)
    parser.add_argument("--rounds", type=int, default=10, help="rounds on each wire (default: %(default)s)")
    parser.add_argument("--starts", type=int, default=10, help="starts of each process (default: %(default)s)")
    parser.add_argument("--calls", type=int, help="different calls of each tool (default: all)")
    parser.add_argument("--wires", nargs="*", choices=_WIRES, default=list(_WIRES), help="default: all")
    parser.add_argument("--breakdown", action="store_true", help="print where the time of a call goes, too")
    return parser


def _starts(times: int) -> str:
    """Measure the time to the first answers, beside the bare server."""
    listing = request("tools/list", {}, "modern")
    search, nothing = tool_call(rotation()["search_trends"][0], "modern"), tool_call(_NOTHING, "modern")
    first = _one_start(listing, listing)
    made = _one_start(search, nothing)
    warm = [(_one_start(listing, listing), _one_start(search, nothing)) for _ in range(times)]
    listed, answered = zip(*warm, strict=True)
    rows = [
        _start("to `tools/list`", listed),
        _start("to the first answer of `search_trends`", answered),
        _start("the very first, without a library: to `tools/list`", [first]),
        _start("... to the first answer, which makes the library", [made]),
    ]
    return "\n" + table(["process start", "ratio", "lowest", "highest", "bare s", "ours s"], rows)


def _one_start(ours: Mapping[str, Any], bare: Mapping[str, Any]) -> tuple[float, float]:
    return start_seconds(OURS, ours), start_seconds(BARE, bare)


def _start(name: str, pairs: Sequence[tuple[float, float]]) -> list[str]:
    ours, bares = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratios = [time / other for time, other in pairs]
    return [name, *(f"{value:.2f}" for value in (ours / bares, min(ratios), max(ratios), bares, ours))]


def _calls(title: str, pair: Pair, calls: dict[str, list[Call]], rounds: int) -> str:
    """Measure the latency of calls, beside calls of a tool that does nothing."""
    for some in calls.values():
        _round(pair, some)  # the first round warms up and does not count
    measured: dict[str, list[Round]] = {tool: [] for tool in calls}
    for _ in range(rounds):
        for tool, some in calls.items():
            measured[tool].append(_round(pair, some))
    rows = [row(tool, found).cells() for tool, found in measured.items()]
    return "\n" + table([title, "ratio", "lowest", "highest", "p90", "bare ms", "tool ms", "bytes"], rows)


def _round(pair: Pair, calls: Sequence[Call]) -> Round:
    without, ours = pair
    return Round(without.time([_NOTHING] * len(calls)), ours.time(calls))


@contextmanager
def _memory(era: Era) -> Iterator[Pair]:
    from mcp_server.cli.serve import server  # noqa: PLC0415 - not while processes are being started

    with closing(Memory(bare.build(), era)) as without, closing(Memory(server(), era)) as ours:
        yield without, ours


@contextmanager
def _stdio(era: Era) -> Iterator[Pair]:
    with running(BARE) as without, running(OURS) as ours:
        yield Stdio(without, era), Stdio(ours, era)


@contextmanager
def _http(era: Era) -> Iterator[Pair]:
    with ExitStack() as stack:
        ports = [stack.enter_context(listening(server)) for server in (BARE_HTTP, OURS_HTTP)]
        without, ours = (stack.enter_context(closing(Http(port, _MCP, era))) for port in ports)
        yield without, ours


_WIRES: dict[str, Callable[[Era], AbstractContextManager[Pair]]] = {"memory": _memory, "stdio": _stdio, "HTTP": _http}


if __name__ == "__main__":
    main()
