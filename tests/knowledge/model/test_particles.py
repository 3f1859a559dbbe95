import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model.particles import choose_particle, fill_template
from knowledge.model.records import Bilingual

MISSING = Bilingual(ko="{noun} ‘{name}’은(는) 없습니다", en="there is no {noun} ‘{name}’")


@pytest.mark.parametrize(
    ("before", "particle", "expected"),
    [
        ("한국", "은(는)", "은"),
        ("나라", "은(는)", "는"),
        ("‘김치’", "이(가)", "가"),
        ("‘김밥’", "이(가)", "이"),
        ("서울", "(으)로", "로"),
        ("한국", "(으)로", "으로"),
        ("나라", "(으)로", "로"),
        ("GPT-4", "은(는)", "는"),
        ("GPT-3", "은(는)", "은"),
        ("2021", "(으)로", "로"),
        ("10", "을(를)", "을"),
        ("Grok", "이(가)", "이"),
        ("Claude", "이(가)", "가"),
        ("Google", "과(와)", "과"),
        ("OpenAI", "과(와)", "와"),
        ("LLM", "을(를)", "을"),
        ("GPT", "을(를)", "를"),
        ("`anthropic.claude-cost`", "은(는)", "는"),
        ("미국(USA)", "은(는)", "은"),
    ],
)
def test_a_particle_fits_the_sound_before_it(before: str, particle: str, expected: str) -> None:
    assert choose_particle(before, particle) == expected


@given(st.text(max_size=40))
def test_no_name_leaves_a_particle_undecided(name: str) -> None:
    text = fill_template("‘{name}’은(는) 없습니다", {"name": name})
    assert text in (f"‘{name}’은 없습니다", f"‘{name}’는 없습니다")


def test_what_a_reader_wrote_stays_as_written() -> None:
    assert fill_template("{name}을(를) 찾지 못했습니다", {"name": "은(는)"}) == "은(는)을 찾지 못했습니다"


def test_a_template_takes_each_value_in_its_language() -> None:
    text = MISSING.format(noun=Bilingual(ko="동향", en="trend"), name="김치")
    assert (text.ko, text.en) == ("동향 ‘김치’는 없습니다", "there is no trend ‘김치’")
