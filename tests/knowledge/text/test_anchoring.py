import hashlib
import unicodedata

from hypothesis import assume, example, given
from hypothesis import strategies as st

from knowledge.model.records import Evidence
from knowledge.text.anchoring import Unanchored, digest, find_sealed, normalise, seal

# Few letters make many repetitions, all letters make few.
TEXTS = st.text("가나 .", max_size=30) | st.text(max_size=60)


def places_of(quote: str, text: str) -> tuple[int, ...]:
    return tuple(at for at in range(len(text) - len(quote) + 1) if text[at : at + len(quote)] == quote)


@st.composite
def slices(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(TEXTS.filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


@given(slices())
def test_any_substring_that_stands_once_anchors_back_to_itself(cut: tuple[str, int, int]) -> None:
    text, start, end = cut
    quote = text[start:end]
    assume(len(places_of(quote, text)) == 1)
    assert seal(text, quote, "moonlight") == Evidence(article="moonlight", start=start, end=end, sha256=digest(quote))


@given(TEXTS.filter(bool), st.lists(TEXTS, min_size=3, max_size=5))
@example("하하", ["", "하", ""])
def test_any_substring_that_stands_several_times_is_refused_with_every_place(quote: str, between: list[str]) -> None:
    text = quote.join(between)
    places = places_of(quote, text)
    assert len(places) > 1
    assert seal(text, quote, "moonlight") == Unanchored(places)


def test_a_quote_that_stands_twice_is_refused_with_both_places() -> None:
    assert seal("물이 맑다. 산이 높다. 물이 맑다.", "물이 맑다.", "moonlight") == Unanchored((0, 14))


def test_occurrences_that_overlap_count_as_several() -> None:
    assert seal("하하하", "하하", "moonlight") == Unanchored((0, 1))


def test_a_quote_that_stands_nowhere_is_refused_without_a_place() -> None:
    assert seal("물이 맑다.", "물이  맑다.", "moonlight") == Unanchored(())


def test_an_empty_quote_stands_nowhere() -> None:
    assert seal("물이 맑다.", "", "moonlight") == Unanchored(())


def test_offsets_count_code_points_and_not_bytes_or_utf_16_units() -> None:
    evidence = seal("🌕🌖 달빛 모형", "달빛", "moonlight")
    assert isinstance(evidence, Evidence)
    assert (evidence.start, evidence.end) == (3, 5)


def test_evidence_holds_the_digest_and_not_the_words() -> None:
    evidence = seal("물이 맑다.", "맑다", "moonlight")
    assert isinstance(evidence, Evidence)
    assert evidence.quote is None
    assert "맑다" not in evidence.model_dump_json()


def test_a_digest_is_the_sha_256_of_the_utf_8_bytes() -> None:
    assert digest("달") == hashlib.sha256(b"\xeb\x8b\xac").hexdigest()


@given(before=TEXTS, quote=TEXTS.filter(bool), after=TEXTS, changed=st.tuples(TEXTS, TEXTS, TEXTS, TEXTS))
def test_a_sealed_quote_is_found_again_after_the_text_around_it_changed(
    before: str, quote: str, after: str, changed: tuple[str, str, str, str]
) -> None:
    evidence = seal(before + quote + after, quote, "moonlight")
    assume(isinstance(evidence, Evidence))
    assert isinstance(evidence, Evidence)
    prefix, early, late, suffix = changed
    half, rest = len(before) // 2, len(after) // 2
    text = prefix + before[:half] + early + before[half:] + quote + after[:rest] + late + after[rest:] + suffix
    start = find_sealed(text, evidence)
    assert start is not None
    assert text[start : start + len(quote)] == quote
    if len(places_of(quote, text)) == 1:
        assert start == text.index(quote)


@given(slices())
def test_in_an_unchanged_text_a_seal_is_found_where_it_says(cut: tuple[str, int, int]) -> None:
    text, start, end = cut
    evidence = Evidence(article="moonlight", start=start, end=end, sha256=digest(text[start:end]))
    assert find_sealed(text, evidence) == start


def test_of_several_places_the_one_nearest_to_where_we_look_is_found() -> None:
    text = "달빛 모형, 별빛 모형, 햇빛 모형"
    evidence = Evidence(article="moonlight", start=3, end=5, sha256=digest("모형"))
    assert [find_sealed(text, evidence, near) for near in (None, 0, 9, 11, 99)] == [3, 3, 10, 10, 17]


def test_words_that_are_no_longer_there_are_not_found() -> None:
    evidence = Evidence(article="moonlight", start=3, end=5, sha256=digest("모형"))
    assert find_sealed("달빛 모델, 별빛 모델", evidence) is None


def test_words_are_not_found_in_a_text_that_is_shorter_than_they_are() -> None:
    assert find_sealed("달", Evidence(article="moonlight", start=0, end=2, sha256=digest("달빛"))) is None
    assert find_sealed("", Evidence(article="moonlight", start=0, end=2, sha256=digest("달빛"))) is None


def test_a_text_with_windows_or_old_mac_line_ends_is_kept_with_plain_ones() -> None:
    assert normalise("달\r\n별\r해\n") == "달\n별\n해\n"


def test_a_text_in_decomposed_hangul_is_kept_composed() -> None:
    assert normalise(unicodedata.normalize("NFD", "달빛연구소")) == "달빛연구소"


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert normalise("\ufeff달빛") == "달빛"


@given(st.text().filter(lambda text: not text.startswith("\ufeff\ufeff")))
def test_a_normal_text_stays_as_it_is(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert "\r" not in once
