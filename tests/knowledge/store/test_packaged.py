import tomllib
from pathlib import Path

import pytest

from knowledge.store.packaged import (
    CurationError,
    CurationFault,
    get_packaged_folder,
    hash_folder,
    load_folder,
    parse_article,
)
from tests.knowledge.samples import (
    ARTICLE,
    CLAIM,
    COST,
    COUNT,
    ENTITIES,
    FIGURE,
    LENGTH,
    MONEY,
    RECORD,
    TEXT,
    TRENDS,
    folder,
    quoted,
    sealed,
)

HEAD = RECORD + LENGTH
FILE = "moonlight.toml"
CLAIM_ID = "moonlight.models"
SEE = "See knowledge/README.md for what is allowed"


def faults(data: Path) -> tuple[CurationFault, ...]:
    with pytest.raises(CurationError) as caught:
        load_folder(data)
    return caught.value.faults


def disagreement(trend: str, claim: str) -> str:
    sides = f"""
[[disagreements.sides]]
position.ko = "그렇다"
position.en = "yes"
claims = ["{claim}"]
"""
    return f"""\
[[disagreements]]
id = "size"
question.ko = "작은가?"
question.en = "Is it small?"
trends = ["{trend}"]
{sides}{sides}"""


def test_a_folder_without_fault_is_read_in_the_order_of_its_files(tmp_path: Path) -> None:
    second = CLAIM.replace(CLAIM_ID, "moonlight.cost") + MONEY + sealed(COST)
    data = folder(tmp_path, ARTICLE + second.replace("trends.", 'cost_basis = "final_training_run"\ntrends.'))
    knowledge = load_folder(data)
    assert [article.id for article in knowledge.articles] == ["moonlight"]
    assert [claim.id for claim in knowledge.claims] == [CLAIM_ID, "moonlight.cost"]
    assert [trend.id for trend in knowledge.trends] == ["translation"]
    assert [entity.id for entity in knowledge.entities] == ["moonlight-lab"]
    assert (knowledge.disagreements, knowledge.terms) == ((), ())


def test_a_claim_and_its_evidence_belong_to_the_article_of_their_file(tmp_path: Path) -> None:
    (claim,) = load_folder(folder(tmp_path)).claims
    assert claim.article == "moonlight"
    assert [evidence.article for evidence in claim.evidence] == ["moonlight"]


def test_disagreements_and_terms_are_read(tmp_path: Path) -> None:
    terms = '[[terms]]\nid = "release"\nwords = ["launch", "출시"]\n'
    knowledge = load_folder(folder(tmp_path, disagreements=disagreement("translation", CLAIM_ID), terms=terms))
    assert [side.claims for side in knowledge.disagreements[0].sides] == [(CLAIM_ID,), (CLAIM_ID,)]
    assert knowledge.terms[0].words == ("launch", "출시")


def test_a_folder_without_articles_is_knowledge_too(tmp_path: Path) -> None:
    assert load_folder(folder(tmp_path, None)).articles == ()


def test_a_claim_without_evidence_is_refused(tmp_path: Path) -> None:
    (fault,) = faults(folder(tmp_path, HEAD + CLAIM + FIGURE))
    assert (fault.file, fault.item, fault.fix) == (FILE, CLAIM_ID, SEE)
    assert fault.problem.startswith("evidence: ")


def test_an_unknown_entity_is_named_with_where_to_add_it(tmp_path: Path) -> None:
    data = folder(tmp_path, ARTICLE.replace('["moonlight-lab"]', '["moonlight-lab", "starlight-lab"]'))
    assert faults(data) == (
        CurationFault(
            FILE,
            CLAIM_ID,
            "names the entity 'starlight-lab', which is not in entities.toml",
            "Correct it or add the entity",
        ),
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('subject = "moonlight-lab"', 'subject = "nobody"'),
        ('raw = "14개"', 'raw = "14개"\ncompared_to = "nobody"'),
        ('raw = "14개"', 'raw = "14개"\npublisher = "nobody"'),
        ('raw = "14개"', 'raw = "14개"\npopulation = "nobody"'),
        ('kind = "figure"', 'kind = "figure"\nspeaker = "nobody"\nattribution = "direct"'),
    ],
)
def test_every_entity_that_a_claim_names_has_to_be_known(tmp_path: Path, old: str, new: str) -> None:
    (fault,) = faults(folder(tmp_path, ARTICLE.replace(old, new)))
    assert (fault.file, fault.item) == (FILE, CLAIM_ID)
    assert fault.problem == "names the entity 'nobody', which is not in entities.toml"


