from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from knowledge.model import records
from knowledge.model.records import (
    Article,
    Bilingual,
    Claim,
    Disagreement,
    Entity,
    Evidence,
    Figure,
    Passage,
    Term,
    Trend,
    Value,
    check_period,
    parse_period,
)

SHA = "0" * 64

EVIDENCE = {"article": "moonlight", "start": 3, "end": 9, "sha256": SHA}

FIGURE = {"measure": "models_released", "subject": "moonlight-lab", "value": "14", "unit": "models", "raw": "14개"}

MONEY = {"measure": "training_cost", "subject": "moonlight-lab", "value": "4600000", "unit": "USD", "raw": "460만 달러"}

CLAIM = {
    "id": "moonlight.models",
    "article": "moonlight",
    "kind": "fact",
    "statement": {"ko": "한 연구소가 모형을 발표했다.", "en": "One laboratory presented models."},
    "evidence": [EVIDENCE],
}

ARTICLE = {"id": "moonlight", "about": {"ko": "지어낸 글", "en": "Made up"}, "length": 9, "sha256": SHA}


def claim(**changes: Any) -> Claim:
    return Claim.model_validate({**CLAIM, **changes})


def figure(**changes: Any) -> Figure:
    return Figure.model_validate({**FIGURE, **changes})


def evidence(**changes: Any) -> Evidence:
    return Evidence.model_validate({**EVIDENCE, **changes})


def article(**changes: Any) -> Article:
    return Article.model_validate({**ARTICLE, **changes})


def test_a_claim_without_evidence_is_refused() -> None:
    with pytest.raises(ValidationError, match="evidence"):
        claim(evidence=[])


def test_a_claim_that_never_mentions_evidence_is_refused() -> None:
    with pytest.raises(ValidationError, match="evidence"):
        Claim.model_validate({key: value for key, value in CLAIM.items() if key != "evidence"})


def test_a_claim_begins_with_the_name_of_its_article() -> None:
    with pytest.raises(ValidationError, match=r"id 'moonlight.models' must begin with 'starlight\.'"):
        claim(article="starlight")


@pytest.mark.parametrize("attribution", ["direct", "indirect", "unnamed"])
def test_words_of_somebody_have_a_speaker(attribution: str) -> None:
    assert claim(attribution=attribution, speaker="moonlight-lab").speaker == "moonlight-lab"
    with pytest.raises(ValidationError, match="give `speaker` with every attribution except `author`"):
        claim(attribution=attribution)


def test_the_articles_own_voice_has_no_speaker() -> None:
    with pytest.raises(ValidationError, match="give `speaker` with every attribution except `author`"):
        claim(speaker="moonlight-lab")


def test_a_claim_of_kind_figure_has_a_figure() -> None:
    assert claim(kind="figure", figures=[FIGURE]).figures == (figure(),)
    with pytest.raises(ValidationError, match="needs at least one figure"):
        claim(kind="figure")


def test_a_claim_with_money_says_what_the_cost_is_the_cost_of() -> None:
    assert claim(figures=[MONEY], cost_basis="final_training_run").cost_basis == "final_training_run"
    with pytest.raises(ValidationError, match="a claim with money needs `cost_basis`"):
        claim(figures=[FIGURE, MONEY])


def test_a_cost_may_be_spoken_of_without_a_figure() -> None:
    assert claim(cost_basis="price_unspecified").figures == ()


def test_only_currencies_are_money() -> None:
    assert figure(unit="USD").is_money
    assert not figure(unit="models").is_money


def test_a_range_has_two_ends_and_nothing_else_has() -> None:
    assert str(figure(bound="between", upper="20").upper) == "20"
    for changes in ({"bound": "between"}, {"upper": "20"}, {"bound": "at_least", "upper": "20"}):
        with pytest.raises(ValidationError, match="give `upper` with bound `between`, and only then"):
            figure(**changes)


def test_the_digits_of_a_value_are_kept_as_they_were_given() -> None:
    one = figure(value="0.10")
    assert str(one.value) == "0.10"
    assert Figure.model_validate_json(one.model_dump_json()) == one


@pytest.mark.parametrize("value", ["NaN", "Infinity", "14개", ""])
def test_a_value_is_a_number(value: str) -> None:
    with pytest.raises(ValidationError, match="value"):
        figure(value=value)


@pytest.mark.parametrize("unit", ["usd dollars", "Usd", "US", "%", "", "달러"])
def test_a_unit_is_a_currency_code_or_a_plain_word(unit: str) -> None:
    with pytest.raises(ValidationError, match="unit"):
        figure(unit=unit)


