"""The stdio server that a host starts. It lies outside the package, where it would hide modules of the same name."""

import contextlib
import os
import subprocess
import sys
from importlib import invalidate_caches, util
from pathlib import Path

from mcp_server.__main__ import main

MODULES = {"ko": "MeCab", "dense": "fastembed"}
"""The extras that settings may need, each with a module that it installs."""

for name, value in list(os.environ.items()):
    if name.startswith("AI_TRENDS_") and value.startswith("${"):
        del os.environ[name]  # some hosts leave a setting that was not made as it stands in the manifest


def missing() -> list[str]:
    """Return the extras that the settings need and that are not installed."""
    wanted = {
        "ko": os.environ.get("AI_TRENDS_ANALYZER") == "morphemes",
        "dense": bool(os.environ.get("AI_TRENDS_DENSE")),
    }
    return [extra for extra, module in MODULES.items() if wanted[extra] and not util.find_spec(module)]


def install(extras: list[str]) -> None:
    """Install extras into the bundle with `uv`; if that fails, answers say which is missing."""
    command = [os.environ.get("UV", "uv"), "sync", "--inexact", *(f"--extra={extra}" for extra in extras)]
    with contextlib.suppress(OSError):
        subprocess.run(command, cwd=Path(__file__).parent, stdout=sys.stderr, check=False)  # noqa: S603 - stdout speaks MCP
    invalidate_caches()


if __name__ == "__main__":
    if extras := missing():
        install(extras)
    sys.exit(main(["serve"]))