def test_a_source_that_an_article_cites_has_to_be_known(tmp_path: Path) -> None:
    (fault,) = faults(folder(tmp_path, ARTICLE.replace("[article]", '[article]\ncites = ["nobody"]')))
    assert (fault.file, fault.item) == (FILE, "moonlight")
    assert fault.problem == "names the entity 'nobody', which is not in entities.toml"


def test_an_unknown_trend_is_named_with_where_to_add_it(tmp_path: Path) -> None:
    data = folder(tmp_path, ARTICLE.replace("trends.translation", "trends.translations"))
    assert faults(data) == (
        CurationFault(
            FILE, CLAIM_ID, "names the trend 'translations', which is not in trends.toml", "Correct it or add the trend"
        ),
    )


def test_a_trend_is_related_to_trends_that_there_are(tmp_path: Path) -> None:
    (fault,) = faults(folder(tmp_path, trends=TRENDS + 'related = ["nothing"]\n'))
    assert (fault.file, fault.item) == ("trends.toml", "translation")
    assert fault.problem == "names the trend 'nothing', which is not in trends.toml"


def test_a_maker_has_to_be_known(tmp_path: Path) -> None:
    (fault,) = faults(folder(tmp_path, entities=ENTITIES + 'maker = "nobody"\n'))
    assert (fault.file, fault.item) == ("entities.toml", "moonlight-lab")
    assert fault.problem == "names the entity 'nobody', which is not in entities.toml"


def test_a_disagreement_is_between_claims_and_about_trends_that_there_are(tmp_path: Path) -> None:
    found = faults(folder(tmp_path, disagreements=disagreement("nothing", "moonlight.nothing")))
    assert {(fault.file, fault.item) for fault in found} == {("disagreements.toml", "size")}
    assert [fault.problem for fault in found] == [
        "names the trend 'nothing', which is not in trends.toml",
        "names the claim 'moonlight.nothing', which is not in data/articles",
        "names the claim 'moonlight.nothing', which is not in data/articles",
    ]


@pytest.mark.parametrize(
    ("article", "trends", "item"),
    [
        (ARTICLE + CLAIM + FIGURE + sealed(COUNT), TRENDS, CLAIM_ID),
        (ARTICLE, TRENDS + TRENDS, "translation"),
    ],
)
def test_an_id_that_is_used_twice_is_named(tmp_path: Path, article: str, trends: str, item: str) -> None:
    (fault,) = faults(folder(tmp_path, article, trends=trends))
    assert (fault.item, fault.problem, fault.fix) == (item, "the id is used 2 times", "Give each its own id")


def test_one_id_may_name_a_trend_and_an_entity(tmp_path: Path) -> None:
    knowledge = load_folder(folder(tmp_path, entities=ENTITIES + ENTITIES.replace("moonlight-lab", "translation")))
    assert [entity.id for entity in knowledge.entities] == ["moonlight-lab", "translation"]


def test_money_without_a_cost_basis_is_refused(tmp_path: Path) -> None:
    (fault,) = faults(folder(tmp_path, HEAD + CLAIM + MONEY + sealed(COST)))
    assert (fault.file, fault.item, fault.fix) == (FILE, CLAIM_ID, SEE)
    assert fault.problem.endswith("a claim with money needs `cost_basis`")


def test_a_figure_whose_raw_form_reads_otherwise_is_refused(tmp_path: Path) -> None:
    data = folder(tmp_path, ARTICLE.replace('value = "14"', 'value = "140"'))
    assert faults(data) == (
        CurationFault(
            FILE,
            CLAIM_ID,
            "'14개' does not read as 140",
            "Give `raw` as the article writes it and `value` in full digits",
        ),
    )


