"""Where things are, from the environment."""

import os
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import platformdirs

LIBRARY = "AI_TRENDS_LIBRARY"
"""Names the library's file; `:memory:` keeps nothing."""


@dataclass(frozen=True)
class Settings:
    """What a user can set."""

    library: Path | None
    """The library's file; `None` for one in memory."""

    @classmethod
    def read(cls) -> "Settings":
        """The settings that the environment gives."""
        named = os.environ.get(LIBRARY, "")
        if named == ":memory:":
            return cls(library=None)
        return cls(library=Path(named).expanduser() if named else _default_library())


def _default_library() -> Path:
    return platformdirs.user_data_path("ai-trends-mcp", appauthor=False) / "library.sqlite3"


def version() -> str:
    """The version that is installed."""
    return metadata.version("ai-trends-mcp")
