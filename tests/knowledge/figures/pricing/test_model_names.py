import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.datasets import packaged
from knowledge.figures.pricing.model_names import (
    Resolution,
    find_exact,
    get_line,
    get_version,
    is_bare,
    make_key,
    resolve,
)
from tests.conftest import ROOT
from tests.knowledge.datasets import epoch

LISTED = (
    "GPT-4", "GPT-4 Turbo", "GPT-4o", "GPT-4o mini", "GPT-4.1", "GPT-3 175B (davinci)", "o1", "o1-mini", "o1-preview",
    "Claude", "Claude 2", "Claude 3.5 Sonnet", "Claude 3.7 Sonnet", "Claude Sonnet 4", "Claude Sonnet 4.5", "Claude 3 Opus",
    "Kimi K2", "Kimi K2 Thinking", "Kimi K2.5", "DeepSeek-V3", "DeepSeek-V3.1", "DeepSeek-R1", "Llama 3.1-405B", "Llama 3.1-70B",
    "Gemini 1.0 Ultra", "Gemini 2.5 Pro", "PaLM (540B)", "HyperCLOVA X", "EXAONE 3.5 32B",
)  # fmt: skip
VERSIONS = st.from_regex(r"[1-9]\.[1-9]", fullmatch=True)
WORDS = st.lists(
    st.sampled_from("claude sonnet opus haiku gemini pro ultra kimi deepseek thinking".split()),
    min_size=1,
    max_size=3,
    unique=True,
)
SEPARATORS = st.sampled_from([" ", "-", "_", "  ", " - "])


@pytest.mark.parametrize(
    ("spelling", "model"),
    [
        ("gpt 4o", "GPT-4o"),
        ("gpt4o", "GPT-4o"),
        ("ＧＰＴ－４ｏ", "GPT-4o"),
        ("지피티 4o", "GPT-4o"),
        ("지피티4o 미니", "GPT-4o mini"),
        ("openai/gpt-4o", "GPT-4o"),
        ("OpenAI o1", "o1"),
        ("오픈AI o1 미니", "o1-mini"),
        ("클로드 소넷 4.5", "Claude Sonnet 4.5"),
        ("Claude 4.5 Sonnet", "Claude Sonnet 4.5"),
        ("claude-sonnet-4-5", "Claude Sonnet 4.5"),
        ("claude-3-5-sonnet-latest", "Claude 3.5 Sonnet"),
        ("Claude Sonnet 3.5", "Claude 3.5 Sonnet"),
        ("클로드 3 오푸스", "Claude 3 Opus"),
        ("딥시크 R1", "DeepSeek-R1"),
        ("deepseek v3p1", "DeepSeek-V3.1"),
        ("라마 3.1 405B", "Llama 3.1-405B"),
        ("meta-llama/Meta-Llama-3.1-405B-Instruct", "Llama 3.1-405B"),
        ("Kimi K2 씽킹", "Kimi K2 Thinking"),
        ("키미 K2 싱킹", "Kimi K2 Thinking"),
        ("키미케이투", "Kimi K2"),
        ("moonshotai/kimi-k2.5", "Kimi K2.5"),
        ("제미나이 2.5 프로", "Gemini 2.5 Pro"),
        ("구글 제미나이 1 울트라", "Gemini 1.0 Ultra"),
        ("하이퍼클로바X", "HyperCLOVA X"),
        ("엑사원 3.5 (32B)", "EXAONE 3.5 32B"),
    ],
)
def test_a_name_is_read_as_people_write_it(spelling: str, model: str) -> None:
    found = resolve(spelling, LISTED)
    assert (found.exact, found.other_snapshot) == ((model,), False)


