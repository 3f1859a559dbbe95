"""Countries that a text names, and what a misspelt one may have been."""

import pytest

from knowledge import KnowledgeBase
from knowledge.figures import places
from knowledge.library import SqliteStore
from knowledge.model.records import Entity


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("일본은 초거대 AI 모델을 몇 개 내놓았나?", ("JPN",)),
        ("2024년 대만과 우리나라의 초거대 모델 수", ("TWN", "KOR")),
        ("how many AI models did the US and north korea release in 2024?", ("USA", "PRK")),
        ("the Democratic Republic of the Congo and Hong Kong", ("COD", "HKG")),
        ("Japan vs Korea large models", ("JPN", "KOR")),
        ("유럽과 미국의 초거대 AI 모델 수", ("USA",)),
        ("How many models in North America?", ()),
        ("How many large models in New Mexico?", ()),
        ("How many large models has Northern Ireland?", ()),
        ("How many models did Jordan Peterson release?", ()),
    ],
)
async def test_countries_are_found_by_whole_names(packaged: SqliteStore, text: str, codes: tuple[str, ...]) -> None:
    entities = {entity.id: entity for entity in await packaged.list_all(Entity)}
    assert places.find_countries(text, await packaged.get_lexicon(), entities) == codes


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("Frnace", "Did you mean France?"),
        ("대한민궁", "Did you mean South Korea?"),
        ("일봄", "Did you mean Japan?"),
        ("EU", "Regions such as the EU are not counted"),
        ("유럽", "Regions such as the EU are not counted"),
    ],
)
async def test_a_country_that_is_none_is_answered_with_what_may_be_meant(
    packaged: SqliteStore, name: str, note: str
) -> None:
    answer = await KnowledgeBase(packaged).country_counts([name], language="en")
    assert note in answer.notes[0]
    assert answer.not_found == (name,)
