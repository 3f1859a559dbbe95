"""Articles are Korean or English, by their letters."""

import pytest

from knowledge.ingest.document import RefusedError
from knowledge.ingest.language import detect_language
from tests.knowledge.ingest.sample_pages import ENGLISH, PARAGRAPHS


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (PARAGRAPHS[0], "ko"),
        (ENGLISH[0], "en"),
        ("GPT-5와 Claude, Gemini 3 Pro를 나란히 놓고 TTFT와 TPS를 쟀다.", "ko"),
        ("The company 가온 said that its model 마루 runs on a phone.", "en"),
        ("人工知能 硏究所가 模型을 公開했다.", "ko"),
    ],
)
def test_a_language_is_told_by_its_letters(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    "text", ["中文新闻：模型在手机上运行。", "携帯電話で動くモデルが公開されました。", "Модель работает на телефоне."]
)
def test_another_script_is_refused_since_it_would_be_called_what_it_is_not(text: str) -> None:
    with pytest.raises(RefusedError, match="neither Korean nor English"):
        detect_language(text)


def test_numbers_alone_are_no_text() -> None:
    with pytest.raises(RefusedError, match="no words"):
        detect_language("1 2 3 -- 4")
