import json
import tomllib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.curation.sealing import check_folder, read_texts, seal_draft, unseal
from knowledge.store.packaged import CurationError, CurationFault
from knowledge.text import anchoring
from knowledge.text.anchoring import MAX_SHARED_LENGTH
from tests.knowledge.samples import ARTICLE, CLAIM, COST, COUNT, FIGURE, LENGTH, RECORD, TEXT, folder, quoted, sealed

DRAFT = RECORD + CLAIM + FIGURE + quoted(COUNT)
FILE = "draft.toml"
CLAIM_ID = "moonlight.models"


def faults(draft: str, text: str = TEXT) -> tuple[CurationFault, ...]:
    with pytest.raises(CurationError) as caught:
        seal_draft(draft, text, FILE)
    return caught.value.faults


def test_a_draft_becomes_a_file_that_holds_seals_instead_of_quotes() -> None:
    assert seal_draft(DRAFT, TEXT, FILE) == ("moonlight", ARTICLE)


def test_a_sealed_draft_is_knowledge_without_fault(tmp_path: Path) -> None:
    _, written = seal_draft(DRAFT, TEXT, FILE)
    knowledge, found = check_folder(folder(tmp_path, written), {anchoring.digest(TEXT): TEXT})
    assert found == ()
    (evidence,) = knowledge.claims[0].evidence
    assert TEXT[evidence.start : evidence.end] == COUNT


def test_no_word_of_a_quote_stays() -> None:
    _, written = seal_draft(DRAFT, TEXT, FILE)
    assert "quote" not in written
    assert "내놓았다고" not in written


def test_the_article_gets_length_and_digest_of_its_normal_text() -> None:
    dirty = "\ufeff" + TEXT.replace("\n", "\r\n")
    record = tomllib.loads(seal_draft(DRAFT, dirty, FILE)[1])["article"]
    assert (record["length"], record["sha256"]) == (len(TEXT), anchoring.digest(TEXT))


def test_a_quote_is_measured_in_the_normal_form_of_the_text() -> None:
    decomposed = DRAFT.replace(COUNT, unicodedata.normalize("NFD", COUNT))
    assert seal_draft(decomposed, TEXT, FILE)[1] == ARTICLE


def test_comments_order_and_layout_of_a_draft_stay() -> None:
    draft = f"""\
# What this is

[article]   # the record
id    = "moonlight"
about.ko = '지어낸 글'
about.en = "Made up"   # for tests

# --- claims ---

[[claims]]
id = "moonlight.models"
kind = "fact"
statement.en = "One laboratory presented models."
statement.ko = "한 연구소가 모형을 발표했다."
entities = [
    "moonlight-lab", # the laboratory
]

[[claims.evidence]]
# why these words
quote = "{COUNT}"

# the end
"""
    written = seal_draft(draft, TEXT, FILE)[1]
    kept = written.splitlines()
    added = ("length", "sha256", "start", "end ")
    assert [line for line in kept if not line.startswith(added)] == [
        line for line in draft.splitlines() if not line.startswith("quote")
    ]


def test_the_role_of_evidence_stays() -> None:
    draft = DRAFT + quoted(COST) + 'role = "context"\n'
    evidence = tomllib.loads(seal_draft(draft, TEXT, FILE)[1])["claims"][0]["evidence"]
    assert [piece.get("role", "states") for piece in evidence] == ["states", "context"]


def test_evidence_that_is_sealed_already_stays_as_it_is() -> None:
    assert seal_draft(ARTICLE, TEXT, FILE)[1] == ARTICLE
    both = ARTICLE + quoted(COST)
    assert seal_draft(both, TEXT, FILE)[1] == ARTICLE + sealed(COST)


def test_a_quote_that_stands_nowhere_is_refused_with_what_to_do() -> None:
    assert faults(DRAFT.replace("14개를", "15개를")) == (
        CurationFault(
            FILE,
            CLAIM_ID,
            "the quote '번역 모형 15개를 내놓았다고 밝혔다.' stands nowhere in the text",
            "Copy it letter for letter",
        ),
    )


def test_a_quote_that_stands_twice_is_refused_with_what_to_do() -> None:
    assert faults(RECORD + CLAIM + FIGURE + quoted("소장은 웃었다.")) == (
        CurationFault(
            FILE, CLAIM_ID, "the quote '소장은 웃었다.' stands 2 times in the text", "Lengthen it until it stands once"
        ),
    )


