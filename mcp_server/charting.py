"""The command `chart`: writes a picture as SVG and PNG into a folder."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from knowledge.errors import StoreError
from knowledge.figures.bars import BarChart
from mcp_server.drawing.picture import draw


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