def test_the_raw_number_is_short_and_no_sentence() -> None:
    with pytest.raises(ValidationError, match="raw"):
        figure(raw="1" * 25)
    with pytest.raises(ValidationError, match="raw"):
        figure(raw="")


@given(st.integers(0, 1000), st.integers(1, 1000))
def test_evidence_ends_after_it_starts(start: int, end: int) -> None:
    if end > start:
        assert (evidence(start=start, end=end).start, evidence(start=start, end=end).end) == (start, end)
    else:
        with pytest.raises(ValidationError, match=f"end {end} must be greater than start {start}"):
            evidence(start=start, end=end)


@pytest.mark.parametrize("changes", [{"start": -1}, {"sha256": "0" * 63}, {"sha256": "A" * 64}, {"role": "decoration"}])
def test_evidence_that_cannot_be_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=next(iter(changes))):
        evidence(**changes)


def test_what_an_article_does_not_say_is_unknown() -> None:
    one = article()
    assert (one.title, one.publisher, one.author, one.editor, one.published, one.coverage, one.url) == (None,) * 7


def test_an_article_may_say_on_which_day_it_was_curated() -> None:
    assert article(curated="2026-11-22").curated == date(2026, 11, 22)
    assert article().curated is None
    with pytest.raises(ValidationError, match="curated"):
        article(curated="last week")


def test_a_claim_names_what_it_is_about_who_says_it_and_what_has_its_figures() -> None:
    said = claim(entities=("a",), speaker="b", attribution="direct", figures=(figure(subject="c", publisher="d"),))
    assert said.named == {"a", "b", "c"}


@pytest.mark.parametrize("field", ["published", "coverage"])
def test_a_date_of_an_article_is_a_period(field: str) -> None:
    assert getattr(article(**{field: "2020/2024"}), field) == "2020/2024"
    with pytest.raises(ValidationError, match="'작년' is not a date"):
        article(**{field: "작년"})


@pytest.mark.parametrize("field", ["period", "asserted"])
def test_a_time_of_a_claim_is_a_period(field: str) -> None:
    assert getattr(claim(**{field: "2025/.."}), field) == "2025/.."
    with pytest.raises(ValidationError, match="ends before it begins"):
        claim(**{field: "2025/2024"})


@pytest.mark.parametrize(
    "identity", ["Moonlight", "moon_light", "moon--light", "-moon", "moon-", "달빛", "moon light", "", "m" * 65]
)
def test_an_id_is_plain_words_with_hyphens(identity: str) -> None:
    with pytest.raises(ValidationError, match="id"):
        article(id=identity)


@pytest.mark.parametrize("identity", ["moonlight", "moonlight.", ".models", "moonlight.a.b", "moonlight.Models"])
def test_a_claims_id_is_two_ids_with_a_dot_between(identity: str) -> None:
    with pytest.raises(ValidationError, match="id"):
        claim(id=identity)


@pytest.mark.parametrize("line", ["", " ", " 달빛", "달빛 ", "달\n빛"])
def test_our_own_texts_are_one_line_without_blanks_around_it(line: str) -> None:
    with pytest.raises(ValidationError, match="ko"):
        Bilingual(ko=line, en="moonlight")


def test_a_text_is_said_in_the_language_asked_for() -> None:
    text = Bilingual(ko="달빛", en="moonlight")
    assert (text.in_language("ko"), text.in_language("en")) == ("달빛", "moonlight")


def test_a_stance_is_one_of_three() -> None:
    assert claim(trends={"translation": "disputes"}).trends == {"translation": "disputes"}
    with pytest.raises(ValidationError, match="trends"):
        claim(trends={"translation": "loves"})


def test_a_country_code_and_a_wikidata_item_have_their_form() -> None:
    name = Bilingual(ko="달나라", en="Moonland")
    assert Entity(id="moonland", type="country", name=name, iso="MOO", wikidata="Q1").iso == "MOO"
    for field, wrong in (("iso", "moo"), ("iso", "MO"), ("wikidata", "1"), ("wikidata", "Q")):
        with pytest.raises(ValidationError, match=field):
            Entity.model_validate({"id": "moonland", "type": "country", "name": name, field: wrong})


def test_a_disagreement_has_two_sides_each_with_a_claim() -> None:
    text = {"ko": "가", "en": "a"}
    side = {"position": text, "claims": ["moonlight.models"]}
    whole: dict[str, Any] = {"id": "size", "question": text, "trends": ["translation"], "sides": [side, side]}
    assert len(Disagreement.model_validate(whole).sides) == 2
    wrongs: list[dict[str, Any]] = [{"sides": [side]}, {"sides": [side, {**side, "claims": []}]}, {"trends": []}]
    for wrong in wrongs:
        with pytest.raises(ValidationError, match=r"sides|trends"):
            Disagreement.model_validate({**whole, **wrong})


