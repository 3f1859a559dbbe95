"""Drafts of two more invented texts: agency copy with a filing and a broker in Korean, a survey in English."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from knowledge.curation.verification import VerificationContext, verify_drafts
from knowledge.model.records import Bilingual, Entity, Language
from knowledge.text.analysis.lexicon import Lexicon
from tests.knowledge.curation.verification.invented_articles import make_article

_TABLE = tomllib.loads(Path(__file__).with_name("later.toml").read_text(encoding="utf-8"))
_ENTITIES = {
    identity: Entity(id=identity, type=kind, name=Bilingual(ko=ko, en=en), aliases=aliases)
    for identity, kind, ko, en, *aliases in _TABLE["entities"]
}


def _ground(language: Language) -> VerificationContext:
    body = _TABLE["texts"][language]
    record = make_article(body, f"later-{language}", _TABLE["published"], language)
    return VerificationContext(record, body, Lexicon(_ENTITIES.values(), (), ()), _ENTITIES, {})


@pytest.mark.parametrize("case", _TABLE["drafts"], ids=lambda case: case["statement_en"][:60])
def test_right_ones_are_accepted_and_wrong_ones_refused(case: dict[str, Any]) -> None:
    draft = {name: value for name, value in case.items() if name not in {"text", "right"}}
    verdict = verify_drafts([draft], [], _ground(case["text"]), "en").verdicts[0]
    assert (verdict.status == "accepted") == case["right"], verdict.refusals
