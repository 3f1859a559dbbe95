"""`python -m benchmarks.search`: how well Korean is ranked, and how fast.

The analyzers beside honest baselines, set by set; then libraries of so many synthesised passages (`--passages`), asked.

Sets of another folder are measured with `--sets FOLDER`; Lucene's nori joins in where its jars are (`--jars FOLDER`).
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import curve, held_out, nori, relevance, slips, speed, systems, testbeds
from benchmarks.figures import table
from benchmarks.relevance import Measured, Run
from benchmarks.systems import System
from benchmarks.testbeds import Collection
from knowledge.model.errors import StoreError

_ROOT = Path(__file__).parent.parent
_SETS = _ROOT.parent / "shared" / "retrieval"
_JARS = Path("/usr/share/java")
_SIZES = (1_000, 100_000)

Results = dict[str, Any]
"""Results, of rankings, slips, speed and cut-offs."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    options = _options().parse_args(arguments)
    results: Results = {"ranking": {}, "slips": {}, "speed": [], "curve": [], "held out": {}}
    if options.curve:
        results["curve"] = curve.curve()
        print(curve.report(results["curve"]))
        for collection in testbeds.in_folder(options.sets):
            results["held out"][collection.name] = held_out.curve(collection)
            print(held_out.report(collection, results["held out"][collection.name]), flush=True)
    else:
        _measure(options, results)
    if options.json:
        options.json.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")


def _measure(options: argparse.Namespace, results: Results) -> None:
    collections = _collections(options.sets, by_sentences=options.sentences)
    if options.ranking:
        _rank(collections, _systems(options.jars), options, results)
    if options.passages:
        words = [text for collection in collections for text in collection.documents.values()]
        measured = speed.measure(options.passages, words, options.keep)
        results["speed"] = speed.as_data(measured)
        print(speed.report(measured))


def _rank(
    collections: Sequence[Collection], chosen: dict[str, System], options: argparse.Namespace, results: Results
) -> None:
    runs = {
        collection.name: {name: rank(collection.documents, collection.questions) for name, rank in chosen.items()}
        for collection in collections
    }
    for collection in collections:
        results["ranking"][collection.name] = {
            name: relevance.measure(run, collection.relevant) for name, run in runs[collection.name].items()
        }
        print(_measures(collection, results["ranking"][collection.name]), flush=True)
    if options.against in chosen:
        print(_differences(collections, runs, options.against))
    if options.slips:
        for collection in (
            collection for collection in collections if not collection.name.startswith("xl_")
        ):  # the slips are Korean ones
            results["slips"][collection.name] = _with_slips(collection, chosen)
            print(_slips(collection, chosen, results["slips"][collection.name]), flush=True)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("--sets", type=Path, default=_SETS, help="a folder of sets (default: %(default)s)")
    parser.add_argument("--jars", type=Path, default=_JARS, help="where Lucene's jars are (default: %(default)s)")
    parser.add_argument(
        "--sentences", action="store_true", help="ask for documents by a sentence taken out of them, too"
    )
    parser.add_argument("--slips", action="store_true", help="ask with slips of spacing, typing and spelling, too")
    parser.add_argument("--curve", action="store_true", help="only say what other cut-offs would give and take")
    parser.add_argument("--against", default="", metavar="SYSTEM", help="say how far all others are ahead of this one")
    parser.add_argument(
        "--passages",
        nargs="*",
        type=int,
        default=list(_SIZES),
        help="sizes of libraries to time (default: %(default)s)",
    )
    parser.add_argument("--keep", type=Path, help="a folder where these libraries stay for the next time")
    parser.add_argument("--no-ranking", dest="ranking", action="store_false", help="leave the ranking out")
    parser.add_argument("--json", type=Path, help="write the results to a file, too; `benchmarks.plots` draws them")
    return parser


def _collections(folder: Path, *, by_sentences: bool) -> list[Collection]:
    found = list(testbeds.in_folder(folder))
    if not found:
        print(f"No sets are measured: {folder} has none.")
    made = (
        [testbeds.sentences(collection) for collection in found if not collection.name.startswith("xl_")]
        if by_sentences
        else []
    )
    return [*found, *made, testbeds.packaged()]


def _systems(jars: Path) -> dict[str, System]:
    chosen: dict[str, System] = {
        "whitespace": systems.whitespace,
        "bigrams": systems.bigrams,
        "FTS5 trigram": systems.trigrams,
        "plain": systems.plain,
    }
    try:
        systems.morphemes({}, {})
        chosen["morphemes"] = systems.morphemes
    except StoreError:
        print("`morphemes` is not measured: the extra `ko` is not installed.")
    anchor = nori.open_system(jars)
    if isinstance(anchor, str):
        print(f"`nori` is not measured: {anchor}.")
        return chosen
    return chosen | {"nori": anchor}


def _measures(collection: Collection, measured: dict[str, Measured]) -> str:
    head = [
        f"{collection.name} ({len(collection.documents)} / {len(collection.questions)})",
        "nDCG@10",
        "Recall@10",
        "MRR@10",
    ]
    return "\n" + table(head, [[name, *_cells(values)] for name, values in measured.items()])


def _differences(collections: Sequence[Collection], runs: dict[str, dict[str, Run]], other: str) -> str:
    head = [f"nDCG@10, ahead of {other}", "points", "low", "high"]
    rows = [
        [
            f"{collection.name}: {name}",
            *_cells(relevance.compare(run, runs[collection.name][other], collection.relevant)),
        ]
        for collection in collections
        for name, run in runs[collection.name].items()
        if name != other
    ]
    return "\n" + table(head, rows)


def _with_slips(collection: Collection, chosen: dict[str, System]) -> dict[str, dict[str, float]]:
    """The nDCG of each system, by kind of slip."""
    kinds = {"none": collection.questions} | slips.make_slips(collection.documents, collection.questions)
    return {
        kind: {
            name: relevance.measure(rank(collection.documents, questions), collection.relevant).ndcg
            for name, rank in chosen.items()
        }
        for kind, questions in kinds.items()
    }


def _slips(collection: Collection, chosen: dict[str, System], found: dict[str, dict[str, float]]) -> str:
    head = [f"{collection.name}, nDCG@10 with slips", *chosen]
    return "\n" + table(head, [[kind, *_cells(values.values())] for kind, values in found.items()])


def _cells(values: Iterable[float]) -> list[str]:
    return [f"{value:.2f}" for value in values]


if __name__ == "__main__":
    main()
