"""What do figures stand on: which datasets are kept, which list prices are there, can pictures be drawn? And what mends them?"""

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import util
from pathlib import Path

from knowledge.charts.drawing.font import typeface
from knowledge.datasets.model import Snapshot
from knowledge.datasets.vintages import Fault, VintageFolder
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
    folder = VintageFolder.beside(library)
    if faults := list(folder.faults()):
        raise _ailment(*faults)
    kept = folder.vintages()
    spare = [f"{file} is of no record: see `{PACKAGE} datasets`" for file in folder.unnamed()]
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


def _ailment(first: Fault, *others: Fault) -> AilmentError:
    table = first.snapshot
    what = f"the table of {POPULATIONS[table.population]} of {table.vintage}: " if table else "a record: "
    more = f"; {len(others)} more: see `{PACKAGE} datasets`" if others else ""
    return AilmentError(f"{what}{first.file} {first.problem}{more}", first.fix)


def _newest(kept: tuple[Snapshot, ...]) -> Iterator[str]:
    today = datetime.now(UTC).date()
    for population, what in POPULATIONS.items():
        if newest := next((one for one in kept if one.population == population), None):
            yield f"the newest of {what} is of {newest.vintage}, {newest.days_old(today):,} days old"