@pytest.mark.parametrize(
    ("spelling", "never"),
    [
        ("GPT-4", "GPT-4o"),
        ("GPT-4", "GPT-4.1"),
        ("GPT-4", "GPT-4 Turbo"),
        ("Kimi K2", "Kimi K2 Thinking"),
        ("Kimi K2", "Kimi K2.5"),
        ("Claude 3.5 Sonnet", "Claude 3.7 Sonnet"),
        ("Claude Sonnet 4", "Claude Sonnet 4.5"),
        ("o1", "o1-mini"),
        ("o1", "o1-preview"),
        ("o1-preview", "o1"),
        ("Llama 3.1-405B", "Llama 3.1-70B"),
        ("Llama 3.1-405M", "Llama 3.1-405B"),
        ("DeepSeek-V3", "DeepSeek-V3.1"),
        ("DeepSeek-V3", "DeepSeek-R1"),
        ("GPT-3", "GPT-3 175B (davinci)"),
        ("Grok 4.2", "Grok 4.20"),
        ("gpt-3.5-turbo-instruct", "GPT-3.5 Turbo"),
        ("클라우드 3.5 소넷", "Claude 3.5 Sonnet"),
    ],
)
def test_a_near_name_is_never_taken_for_another(spelling: str, never: str) -> None:
    assert resolve(spelling, [never]).exact == ()
    assert never not in resolve(spelling, LISTED).exact


def test_an_exact_name_counts_even_where_a_family_begins_with_it() -> None:
    assert resolve("GPT-4", LISTED) == Resolution(("GPT-4",))
    assert resolve("Kimi K2", LISTED) == Resolution(("Kimi K2",))


def test_what_lacks_a_part_is_answered_with_those_that_have_it() -> None:
    assert resolve("클로드 소넷", LISTED).candidates == (
        "Claude 3.5 Sonnet",
        "Claude 3.7 Sonnet",
        "Claude Sonnet 4",
        "Claude Sonnet 4.5",
    )
    assert resolve("Llama 3.1", LISTED).candidates == ("Llama 3.1-405B", "Llama 3.1-70B")
    assert resolve("GPT-3", LISTED).candidates == ("GPT-3 175B (davinci)",)
    assert not resolve("GPT", LISTED).exact


def test_a_familys_bare_word_has_candidates_even_where_a_model_once_had_it_alone() -> None:
    found = resolve("Claude", LISTED)
    assert found.exact == ("Claude",)
    assert "Claude Sonnet 4.5" in found.candidates
    assert is_bare("클로드")
    assert not is_bare("o1")


def test_a_slip_is_offered_and_not_taken() -> None:
    found = resolve("gtp-4o", LISTED)
    assert found.exact == found.candidates == ()
    assert found.near[0] == "GPT-4o"


def test_an_unknown_name_is_like_nothing() -> None:
    for name in ("Blorptron 9000", "", "   ", "!?", "챗봇 만세"):
        assert resolve(name, LISTED) == Resolution()


def test_a_snapshot_counts_only_where_the_undated_is_not_there() -> None:
    both = ["gpt-4o", "gpt-4o-2024-05-13", "gpt-4o-2024-08-06"]
    assert resolve("GPT-4o", both) == Resolution(("gpt-4o",))
    assert resolve("gpt-4o-20240513", both) == Resolution(("gpt-4o-2024-05-13",))
    assert resolve("GPT-4o", both[1:]) == Resolution((*both[1:],), other_snapshot=True)
    assert resolve("gpt-4o-2024-11-20", both) == Resolution(("gpt-4o",), other_snapshot=True)
    elsewhere = resolve("gpt-4o-2024-11-20", both[1:])
    assert (elsewhere.exact, elsewhere.candidates) == ((), (*both[1:],))


@pytest.mark.parametrize(
    ("name", "snapshot"),
    [
        ("claude-sonnet-4-5-20250929", "2025-09-29"),
        ("global.anthropic.claude-sonnet-4-5-20250929-v1:0", "2025-09-29"),
        ("DeepSeek-R1 (May 2025)", "2025-05"),
        ("kimi-k2-0711-preview", "07-11"),
        ("mistral-large-2411", "2024-11"),
        ("Mistral Large (24.02)", "2024-02"),
        ("Gemini 2.5 Flash Preview 05-20", "05-20"),
        ("r1-1776", None),
        ("llama3-70b-8192", None),
        ("Claude 2.0 / 2.1", None),
    ],
)
def test_a_date_in_a_name_is_a_snapshot_and_no_version(name: str, snapshot: str | None) -> None:
    assert make_key(name).snapshot == snapshot


