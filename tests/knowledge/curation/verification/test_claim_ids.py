"""Ids of claims."""

import re

from hypothesis import given
from hypothesis import strategies as st

from knowledge.curation.verification.claim_ids import make_claim_id
from tests.knowledge.curation.verification.invented_articles import make_draft, verify


def test_a_name_is_made_of_the_english_statement() -> None:
    assert verify(make_draft()).claims[0].id == "garam-launch.haesol-tech-s-garam-2"
    assert verify(make_draft(name="garam-2-size")).claims[0].id == "garam-launch.garam-2-size"


@given(st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,5}", fullmatch=True), st.text(max_size=80), st.integers(1, 12))
def test_ids_are_unique_slugs_of_bounded_length(article: str, statement: str, times: int) -> None:
    taken: list[str] = []
    for _ in range(times):
        taken.append(make_claim_id(article, None, statement, taken))
    assert len(set(taken)) == times
    assert all(
        re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*", claim_id) and len(claim_id) <= 100
        for claim_id in taken
    )
