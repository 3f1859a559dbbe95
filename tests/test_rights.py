"""Facts travel, sentences do not: no file of ours shares more than 24 characters in a row with an article."""

import subprocess
from pathlib import Path

from knowledge.library import SqliteStore
from knowledge.model.records import Article
from knowledge.text import anchoring
from knowledge.text.anchoring import MAX_SHARED_LENGTH
from tests.conftest import ROOT

LENGTH = MAX_SHARED_LENGTH + 1


def _files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]
    return [file for folder in ("knowledge", "mcp_server", "tests") for file in (ROOT / folder).rglob("*.*")]


async def test_no_file_shares_25_characters_with_an_article(texts: dict[str, str], packaged: SqliteStore) -> None:
    articles = {article.sha256: article for article in await packaged.list_all(Article)}
    pieces: set[str] = set()
    for text in map(anchoring.normalise, texts.values()):
        article = articles[anchoring.digest(text)]
        titles = f"{article.title}\n{article.derived_from}"
        every = (text[start : start + LENGTH] for start in range(len(text) - LENGTH + 1))
        pieces |= {piece for piece in every if piece not in titles}
    for file in _files():
        content = file.read_text(encoding="utf-8", errors="ignore")
        shared = next((content[i : i + LENGTH] for i in range(len(content)) if content[i : i + LENGTH] in pieces), None)
        assert shared is None, f"{file.relative_to(ROOT)} shares {shared!r}"
