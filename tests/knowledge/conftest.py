"""Shared fixtures of store tests: invented data, and every store over it."""

from pathlib import Path

import pytest

from knowledge.store.store import Store
from tests.knowledge.samples import ARTICLE, COST, MONEY, folder, sealed
from tests.knowledge.stores import ENGINES, Open


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Create a data folder with an invented article and two claims."""
    claim = ARTICLE[ARTICLE.index("[[claims]]") :].partition("[[claims.figures]]")[0]
    second = claim.replace("moonlight.models", "moonlight.cost").replace(
        "모형 열네 개를 발표했다", "학습에 큰돈을 썼다고 한다"
    )
    second = second.replace("presented fourteen models", "reportedly spent a fortune on training").rstrip()
    return folder(
        tmp_path / "data",
        f'{ARTICLE}\n{second}\nperiod = "2024"\ncost_basis = "final_training_run"\n{MONEY}{sealed(COST)}',
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the path of a library that does not exist yet."""
    return tmp_path / "library" / "library.sqlite3"


@pytest.fixture(params=ENGINES)
def open_store(request: pytest.FixtureRequest, tmp_path: Path, data: Path) -> Open:
    """Open every store."""
    return _opening(request.param, tmp_path / "library", data)


@pytest.fixture(params=[name for name, engine in ENGINES.items() if engine.keeps])
def open_kept(request: pytest.FixtureRequest, tmp_path: Path, data: Path) -> Open:
    """Open every persistent store."""
    return _opening(request.param, tmp_path / "library", data)


def _opening(engine: str, place: Path, usual: Path) -> Open:
    def open_it(data: Path | None = None) -> Store:
        return ENGINES[engine].open(place, data or usual)

    return open_it