def test_an_instruct_model_of_a_size_is_that_size_unless_the_plain_one_is_there() -> None:
    listed = ["llama-3.1-405b", "llama-3.1-405b-instruct"]
    assert find_exact("Llama 3.1 405B", listed).names == ("llama-3.1-405b",)
    assert find_exact("Llama 3.1 405B", listed[1:]).names == ("llama-3.1-405b-instruct",)
    assert find_exact("Llama 3.1 405B Instruct", listed).names == ("llama-3.1-405b-instruct",)


def test_newer_versions_are_greater() -> None:
    names = ["mistral-7b", "GPT-4 32k", "Grok 4.20", "Grok 4.3", "claude-opus-5-5", "GPT-6.1 Sol"]
    assert sorted(names, key=get_version) == names
    assert get_line("claude-opus-4-5") == get_line("Claude Opus 5") == {"claude", "opus"}


@given(WORDS, VERSIONS, SEPARATORS, st.booleans(), st.data())
def test_order_case_and_separators_do_not_matter(
    words: list[str], number: str, separator: str, upper: bool, data: st.DataObject
) -> None:
    parts = [*words, number]
    spelling = separator.join(data.draw(st.permutations(parts)))
    assert make_key(spelling.upper() if upper else spelling.title()) == make_key(" ".join(parts))


@given(st.integers(1, 9), st.integers(1, 9), SEPARATORS)
def test_a_versions_point_may_be_written_as_a_hyphen(major: int, minor: int, separator: str) -> None:
    dotted = make_key(f"claude sonnet {major}.{minor}")
    assert make_key(f"claude-{major}-{minor}-sonnet") == dotted
    assert make_key(separator.join(["claude", "sonnet", str(major), str(minor)])) == dotted
    assert make_key(f"claude-{major}{minor}-sonnet") != dotted


@given(st.text(max_size=80))
def test_any_text_has_a_key_that_its_own_words_keep(name: str) -> None:
    tokens = make_key(name).tokens
    assert all(token.strip() for token in tokens)
    assert make_key(name.casefold()) == make_key(name)


@given(st.lists(st.sampled_from(LISTED), min_size=1, unique=True), st.data())
def test_a_listed_name_is_itself(listed: list[str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(listed))
    found = resolve(name, listed)
    assert found.exact == (name,)
    assert not found.other_snapshot


def test_every_packaged_model_and_entity_is_itself() -> None:
    models = [model.model for model in packaged.read_costs().models]
    with (ROOT / "knowledge" / "data" / "entities.toml").open("rb") as file:
        entities = [entity for entity in tomllib.load(file)["entities"] if entity["type"] == "model"]
    names = [name for entity in entities for name in (entity["name"]["ko"], entity["name"]["en"], *entity["aliases"])]
    for name in models + names:
        assert name in resolve(name, models + names).exact, name


def test_every_name_in_a_real_table_is_itself() -> None:
    names = [model.model for model in (*epoch.notable().models, *epoch.large_scale("2026-02-16").models)]
    for name in names:
        found = resolve(name, names)
        assert name in found.exact
        assert {make_key(match) for match in found.exact} == {make_key(name)}


def test_the_names_of_a_model_entity_in_both_languages_are_one() -> None:
    with (ROOT / "knowledge" / "data" / "entities.toml").open("rb") as file:
        entities = {entity["id"]: entity for entity in tomllib.load(file)["entities"]}
    for entity in ("exaone", "gemini", "gpt-4o", "kimi-k2", "kimi-k2-thinking", "hyperclova-x", "o1"):
        name = entities[entity]["name"]
        assert make_key(name["ko"]) == make_key(name["en"]), entity
