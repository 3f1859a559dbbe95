"""The command `chart`."""

import argparse
import re
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args
from uuid import uuid4

from knowledge import KnowledgeBase
from knowledge.charts import BarChart, build_chart
from knowledge.charts.drawing import draw
from knowledge.model import Bilingual, CostBasis, StoreError
from knowledge.queries import Answer
from mcp_server.cli.library import opener
from mcp_server.rendering import error_messages
from mcp_server.settings import Settings

_MOST_NAMES = 10
"""Most names that the tools take."""
_OF: Mapping[str, tuple[str, ...]] = {
    "counts": ("countries", "since", "until", "per_year", "rules", "vintage", "population"),
    "costs": ("models", "bases", "input_tokens", "output_tokens", "requests"),
}
"""The options of each chart, named as the arguments of its question."""
_SYNC = "`ai-trends-mcp sync epoch`"
_SEVERAL = Bilingual(
    ko="‘{name}’은(는) 여러 모델의 이름입니다. 다음 가운데 하나로 다시 부르세요: {candidates}.",
    en="‘{name}’ stands for several models. Name one of these: {candidates}.",
)


async def chart(options: argparse.Namespace) -> int:
    """Ask for counts or costs, draw the answer, and print the files' paths; return the exit status."""
    if fault := _fault(options):
        print(fault, file=sys.stderr)
        return 2
    async with opener(Settings.read())() as knowledge:
        drawn = await build_chart(lambda cursor: _answer(knowledge, options, cursor))
    return write(drawn, f"{options.what}-{options.language}", options.out)


def _fault(options: argparse.Namespace) -> str | None:
    """Return a sentence on options that contradict each other or are too many."""
    given = _given(options, *_OF["counts"], *_OF["costs"])
    if misplaced := [name for name in given if name not in _OF[options.what]]:
        return f"{', '.join(map(_option, misplaced))} does not go with {options.what}."
    if name := next((name for name in ("countries", "models") if len(given.get(name, ())) > _MOST_NAMES), None):
        return f"{_option(name)}: {len(given[name])} names are too many for a chart; the limit is {_MOST_NAMES}."
    if "requests" in given and not {"input_tokens", "output_tokens"} & set(given):
        return "--requests: add --input-tokens or --output-tokens, the tokens per request."
    if {"input_tokens", "output_tokens"} & set(given) and "models" not in given:
        return "--input-tokens, --output-tokens: add --models NAME, the models to price."
    known = get_args(CostBasis)
    unknown = next((basis for basis in given.get("bases", ()) if basis not in known), None)
    return f"--bases: {error_messages.unknown('basis', unknown, known)}" if unknown else None


def _given(options: argparse.Namespace, *names: str) -> dict[str, Any]:
    """Return the options that were given, by name."""
    return {name: value for name in names if (value := getattr(options, name)) not in (None, [], False)}


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


async def _answer(knowledge: KnowledgeBase, options: argparse.Namespace, cursor: str) -> Answer:
    given = _given(options, *_OF[options.what])
    ask: Callable[..., Awaitable[Answer]] = (
        knowledge.country_counts if options.what == "counts" else knowledge.compare_costs
    )
    answer = await ask(**given, detail="full", cursor=cursor, language=options.language)
    if not cursor:
        for note in _on_lacking(answer, options.models or ()):
            print(f"* {note}", file=sys.stderr)
    return answer


def _on_lacking(answer: Answer, models: Sequence[str]) -> Iterator[str]:
    """Yield notes on names that match nothing or several things, and on recounts that need the dataset.

    The picture says the rest itself.
    """
    several = getattr(answer, "ambiguous", ())
    for match in several:
        yield _SEVERAL.format(name=match.name, candidates=", ".join(match.candidates)).in_language(answer.language)
    names = {*models, *getattr(answer, "not_found", ())} - {match.name for match in several}
    yield from (note for note in answer.notes if _SYNC in note or any(_mentions(note, name) for name in names))


def _mentions(note: str, name: str) -> bool:
    """Return whether a note contains a name (its beginning, if it is long), not as part of an English word."""
    return re.search(rf"(?<![a-z0-9]){re.escape(name[:30])}(?![a-z0-9])", note, re.IGNORECASE) is not None


def write(chart: BarChart, name: str, folder: Path) -> int:
    """Draw a chart into `folder`, which is created if needed, and print the files' paths.

    A file of the same name is replaced. Both files are written in full before either has its name.

    Returns:
        The exit status.

    Raises:
        StoreError: The extra is not installed, or the folder cannot be written.
    """
    picture = draw(chart)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in _placed({folder / f"{name}.svg": picture.svg, folder / f"{name}.png": picture.png}):
            print(file)
    except OSError as error:
        reason = error.strerror or error
        raise StoreError(f"{folder}: {reason}. Nothing was drawn. Choose a writable folder, such as --out .") from error
    return 0


def _placed(files: dict[Path, bytes]) -> Iterator[Path]:
    parts = {file: file.with_name(f".{uuid4().hex}.part") for file in files}
    try:
        for file, part in parts.items():
            part.write_bytes(files[file])
        for file, part in parts.items():
            part.replace(file)
            yield file
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
