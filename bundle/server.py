"""What a host starts: the stdio server. It is a file of its own, since one in the package would hide modules by their names."""

import contextlib
import os
import subprocess
import sys
from importlib import invalidate_caches, util
from pathlib import Path

from mcp_server.__main__ import main

MODULES = {"ko": "MeCab", "dense": "fastembed"}
"""The extras that settings may ask for, and a module that each brings."""

for name, value in list(os.environ.items()):
    if name.startswith("AI_TRENDS_") and value.startswith("${"):
        del os.environ[name]  # some hosts leave a setting that was not made as it stands in the manifest


def missing() -> list[str]:
    """The extras that the settings ask for and that are not installed."""
    asked = {
        "ko": os.environ.get("AI_TRENDS_ANALYZER") == "morphemes",
        "dense": bool(os.environ.get("AI_TRENDS_DENSE")),
    }
    return [extra for extra, module in MODULES.items() if asked[extra] and not util.find_spec(module)]


def install(extras: list[str]) -> None:
    """Add extras to what `uv` installed for the bundle; where that fails, answers say which is missing."""
    command = [os.environ.get("UV", "uv"), "sync", "--inexact", *(f"--extra={extra}" for extra in extras)]
    with contextlib.suppress(OSError):
        subprocess.run(command, cwd=Path(__file__).parent, stdout=sys.stderr, check=False)  # noqa: S603 - stdout speaks MCP
    invalidate_caches()


if __name__ == "__main__":
    if extras := missing():
        install(extras)
    sys.exit(main(["serve"]))
