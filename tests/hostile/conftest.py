"""One library with the corpus in it, and what was said of it, for all tests."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.library import SqliteStore
from knowledge.model.records import Article, Claim, Entity
from tests.conftest import connected
from tests.hostile.library import NAMED, fill
from tests.hostile.outputs import Output, outputs


class Library:
    """A store with the corpus in it, and all that was said of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "files").mkdir()
        self.file = folder / "library.sqlite3"
        self.store = SqliteStore(self.file)
        self.came: dict[str, str] = {}
        """Result of each attempt at each place: an article's id, or the reason why there is none."""
        self.outputs_by_era: dict[str, list[Output]] = {}

    async def fill(self, folder: Path) -> None:
        self.came = await fill(self.store, folder / "files")
        articles = [record.id for record in await self.store.list_all(Article) if record.curated is None]
        claims = [record.id for record in await self.store.list_all(Claim) if NAMED in record.statement.en]
        entities = [record.id for record in await self.store.list_all(Entity) if NAMED in record.name.en]
        assert len(entities) >= 6  # one is named by no claim that gets in
        assert len(claims) >= 5
        for era in ("auto", "legacy"):
            async with connected(self.store, era, may_write=True) as client:
                part = articles if era == "auto" else articles[::10]
                self.outputs_by_era[era] = [record async for record in outputs(client, part, claims, entities)]

    @property
    def outputs(self) -> list[Output]:
        return [record for era in self.outputs_by_era.values() for record in era]


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("hostile")
    made = Library(folder)
    asyncio.run(made.fill(folder))
    yield made
    asyncio.run(made.store.__aexit__(None, None, None))