def test_an_empty_quote_is_refused() -> None:
    (fault,) = faults(RECORD + CLAIM + FIGURE + quoted(""))
    assert fault.problem.endswith("stands nowhere in the text")


def test_every_quote_that_cannot_be_sealed_is_told_at_once() -> None:
    second = CLAIM.replace(CLAIM_ID, "moonlight.laughter") + FIGURE + quoted("소장은 웃었다.")
    found = faults(RECORD + CLAIM + FIGURE + quoted("소장은 울었다.") + second)
    assert [(fault.item, fault.fix) for fault in found] == [
        (CLAIM_ID, "Copy it letter for letter"),
        ("moonlight.laughter", "Lengthen it until it stands once"),
    ]


def test_a_long_quote_is_shown_by_its_beginning() -> None:
    (fault,) = faults(RECORD + CLAIM + FIGURE + quoted("해" * 300))
    assert len(fault.problem) < 100


def test_a_draft_whose_claims_are_malformed_is_refused() -> None:
    (fault,) = faults(DRAFT.replace('kind = "figure"', 'kind = "guess"'))
    assert (fault.file, fault.item) == (FILE, CLAIM_ID)
    assert fault.problem.startswith("kind: ")


def test_a_claim_without_evidence_cannot_be_sealed() -> None:
    (fault,) = faults(RECORD + CLAIM + FIGURE)
    assert (fault.item, fault.problem.partition(":")[0]) == (CLAIM_ID, "evidence")


def test_opening_gives_the_draft_back() -> None:
    assert unseal(ARTICLE, TEXT, FILE) == DRAFT


def test_opening_and_sealing_a_file_gives_the_same_bytes() -> None:
    draft = f"# A file\n{DRAFT}\n# between\n{quoted(COST)}role = 'context' # why\n\n# the end\n"
    _, written = seal_draft(draft, TEXT, FILE)
    assert seal_draft(unseal(written, TEXT, FILE), TEXT, FILE)[1] == written


def test_a_file_is_not_opened_with_another_text_than_it_was_sealed_with() -> None:
    with pytest.raises(CurationError) as refused:
        unseal(ARTICLE, TEXT + " ", FILE)
    (fault,) = refused.value.faults
    assert (fault.problem, fault.fix) == (
        "was sealed with another text than this one",
        "Give the text that it was sealed with",
    )


@pytest.mark.parametrize(("draft", "problem"), [("= broken", "is not TOML"), ("x = 1", "has no [article]")])
def test_a_draft_that_is_none_is_refused_with_a_sentence(draft: str, problem: str) -> None:
    (fault,) = faults(draft)
    assert (fault.file, fault.item) == (FILE, "the file")
    assert fault.problem.startswith(problem)


MARKS = "①②③④⑤⑥"
WORDS = st.text(st.characters(codec="utf-8", exclude_characters=MARKS), max_size=30) | st.text(
    "\\\"'\n\t\x7f\x01 🌕é가", max_size=30
)


@st.composite
def drafts(draw: st.DrawFn) -> tuple[str, str]:
    """Generate a draft and its text, with quotes full of TOML escapes, each made unique by a mark."""
    quotes = [anchoring.normalise(mark + draw(WORDS)) for mark in MARKS[: draw(st.integers(1, 6))]]
    text = "\n".join(piece for quote in quotes for piece in (draw(WORDS), quote))
    draft = RECORD + draw(st.sampled_from(["", "\n# a remark\n", "url = 'x' # where\n", "curated = '2026-11-22'\n"]))
    for number, quote in enumerate(quotes):
        if number % 2 == 0:
            draft += CLAIM.replace(CLAIM_ID, f"moonlight.c{number}").replace('"figure"', '"fact"')
        written = json.dumps(quote, ensure_ascii=False).replace("\x7f", "\\u007f")
        lines = draw(st.permutations([f"quote = {written}", 'role = "context"', "# why"]))
        draft += "\n".join(["", "[[claims.evidence]]", *lines, ""])
    return draft, text


@given(drafts())
@settings(max_examples=50)
def test_sealing_what_was_opened_gives_the_same_bytes(made: tuple[str, str]) -> None:
    draft, text = made
    _, written = seal_draft(draft, text, FILE)
    assert seal_draft(unseal(written, text, FILE), text, FILE)[1] == written


@given(drafts())
@settings(max_examples=50)
def test_an_opened_file_says_what_its_draft_said(made: tuple[str, str]) -> None:
    draft, text = made
    opened = unseal(seal_draft(draft, text, FILE)[1], text, FILE)
    assert tomllib.loads(opened) == tomllib.loads(draft)


