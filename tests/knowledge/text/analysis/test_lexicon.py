import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model.records import Bilingual, Entity, Term, Trend
from knowledge.text.analysis.lexicon import Lexicon, NameMention

HANGUL = st.text(st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣")), min_size=2, max_size=8)


def entity(identity: str, ko: str, en: str, *aliases: str, iso: str | None = None) -> Entity:
    return Entity(id=identity, type="organisation", name=Bilingual(ko=ko, en=en), aliases=aliases, iso=iso)


LAB = "entity:moonlight-lab"
MOONLAND = "entity:moonland"
SMALL = "trend:small-models"
RELEASE = "term:release"

LEXICON = Lexicon(
    entities=(
        entity("moonlight-lab", "달빛연구소", "Moonlight Lab", "달빛", "ML-1"),
        entity("moonland", "달나라", "Moonland", iso="MOO"),
        entity("north-moonland", "북쪽 달나라", "North Moonland"),
        entity("star", "별빛전자", "Star Electronics", "스타"),
        entity("star-film", "별빛영화", "Star Film", "스타"),
    ),
    trends=(
        Trend(
            id="small-models",
            name=Bilingual(ko="작은 모형", en="small models"),
            summary=Bilingual(ko="모형이 작아진다.", en="Models become smaller."),
            aliases=("소형 모형",),
        ),
    ),
    terms=(Term(id="release", words=("내놓~", "launch", "출시")),),
)


def named(text: str) -> set[str]:
    return {identity for mention in LEXICON.mentions(text) for identity in mention.ids}


@pytest.mark.parametrize(
    "text",
    [
        "달빛연구소",
        "달빛 연구소",
        "Moonlight Lab",
        "MOONLIGHT  LAB",
        "moonlight-lab",
        "moonlightlab",
        "달빛",
        "ML-1",
        "ml1",
    ],
)
def test_a_name_is_known_in_every_language_spelling_and_spacing(text: str) -> None:
    assert named(text) == {LAB}


@pytest.mark.parametrize(
    "text",
    [
        "달빛연구소는 웃었다",
        "달빛 연구소에서 왔다",
        "누가 달빛을 아는가",
        "Moonlight Lab's models",
        "어제 달빛연구소의 발표",
    ],
)
def test_a_name_is_known_with_what_follows_it(text: str) -> None:
    assert LAB in named(text)


@given(HANGUL, st.sampled_from(["", "은", "는", "이", "가", "을", "를", "의", "에서"]))
def test_any_korean_name_is_known_with_any_particle(name: str, particle: str) -> None:
    lexicon = Lexicon([entity("someone", name, "Someone")], (), ())
    assert [mention.ids for mention in lexicon.mentions(f"어제 {name}{particle} 왔다")][:1] == [{"entity:someone"}]


def test_a_long_name_is_known_inside_a_longer_word() -> None:
    assert "entity:star" in named("어제별빛전자말고")


def test_a_short_name_is_not_believed_inside_a_longer_word() -> None:
    assert named("한달빛바랜옷") == set()


def test_an_english_name_is_not_believed_inside_a_longer_word() -> None:
    assert named("supermoonland") == named("moonlandscape") == set()


def test_an_english_name_is_known_in_the_plural() -> None:
    assert named("two Moonlands") == {MOONLAND}


def test_where_one_name_contains_another_the_longer_one_is_meant() -> None:
    assert named("North Moonland") == named("북쪽 달나라는") == {"entity:north-moonland"}


def test_names_that_stand_apart_are_each_known_where_they_stand() -> None:
    assert LEXICON.mentions("Moonland, then North Moonland") == [
        NameMention(0, 0, frozenset({MOONLAND})),
        NameMention(2, 3, frozenset({"entity:north-moonland"})),
    ]


def test_a_name_that_two_share_means_both() -> None:
    assert named("스타") == {"entity:star", "entity:star-film"}


def test_a_country_is_known_by_its_code() -> None:
    assert named("MOO") == {MOONLAND}


@pytest.mark.parametrize("text", ["작은 모형이", "작은모형", "소형 모형", "small models", "small-models"])
def test_a_trend_is_known_by_its_names(text: str) -> None:
    assert named(text) == {SMALL}


@pytest.mark.parametrize("text", ["내놓았다", "내놓을까", "launch", "출시한"])
def test_a_term_is_known_by_its_words_and_by_any_ending_of_a_stem(text: str) -> None:
    assert named(text) == {RELEASE}


def test_a_stem_is_no_name() -> None:
    assert LEXICON.ids("내놓~") == frozenset()


@pytest.mark.parametrize("text", ["", "?!", "해가 진다", "the sun sets"])
def test_a_text_that_names_nothing_has_no_mention(text: str) -> None:
    assert LEXICON.mentions(text) == []


def test_an_exact_name_means_what_has_it_and_nothing_with_other_words() -> None:
    assert LEXICON.ids("달빛 연구소") == {LAB}
    assert LEXICON.ids("스타") == {"entity:star", "entity:star-film"}
    assert LEXICON.ids("달빛연구소는") == LEXICON.ids("달빛연구소") != frozenset()
    assert LEXICON.ids("새 달빛연구소") == frozenset()
    assert LEXICON.ids("") == frozenset()


def test_an_empty_lexicon_knows_nothing() -> None:
    assert Lexicon((), (), ()).mentions("달빛연구소") == []


@pytest.mark.parametrize(
    ("written", "spaced"),
    [
        ("달빛연구소주가", "달빛연구소 주가"),
        ("그때달빛연구소별빛전자는", "그때 달빛연구소 별빛전자는"),
        ("달빛연구소에서는 달빛연구소", "달빛연구소에서는 달빛연구소"),
        ("아무 이름도 없는 말", "아무 이름도 없는 말"),
    ],
)
def test_a_question_is_spaced_around_names_in_longer_words(written: str, spaced: str) -> None:
    assert LEXICON.space_names(written) == spaced


@given(HANGUL, HANGUL)
def test_spacing_changes_nothing_else(before: str, after: str) -> None:
    assert LEXICON.space_names(f"{before}달빛연구소{after}").replace(" ", "") == f"{before}달빛연구소{after}"


def test_the_initials_of_a_name_mean_it() -> None:
    assert named("ㄷㅂㅇㄱㅅ") == {LAB}
