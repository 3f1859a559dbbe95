"""Read-only libraries: texts are found and quoted, and none is added."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge import KnowledgeBase, StoreError
from knowledge.library import SqliteStore
from knowledge.model.records import Trend
from knowledge.store.store import IndexProgress, Question, Store
from tests.conftest import only_readable
from tests.knowledge.samples import ARTICLE, COUNT, TEXT, TRENDS, folder

_QUESTION = Question("소장은 웃었나?")
_ANOTHER = "별빛전자의 새 공장\n\n별빛전자는 공장을 새로 짓는다.\n"


@pytest.fixture
def place() -> Iterator[Path]:
    """Return a folder with the invented data that other users can enter, unlike those of pytest."""
    root = Path(tempfile.mkdtemp())
    folder(root / "data")
    folder(root / "newer", ARTICLE, trends=TRENDS.replace("번역", "통역"))
    (root / "library").mkdir()
    yield root
    shutil.rmtree(root)


@pytest.fixture
async def library(place: Path) -> Path:
    """Return the file of a closed library with a text."""
    file = place / "library" / "library.sqlite3"
    async with SqliteStore(file, place / "data") as store:
        await store.add_text(TEXT)
        assert (await store.search(_QUESTION)).passages
    return file


def _contents(place: Path) -> list[Path]:
    return sorted(place.rglob("*"))


async def _shows(store: Store) -> None:
    """Check that the text is there as it was added: found, quoted, counted."""
    (passage,) = (await store.search(_QUESTION)).passages
    assert passage.text == TEXT[passage.start : passage.end]
    (claim,) = await store.find_claims("id", "moonlight.models")
    assert [piece.quote for piece in claim.evidence] == [COUNT]
    with pytest.raises(StoreError, match="The library cannot be written"):
        await store.add_text(_ANOTHER)


async def test_a_library_that_can_only_be_read_is_read(library: Path, place: Path) -> None:
    before = _contents(place)
    with only_readable(library.parent):
        async with SqliteStore(library, place / "data") as store:
            assert await store.get_index_progress() == IndexProgress(0, 1)
            await _shows(store)
            found = await KnowledgeBase(store).search("모형을 몇 개 발표했나?")
            assert [piece.quote for item in found.items for piece in item.evidence] == [COUNT]
    assert _contents(place) == before


async def test_a_library_of_older_data_that_can_only_be_read_is_read(library: Path, place: Path) -> None:
    with only_readable(library.parent):
        async with SqliteStore(library, place / "newer") as store:
            assert [trend.name.ko for trend in await store.list_all(Trend)] == ["통역"]
            await _shows(store)


async def test_a_library_that_somebody_else_uses_is_read_as_it_is_now(library: Path, place: Path) -> None:
    async with SqliteStore(library, place / "data") as owner:
        added = await owner.add_text(_ANOTHER)
        with only_readable(library.parent):
            async with SqliteStore(library, place / "data") as store:
                text = await store.get_text(added.article.id)
    assert text
    assert text.body == _ANOTHER


async def test_a_library_whose_latest_changes_cannot_be_read_is_not_read(
    library: Path, place: Path, caplog: pytest.LogCaptureFixture
) -> None:
    copied = place / "copied"
    copied.mkdir()
    async with SqliteStore(library, place / "data") as owner:
        await owner.add_text(_ANOTHER)
        for one in (library, library.with_name(f"{library.name}-wal")):
            shutil.copy(one, copied)
    with only_readable(copied):
        async with SqliteStore(copied / library.name, place / "data") as store:
            assert await store.get_text("moonlight") is None
    assert "its texts are not shown" in caplog.text