def test_both_ends_of_a_range_stand_in_its_raw_form(tmp_path: Path) -> None:
    between = FIGURE.replace('value = "14"', 'value = "3"\nupper = "5"\nbound = "between"')
    good = between.replace("14개", "3~5개")
    load_folder(folder(tmp_path, HEAD + CLAIM + good + sealed(COUNT)))
    (fault,) = faults(folder(tmp_path, HEAD + CLAIM + good.replace("3~5개", "3개 넘는") + sealed(COUNT)))
    assert (fault.item, fault.problem) == (CLAIM_ID, "'3개 넘는' does not read as 5")


def test_an_unknown_unit_is_answered_with_the_units_there_are(tmp_path: Path) -> None:
    (fault,) = faults(folder(tmp_path, ARTICLE.replace('unit = "models"', 'unit = "moons"')))
    assert (fault.file, fault.item, fault.problem) == (FILE, CLAIM_ID, "unit 'moons' is not known")
    assert fault.fix.startswith("Use one of ")
    assert " models," in fault.fix


def test_a_quote_that_was_left_in_is_refused(tmp_path: Path) -> None:
    data = folder(tmp_path, f'{ARTICLE}quote = "{COUNT}"\n')
    assert faults(data) == (
        CurationFault(FILE, CLAIM_ID, "carries a quote", "Seal it with `ai-trends-mcp curate seal`"),
    )


def test_a_draft_that_was_never_sealed_is_refused(tmp_path: Path) -> None:
    found = faults(folder(tmp_path, HEAD + CLAIM + FIGURE + quoted(COUNT)))
    assert {fault.item for fault in found} == {CLAIM_ID}
    problems = {fault.problem for fault in found}
    assert {f"evidence.0.{name}: Field required" for name in ("start", "end", "sha256")} <= problems


def test_evidence_past_the_end_of_the_article_is_refused(tmp_path: Path) -> None:
    data = folder(tmp_path, ARTICLE.replace(f"length = {len(TEXT)}", "length = 20"))
    end = TEXT.index(COUNT) + len(COUNT)
    assert faults(data) == (
        CurationFault(
            FILE,
            CLAIM_ID,
            f"evidence ends at {end}, past the end of article 'moonlight'",
            "Seal the claim again from its quote",
        ),
    )


def test_evidence_may_reach_to_the_end_of_the_article(tmp_path: Path) -> None:
    end = TEXT.index(COUNT) + len(COUNT)
    assert load_folder(folder(tmp_path, ARTICLE.replace(f"length = {len(TEXT)}", f"length = {end}"))).claims


def test_context_alone_does_not_bear_a_claim(tmp_path: Path) -> None:
    data = folder(tmp_path, ARTICLE + 'role = "context"\n')
    assert faults(data) == (
        CurationFault(FILE, CLAIM_ID, "has context but no words that state it", "Quote the words that state it"),
    )


@pytest.mark.parametrize("name", ["trends", "entities", "disagreements", "terms"])
def test_a_list_that_is_not_toml_is_named(tmp_path: Path, name: str) -> None:
    found = faults(folder(tmp_path, None, **{name: f"[[{name}]\n"}))
    assert [(fault.file, fault.item, fault.fix) for fault in found] == [(f"{name}.toml", "the file", "Mend its syntax")]
    assert found[0].problem.startswith("is not TOML: ")


def test_an_article_that_is_not_toml_is_named_before_all_that_follows_from_it(tmp_path: Path) -> None:
    fault = faults(folder(tmp_path, ARTICLE + 'note.ko = "...\n'))[0]
    assert (fault.file, fault.item, fault.fix) == (FILE, "the file", "Mend its syntax")
    assert "line" in fault.problem


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    data = folder(tmp_path, None)
    (data / "terms.toml").write_bytes('[[terms]]\nid = "달"\n'.encode("euc-kr"))
    assert [(fault.file, fault.item, fault.fix) for fault in faults(data)] == [
        ("terms.toml", "the file", "Mend its syntax")
    ]


