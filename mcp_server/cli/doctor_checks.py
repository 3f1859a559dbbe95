"""The doctor's checks of datasets, prices, pictures and extras."""

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import util
from pathlib import Path

from knowledge.charts.drawing.font import typeface
from knowledge.datasets.model import VintageRecord
from knowledge.datasets.vintages import VintageFault, VintageFolder
from knowledge.figures.pricing import genai_prices
from knowledge.model.errors import StoreError
from mcp_server.cli.datasets import POPULATIONS
from mcp_server.cli.doctor_findings import PACKAGE, REINSTALL, DoctorError

_CHARTS = f"pip install '{PACKAGE}[charts]'"
_DRAWS = ("fontTools", "PIL", "pylopdf_fonts_ko", "resvg_py")
"""The modules of the extra `charts`."""
_EXTRAS = {
    "articles": (("feedparser", "lxml_html_clean", "protego", "pypdfium2", "trafilatura"), "web pages, PDFs and feeds"),
    "extract": (("openai",), "drafts by a language model"),
}
"""The modules of an extra, and what it brings."""


def described(library: Path | None) -> str:
    """Describe the vintages and the age of the newest; check every table against its digest, without reading it.

    Raises:
        DoctorError: if a record cannot be read, or a table is missing or was altered.
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
    """Describe the list prices and their date.

    Raises:
        DoctorError: if the package that has them is not there.
    """
    try:
        return f"{genai_prices.PACKAGE} {genai_prices.get_version()}, data of {genai_prices.get_data_date()} or later"
    except ImportError:
        raise DoctorError(f"{genai_prices.PACKAGE} is not installed", REINSTALL) from None


def pictures() -> str:
    """Describe whether pictures can be drawn, and with which font; a missing extra is no error.

    Raises:
        DoctorError: if the extra is there and its font cannot be read.
    """
    if not has_charts():
        return f"the extra `charts` is not installed: {_CHARTS} brings pictures"
    try:
        return f"the extra `charts` is installed; font {typeface().file.name}"
    except (StoreError, OSError) as error:
        raise DoctorError(f"the font cannot be read: {error}", f"Install it again: {_CHARTS}.") from None


async def extra(name: str) -> str:
    """Describe whether an extra is installed; a missing extra is no error."""
    modules, what = _EXTRAS[name]
    if all(util.find_spec(module) for module in modules):
        return f"the extra `{name}` is installed: {what}"
    return f"the extra `{name}` is not installed: pip install '{PACKAGE}[{name}]' brings {what}"


def has_charts() -> bool:
    """Return whether the extra `charts` is installed."""
    return all(util.find_spec(name) for name in _DRAWS)


def _ailment(first: VintageFault, *others: VintageFault) -> DoctorError:
    table = first.snapshot
    what = f"the table of {POPULATIONS[table.population]} of {table.vintage}: " if table else "a record: "
    more = f"; {len(others)} more: see `{PACKAGE} datasets`" if others else ""
    return DoctorError(f"{what}{first.file} {first.problem}{more}", first.fix)


def _newest(kept: tuple[VintageRecord, ...]) -> Iterator[str]:
    today = datetime.now(UTC).date()
    for population, what in POPULATIONS.items():
        if newest := next((vintage for vintage in kept if vintage.population == population), None):
            yield f"the newest of {what} is of {newest.vintage}, {newest.days_old(today):,} days old"
