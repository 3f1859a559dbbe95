"""The folder that `mcpb pack` makes the bundle of: the packages, their project file, and the server file.

Usage: python bundle/build.py FOLDER
"""

import json
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILES = ("bundle/manifest.json", "bundle/server.py", "README.md", "LICENSE")
PACKAGES = ("mcp_server", "knowledge")


def build(folder: Path) -> None:
    """Create and fill `folder`, which must not exist."""
    folder.mkdir(parents=True)
    for file in FILES:
        shutil.copy(ROOT / file, folder)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "pyproject.toml").write_text(_project(), encoding="utf-8")


def _project() -> str:
    """Return the project file, with the tested versions as constraints."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    tested = [line for line in lock if line and not line.lstrip().startswith("#")]
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return f"{project}\n[tool.uv]\nconstraint-dependencies = {json.dumps(tested, indent=4)}\n"


if __name__ == "__main__":
    build(Path(sys.argv[1]))
