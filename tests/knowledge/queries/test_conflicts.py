"""Tests of conflicting figures: new figures are shown beside old ones and replace none."""

from decimal import Decimal
from typing import Any

import pytest

from knowledge.model.records import Bilingual, Claim, Entity, Evidence, Figure
from knowledge.queries.conflicts import detect_conflicts

_ENTITIES = {"lab": Entity(id="lab", type="organisation", name=Bilingual(ko="연구소", en="Lab"))}


def claim(article: str, value: str, *, status: Any = "current", kind: Any = "figure", **figure: Any) -> Claim:
    fields = {"measure": "staff", "subject": "lab", "unit": "people", "period": "2025", "raw": value} | figure
    return Claim(
        id=f"{article}.staff",
        article=article,
        kind=kind,
        status=status,
        statement=Bilingual(ko="연구소 사람 수", en="Staff of the lab"),
        figures=(Figure(value=Decimal(value), **fields),),
        evidence=(Evidence(article=article, start=0, end=1, sha256="0" * 64),),
    )


def found(*claims: Claim, sources: dict[str, str] | None = None) -> list[list[tuple[str, ...]]]:
    own = {claim.article: claim.article for claim in claims}
    conflicts = detect_conflicts(claims, own | (sources or {}), _ENTITIES)
    return [[side.claims for side in conflict.sides] for conflict in conflicts]


def test_two_sources_that_differ_are_two_sides() -> None:
    assert found(claim("one", "14"), claim("two", "15"), claim("three", "14")) == [
        [("one.staff", "three.staff"), ("two.staff",)]
    ]


@pytest.mark.parametrize(
    "other",
    [
        claim("two", "14"),
        claim("two", "15", period="2026"),
        claim("two", "15", period=None),
        claim("two", "15", measure="guests"),
        claim("two", "15", unit="items"),
        claim("two", "15", status="retracted"),
        claim("two", "15", status="superseded"),
        claim("two", "15", kind="forecast"),
        claim("two", "15", bound="about"),
        claim("two", "10", bound="at_least"),
        claim("two", "20", bound="less_than"),
        claim("two", "10", bound="between", upper=Decimal(20)),
    ],
    ids=lambda claim: f"{claim.figures[0].bound} {claim.figures[0].period} {claim.status} {claim.kind}",
)
def test_figures_of_different_things_or_that_may_both_be_right_are_no_conflict(other: Claim) -> None:
    assert found(claim("one", "14"), other) == []


def test_copies_of_one_text_do_not_conflict() -> None:
    assert found(claim("one", "14"), claim("two", "15"), sources={"two": "one"}) == []


@pytest.mark.parametrize(("value", "bound"), [("14", "less_than"), ("14", "more_than")])
def test_a_bound_that_excludes_its_number_conflicts_with_it(value: str, bound: str) -> None:
    assert found(claim("one", "14"), claim("two", value, bound=bound))
