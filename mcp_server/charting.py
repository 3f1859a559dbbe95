"""The command `chart`: writes a picture as SVG and PNG into a folder."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from knowledge import KnowledgeBase
from knowledge.answers import Answer
from knowledge.errors import StoreError
from knowledge.figures.bars import BarChart
from knowledge.figures.pictures import picture
from mcp_server.commands import opener
from mcp_server.drawing.picture import draw
from mcp_server.settings import Settings


async def chart(options: argparse.Namespace) -> int:
    """Ask for counts or costs, draw the answer, and print the files' paths; the exit status."""
    misplaced = {"counts": "models", "costs": "countries"}[options.what]
    if getattr(options, misplaced):
        print(f"--{misplaced} does not go with {options.what}.", file=sys.stderr)
        return 2
    async with opener(Settings.read())() as knowledge:
        drawn = await picture(lambda cursor: _answer(knowledge, options, cursor))
    return write(drawn, f"{options.what}-{options.language}", options.out)


async def _answer(knowledge: KnowledgeBase, options: argparse.Namespace, cursor: str) -> Answer:
    answer: Answer
    if options.what == "counts":
        answer = await knowledge.country_counts(
            options.countries, detail="full", cursor=cursor, language=options.language
        )
    else:
        answer = await knowledge.compare_costs(options.models, detail="full", cursor=cursor, language=options.language)
    if not cursor:
        for note in answer.notes:
            print(f"* {note}", file=sys.stderr)
    return answer


def write(chart: BarChart, name: str, folder: Path) -> int:
    """Draw a chart into `folder`, which is made where it is not there, and print the files' paths.

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
        why = error.strerror or error
        raise StoreError(
            f"{folder}: {why}. Nothing is drawn there. Name a folder that you may write: --out ."
        ) from error
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
