"""Ids of claims."""

import re

from hypothesis import given
from hypothesis import strategies as st

from knowledge.curation.verification.claim_ids import call
from tests.knowledge.curation.verification.ground import draft, judged


def test_a_name_is_made_of_the_english_statement() -> None:
    assert judged(draft()).claims[0].id == "garam-launch.haesol-tech-s-garam-2"
    assert judged(draft(name="garam-2-size")).claims[0].id == "garam-launch.garam-2-size"


@given(st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,5}", fullmatch=True), st.text(max_size=80), st.integers(1, 12))
def test_ids_are_unique_slugs_of_bounded_length(article: str, statement: str, times: int) -> None:
    taken: list[str] = []
    for _ in range(times):
        taken.append(call(article, None, statement, taken))
    assert len(set(taken)) == times
    assert all(
        re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*", one) and len(one) <= 100 for one in taken
    )
