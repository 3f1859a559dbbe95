"""`python -m benchmarks.plots RESULTS.json ...`: draws what `benchmarks.search --json` measured, as SVG files under `docs/`.

It needs matplotlib, which the extra `dev` brings.
"""

import argparse
import json
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DOCS = Path(__file__).parent.parent / "docs"
_COLOURS = {
    "whitespace": "#bbbbbb",
    "bigrams": "#888888",
    "FTS5 trigram": "#ddcc77",
    "nori": "#cc6677",
    "plain": "#44aa99",
    "morphemes": "#117733",
}
_WIDTH, _HEIGHT = 9.0, 4.0
_BARS = 0.85
"""Share of its space that a group of bars fills."""
_LABEL = 12
"""Letters of a line below a group."""
_AIM_MS = 20
_KIND = "5 to 10 words"


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw everything that a file of results has."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.plots", description=__doc__)
    parser.add_argument("results", type=Path, nargs="+")
    parser.add_argument("--to", type=Path, default=_DOCS, help="a folder (default: %(default)s)")
    options = parser.parse_args(arguments)
    for file in options.results:
        results = json.loads(file.read_text(encoding="utf-8"))
        for name, draw in (("ranking", _ranking), ("slips", _slips), ("speed", _speed), ("curve", _curve)):
            if results[name]:
                _draw(options.to / f"search-{name}.svg", results[name], draw)


def _draw(file: Path, data: Any, draw: Any) -> None:
    import matplotlib as mpl  # noqa: PLC0415 - an extra, imported only when used

    mpl.use("svg")
    from matplotlib import pyplot as plt  # noqa: PLC0415

    mpl.rcParams.update({"svg.hashsalt": file.stem, "svg.fonttype": "none", "font.family": "sans-serif"})
    figure, axes = plt.subplots(figsize=(_WIDTH, _HEIGHT), layout="constrained")
    axes.spines[["top", "right"]].set_visible(False)
    draw(axes, data)
    figure.savefig(file, metadata={"Date": None})  # the same data, the same bytes
    plt.close(figure)
    print(file)


def _ranking(axes: "Axes", sets: Mapping[str, Mapping[str, Sequence[float]]]) -> None:
    """Bars of nDCG@10, a group a set."""
    _bars(axes, {name: {system: values[0] for system, values in runs.items()} for name, runs in sets.items()})


def _slips(axes: "Axes", sets: Mapping[str, Mapping[str, Mapping[str, float]]]) -> None:
    """Bars of nDCG@10, a group a kind of slip, of the set that is measured first."""
    _bars(axes, next(iter(sets.values())))


def _bars(axes: "Axes", groups: Mapping[str, Mapping[str, float]]) -> None:
    """Bars, one a system in each group."""
    systems = [system for system in _COLOURS if any(system in group for group in groups.values())]
    width = _BARS / len(systems)
    for place, system in enumerate(systems):
        at = [group + (place - (len(systems) - 1) / 2) * width for group in range(len(groups))]
        axes.bar(at, [group.get(system, 0.0) for group in groups.values()], width, label=system, color=_COLOURS[system])
    axes.set_xticks(range(len(groups)), [textwrap.fill(name, _LABEL) for name in groups])
    axes.set_ylabel("nDCG@10")
    axes.set_ylim(0, 100)
    axes.legend(ncols=len(systems), loc="upper center", bbox_to_anchor=(0.5, 1.15), frameon=False)


def _curve(axes: "Axes", points: Sequence[Sequence[float]]) -> None:
    """Plot right answers against wrong ones, one point for each cut-off."""
    least, first, five, _, something, _ = zip(*points, strict=True)
    axes.plot(something, five, marker="o", color=_COLOURS["plain"], label="a right claim among the first five")
    axes.plot(something, first, marker="o", color=_COLOURS["morphemes"], label="a right claim first")
    for at, height, cutoff in zip(something, five, least, strict=True):
        axes.annotate(f"{cutoff:.2f}", (at, height), textcoords="offset points", xytext=(0, 6), ha="center", fontsize=7)
    axes.set_xlabel("questions without an answer that get something, %")
    axes.set_ylabel("questions with an answer, %")
    axes.set_ylim(0, 100)
    axes.legend(frameon=False, loc="lower right")


def _speed(axes: "Axes", sizes: Sequence[Mapping[str, Any]]) -> None:
    """Lines of milliseconds over the number of passages, both in powers of ten."""
    timings = [(size["passages"], next(row for row in size["asked"] if row["kind"] == _KIND)) for size in sizes]
    for name, label, colour in (
        ("engine", "engine", _COLOURS["plain"]),
        ("call", "whole call", _COLOURS["morphemes"]),
        ("trigram", "FTS5 trigram", _COLOURS["FTS5 trigram"]),
    ):
        points = [(passages, *row[name]) for passages, row in timings if row[name]]
        if points:
            at, p50, p99 = zip(*points, strict=True)
            axes.plot(at, p50, marker="o", color=colour, label=f"{label}, p50")
            axes.plot(at, p99, marker="o", color=colour, linestyle="--", label=f"{label}, p99")
    axes.axhline(_AIM_MS, color="#cccccc", linewidth=1, zorder=0)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("passages")
    axes.set_ylabel(f"milliseconds, questions of {_KIND}")
    axes.legend(frameon=False)


if __name__ == "__main__":
    main()
