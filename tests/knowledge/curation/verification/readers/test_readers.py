"""The readers as a room of their own."""

import ast
from pathlib import Path

import pytest

from knowledge.curation.verification import readers

_ROOM = "knowledge.curation.verification"


@pytest.mark.parametrize("module", sorted(Path(readers.__path__[0]).glob("*.py")), ids=lambda module: module.stem)
def test_a_reader_knows_neither_drafts_nor_rules_nor_messages(module: Path) -> None:
    imports = [
        node for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) if isinstance(node, ast.ImportFrom)
    ]
    own = [node.module for node in imports if node.module and node.module.startswith(_ROOM)]
    assert [name for name in own if not name.startswith(f"{_ROOM}.readers")] == []