def test_a_term_has_two_words_or_more() -> None:
    with pytest.raises(ValidationError, match="words"):
        Term(id="release", words=("launch",))


def test_a_field_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        claim(confidence="high")


def test_values_do_not_change() -> None:
    one = claim()
    with pytest.raises(ValidationError, match="frozen"):
        one.kind = "forecast"  # type: ignore[misc]


def test_a_claim_survives_being_written_and_read() -> None:
    one = claim(
        kind="figure",
        figures=[MONEY],
        cost_basis="final_training_run",
        trends={"translation": "supports"},
        period="2024",
    )
    assert Claim.model_validate_json(one.model_dump_json()) == one
    assert Claim.model_validate_json(one.model_dump_json(exclude_defaults=True)) == one


@pytest.mark.parametrize("kind", [Article, Claim, Evidence, Figure, Passage, Trend, Entity, Disagreement, Term])
def test_every_value_is_frozen_closed_and_describes_itself(kind: type[Value]) -> None:
    assert kind.model_config.get("frozen") is True
    assert kind.model_config.get("extra") == "forbid"
    assert kind.__doc__
    assert kind.__doc__ != Value.__doc__


@pytest.mark.parametrize("kind", [Article, Claim, Evidence, Figure])
def test_the_fields_that_a_model_reads_say_what_they_are(kind: type[Value]) -> None:
    undescribed = [name for name, field in kind.model_fields.items() if not field.description]
    assert undescribed == []


def test_the_word_for_a_claim_is_claim_and_not_fact() -> None:
    assert not hasattr(records, "Fact")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
        ("2026-01-03", date(2026, 1, 3), date(2026, 1, 3)),
        ("2026-01-03T09:30", date(2026, 1, 3), date(2026, 1, 3)),
        ("2026-01-03T09:30:15", date(2026, 1, 3), date(2026, 1, 3)),
        ("2020/2024", date(2020, 1, 1), date(2024, 12, 31)),
        ("2020-03/2024-05-13", date(2020, 3, 1), date(2024, 5, 13)),
        ("2024/2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2025/..", date(2025, 1, 1), date.max),
        ("../2025", date.min, date(2025, 12, 31)),
        ("0001", date.min, date(1, 12, 31)),
        ("9999-12", date(9999, 12, 1), date.max),
    ],
)
def test_a_period_reaches_from_its_first_day_to_its_last(text: str, first: date, last: date) -> None:
    assert parse_period(text) == (first, last)
    assert check_period(text) == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is not a date"),
        ("올해", "is not a date"),
        ("24", "is not a date"),
        ("2024-5", "is not a date"),
        ("2024.05.13", "is not a date"),
        ("2024-05-13 09:30", "is not a date"),
        ("2024-05T09:30", "is not a date"),
        (" 2024", "is not a date"),
        ("..", "is not a date"),
        ("2024/", "is not a date"),
        ("/2024", "is not a date"),
        ("2020/2022/2024", "is not a date"),
        ("2024-13", "is no day of the calendar"),
        ("2023-02-29", "is no day of the calendar"),
        ("2024-02-30", "is no day of the calendar"),
        ("0000", "is no day of the calendar"),
        ("2024/2020", "ends before it begins"),
        ("2024-05-13/2024-05-12", "ends before it begins"),
        ("../..", "says nothing: give at least one date"),
    ],
)
def test_what_is_no_period_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        check_period(text)


def test_a_refusal_shows_what_was_given_and_how_dates_are_written() -> None:
    with pytest.raises(
        ValueError, match=r"^'작년' is not a date: write 2024, 2024-05, 2024-05-13, or two of them as 2020/2024$"
    ):
        check_period("작년")


@given(st.dates())
def test_any_day_is_a_period_of_one_day_within_its_month_within_its_year(day: date) -> None:
    text = day.isoformat()
    month, year = parse_period(text[:7]), parse_period(text[:4])
    assert parse_period(text) == (day, day)
    assert year[0] <= month[0] <= day <= month[1] <= year[1]
    assert month[0].day == 1
    assert month[1] == date.max or (month[1] + timedelta(days=1)).day == 1


@given(st.dates(), st.dates())
def test_two_dates_are_a_period_only_in_their_order(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert parse_period(f"{first}/{last}") == (first, last)
    if first < last:
        with pytest.raises(ValueError, match="ends before it begins"):
            parse_period(f"{last}/{first}")


@pytest.mark.parametrize("text", ["2024-00", "2024-05-00", "2024-00-10", "2024-01-01T99:99", "2024\n", "٢٠٢٤"])
def test_what_only_looks_like_a_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no"):
        check_period(text)
