"""What do figures stand on: which datasets are kept, which list prices are there, can pictures be drawn? And what mends them?"""

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import util
from pathlib import Path

from knowledge.charts.drawing.font import typeface
from knowledge.datasets import soundness
from knowledge.datasets.model import Snapshot
from knowledge.datasets.shelf import Shelf
from knowledge.errors import StoreError
from knowledge.pricelist import tariffs
from mcp_server.cli.datasets import POPULATIONS
from mcp_server.cli.doctor_findings import PACKAGE, REINSTALL, AilmentError

_CHARTS = f"pip install '{PACKAGE}[charts]'"
_DRAWS = ("fontTools", "PIL", "pylopdf_fonts_ko", "resvg_py")
"""The modules of the extra `charts`."""
_EXTRAS = {
    "articles": (("feedparser", "lxml_html_clean", "protego", "pypdfium2", "trafilatura"), "web pages, PDFs and feeds"),
    "extract": (("openai",), "drafts by a language model"),
}
"""The modules of an extra, and what it brings."""


def described(library: Path | None) -> str:
    """How many vintages there are and how old the newest are; every table is held against its digest, none is read.

    Raises:
        AilmentError: if a record cannot be read, or a table is missing or was altered.
    """
    if library is None:
        return "in memory: no datasets are kept, the packaged figures are used"
    shelf = Shelf.beside(library)
    if faults := list(soundness.faults(shelf)):
        raise _ailment(*faults)
    kept = shelf.vintages()
    spare = [f"{shelf.folder / name} is of no record: see `{PACKAGE} datasets`" for name in shelf.unnamed()]
    if not kept:
        return "; ".join((f"none: the packaged figures are used; `{PACKAGE} sync epoch` fetches rows", *spare))
    return "; ".join((f"{len(kept)} vintages", *_newest(kept), *spare))


def prices() -> str:
    """Which list prices there are, and of which day.

    Raises:
        AilmentError: if the package that has them is not there.
    """
    try:
        return f"{tariffs.PACKAGE} {tariffs.version()}, data of {tariffs.as_of()} or later"
    except ImportError:
        raise AilmentError(f"{tariffs.PACKAGE} is not installed", REINSTALL) from None


def pictures() -> str:
    """Whether pictures can be drawn, and with which font; without the extra they are not, and all else is well.

    Raises:
        AilmentError: if the extra is there and its font cannot be read.
    """
    if not has_charts():
        return f"the extra `charts` is not installed: {_CHARTS} brings pictures"
    try:
        return f"the extra `charts` is installed; font {typeface().file.name}"
    except (StoreError, OSError) as error:
        raise AilmentError(f"the font cannot be read: {error}", f"Install it again: {_CHARTS}.") from None


async def extra(name: str) -> str:
    """Whether an extra is installed; without it, all else is well."""
    modules, what = _EXTRAS[name]
    if all(util.find_spec(one) for one in modules):
        return f"the extra `{name}` is installed: {what}"
    return f"the extra `{name}` is not installed: pip install '{PACKAGE}[{name}]' brings {what}"


def has_charts() -> bool:
    """Whether the extra `charts` is installed."""
    return all(util.find_spec(name) for name in _DRAWS)


def _ailment(first: soundness.Fault, *others: soundness.Fault) -> AilmentError:
    one = first.snapshot
    what = f"the table of {POPULATIONS[one.population]} of {one.vintage}: " if one else "a record: "
    more = f"; {len(others)} more: see `{PACKAGE} datasets`" if others else ""
    return AilmentError(f"{what}{first.file} {first.problem}{more}", first.mend)


def _newest(kept: tuple[Snapshot, ...]) -> Iterator[str]:
    today = datetime.now(UTC).date()
    for population, what in POPULATIONS.items():
        if newest := next((one for one in kept if one.population == population), None):
            yield f"the newest of {what} is of {newest.vintage}, {newest.days_old(today):,} days old"