def checked(data: Path, text: str = TEXT) -> tuple[CurationFault, ...]:
    return check_folder(data, {anchoring.digest(text): text})[1]


def test_a_folder_that_is_no_knowledge_cannot_be_checked(tmp_path: Path) -> None:
    with pytest.raises(CurationError):
        check_folder(folder(tmp_path, RECORD + LENGTH + CLAIM), {})


def test_without_the_text_there_is_nothing_to_hold_against_a_file(tmp_path: Path) -> None:
    start = TEXT.index(COUNT)
    data = folder(tmp_path, ARTICLE.replace(f"start = {start}", f"start = {start - 1}"))
    knowledge, found = check_folder(data, {anchoring.digest("다른 글"): "다른 글"})
    assert (len(knowledge.claims), found) == (1, ())


def test_a_seal_that_does_not_fit_the_text_is_named_with_its_range(tmp_path: Path) -> None:
    start = TEXT.index(COUNT)
    found = checked(folder(tmp_path, ARTICLE.replace(f"start = {start}", f"start = {start - 1}")))
    assert found == (
        CurationFault(
            "moonlight.toml",
            CLAIM_ID,
            f"the seal {start - 1}..{start + len(COUNT)} does not fit the text",
            "Seal the claim again from its quote",
        ),
    )


def test_a_number_that_stands_in_no_quote_of_its_claim_is_named(tmp_path: Path) -> None:
    found = checked(folder(tmp_path, RECORD + LENGTH + CLAIM + FIGURE + sealed(COST)))
    assert found == (
        CurationFault(
            "moonlight.toml", CLAIM_ID, "'14개' stands in none of its quotes", "Quote the words with the number"
        ),
    )


def test_a_number_may_stand_in_any_quote_of_its_claim(tmp_path: Path) -> None:
    assert checked(folder(tmp_path, RECORD + LENGTH + CLAIM + FIGURE + sealed(COST) + sealed(COUNT))) == ()


def stating(words: str) -> str:
    return ARTICLE.replace("한 연구소가 모형 열네 개를 발표했다.", words)


def test_25_characters_in_common_with_an_article_are_found_and_24_are_not(tmp_path: Path) -> None:
    assert MAX_SHARED_LENGTH == 24
    copied = TEXT[20:45]
    assert "\n" not in copied
    assert checked(folder(tmp_path, stating(f"글은♦{copied[:24]}♦"))) == ()
    (fault,) = checked(folder(tmp_path, stating(f"글은♦{copied}♦")))
    assert fault == CurationFault(
        "moonlight.toml", CLAIM_ID, f"shares {copied!r} with article moonlight", "Say it in our own words"
    )


def test_wherever_25_characters_are_copied_from_they_are_found(tmp_path: Path) -> None:
    lines = [line for line in TEXT.splitlines()[1:] if len(line) > MAX_SHARED_LENGTH]
    copied = [line[start : start + 25] for line in lines for start in range(len(line) - 24)]
    found = checked(folder(tmp_path, terms="".join(f"# ♦{piece}♦\n" for piece in copied)))
    assert [fault.problem for fault in found] == [f"shares {piece!r} with article moonlight" for piece in copied]
    assert copied


@pytest.mark.parametrize("name", ["trends", "entities", "disagreements", "terms"])
def test_shared_wording_is_found_in_every_file(tmp_path: Path, name: str) -> None:
    data = folder(tmp_path)
    with (data / f"{name}.toml").open("a", encoding="utf-8") as file:
        file.write(f"# {TEXT[20:50]}\n")
    (fault,) = checked(data)
    assert fault.file == f"{name}.toml"
    assert fault.fix == "Say it in our own words"


def test_a_title_may_be_given_as_it_is(tmp_path: Path) -> None:
    title = "달빛 아래에서 번역하는 모형들이 걸어온 길고 긴 이야기"
    assert len(title) > MAX_SHARED_LENGTH
    text = f"{title}\n{TEXT}"
    draft = DRAFT.replace('title = "가상 신문, 달빛 특집"', f'title = "{title}"')
    _, written = seal_draft(draft, text, FILE)
    assert checked(folder(tmp_path, written), text) == ()


def test_texts_are_read_in_their_normal_form_by_digest(tmp_path: Path) -> None:
    (tmp_path / "moonlight.txt").write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    (tmp_path / "README.md").write_text("no article", encoding="utf-8")
    assert read_texts(tmp_path) == {anchoring.digest(TEXT): TEXT}