@pytest.mark.parametrize("name", ["trends", "entities", "disagreements", "terms"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    assert faults(folder(tmp_path, None, **{name: None})) == (
        CurationFault(f"{name}.toml", "the file", "is not there", "Put it into the data folder"),
    )


def test_a_field_that_is_missing_or_unknown_is_named(tmp_path: Path) -> None:
    broken = ARTICLE.replace('kind = "figure"\n', "").replace("entities =", "entitles =")
    found = faults(folder(tmp_path, broken))
    assert {(fault.file, fault.item) for fault in found} == {(FILE, CLAIM_ID)}
    assert {fault.problem.partition(":")[0] for fault in found} == {"kind", "entitles"}


def test_every_fault_is_told_at_once_one_a_line(tmp_path: Path) -> None:
    broken = ARTICLE.replace('value = "14"', 'value = "140"').replace("trends.translation", "trends.nothing")
    with pytest.raises(CurationError) as caught:
        load_folder(folder(tmp_path, broken, terms=None))
    assert len(caught.value.faults) == 3
    assert str(caught.value).splitlines() == [str(fault) for fault in caught.value.faults]


def test_a_fault_reads_as_file_item_problem_and_mend() -> None:
    assert (
        str(CurationFault(FILE, CLAIM_ID, "carries a quote", "Seal it"))
        == f"{FILE}: {CLAIM_ID}: carries a quote. Seal it."
    )


def test_one_article_can_be_read_alone_without_knowing_what_it_names() -> None:
    article, claims = parse_article(tomllib.loads(ARTICLE), FILE)
    assert (article.id, [claim.id for claim in claims]) == ("moonlight", [CLAIM_ID])


def test_one_malformed_article_is_refused_with_the_file_it_came_from() -> None:
    with pytest.raises(CurationError) as caught:
        parse_article(tomllib.loads(ARTICLE.replace('kind = "figure"', 'kind = "guess"')), "draft.toml")
    assert [(fault.file, fault.item) for fault in caught.value.faults] == [("draft.toml", CLAIM_ID)]


def test_a_fingerprint_stays_while_the_files_do_and_changes_with_any_of_them(tmp_path: Path) -> None:
    data = folder(tmp_path)
    seen = {hash_folder(data)}
    (data / "articles" / "remarks.txt").write_text("no knowledge", encoding="utf-8")
    (data / "README.md").write_text("no knowledge", encoding="utf-8")
    assert hash_folder(data) in seen
    for file in ("articles/moonlight.toml", "trends.toml", "entities.toml", "disagreements.toml", "terms.toml"):
        with (data / file).open("a", encoding="utf-8") as opened:
            opened.write("# a remark\n")
        assert hash_folder(data) not in seen
        seen.add(hash_folder(data))
    (data / "articles" / "moonlight.toml").rename(data / "articles" / "moonlit.toml")
    assert hash_folder(data) not in seen


def test_the_packaged_knowledge_has_no_fault() -> None:
    knowledge = load_folder(get_packaged_folder())
    assert knowledge.articles
    assert knowledge.claims
    assert hash_folder(get_packaged_folder()) == hash_folder(get_packaged_folder())


@pytest.mark.parametrize(
    ("content", "item", "mend"),
    [
        (ARTICLE.replace("[[claims]]", "[[claim]]", 1).partition("[[claims.")[0], "claim", "The file may have"),
        (f'claims = "x"\n{HEAD}', "claims", "Write [[claims]]"),
        ('article = "x"\n', "article", "Write [article]"),
    ],
)
def test_a_table_that_nobody_reads_is_named(tmp_path: Path, content: str, item: str, mend: str) -> None:
    first = faults(folder(tmp_path, content))[0]
    assert (first.file, first.item) == (FILE, item)
    assert first.fix.startswith(mend)


def test_a_claim_cannot_choose_another_article_than_its_file(tmp_path: Path) -> None:
    stray = ARTICLE.replace(f'id = "{CLAIM_ID}"', 'id = "foo.models"\narticle = "foo"')
    (fault,) = faults(folder(tmp_path, stray))
    assert "must begin with 'moonlight.'" in fault.problem


def test_a_zero_has_to_be_in_the_words_too(tmp_path: Path) -> None:
    (fault,) = faults(folder(tmp_path, ARTICLE.replace('value = "14"', 'value = "0"')))
    assert fault.problem == "'14개' does not read as 0"
