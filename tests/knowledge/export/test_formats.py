import pytest

from knowledge import UnanswerableError
from knowledge.export.formats import FORMATS, write
from tests.knowledge.export.sample_library import full


@pytest.mark.parametrize("format", [each.name for each in FORMATS])
def test_the_same_knowledge_is_the_same_text_in_every_format(format: str) -> None:  # noqa: A002
    for language in ("ko", "en"):
        written = write(full(), format, "ko" if language == "ko" else "en")
        assert written == write(full(), format, "ko" if language == "ko" else "en")
        assert written.encode().endswith(b"\n")


def test_names_and_endings_are_told_apart() -> None:
    assert len({each.name for each in FORMATS}) == len({each.ending for each in FORMATS}) == len(FORMATS)


def test_an_unknown_format_is_answered_with_those_there_are() -> None:
    with pytest.raises(UnanswerableError, match="There are: markdown, csv, csv-figures, bibtex, csl, jsonl, jsonld"):
        write(full(), "docx", "en")
