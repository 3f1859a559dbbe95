"""Every packaged claim leads back to the characters of its article."""

from pathlib import Path

import pytest

from knowledge.curation import sealing
from knowledge.library import SqliteStore
from knowledge.model.records import Article, Claim
from knowledge.text import anchoring
from tests.conftest import ARTICLES, ROOT

DATA = ROOT / "knowledge" / "data"


async def test_every_seal_stands_in_its_article(texts: dict[str, str], packaged: SqliteStore) -> None:
    by_digest = {anchoring.digest(text): text for text in map(anchoring.normalise, texts.values())}
    articles = {article.id: by_digest[article.sha256] for article in await packaged.list_all(Article)}
    claims = await packaged.list_all(Claim)
    assert len(claims) > 350
    for claim in claims:
        for evidence in claim.evidence:
            words = articles[evidence.article][evidence.start : evidence.end]
            assert anchoring.digest(words) == evidence.sha256, claim.id


def test_the_curators_check_finds_nothing_to_mend() -> None:
    texts = sealing.read_texts(ARTICLES) if ARTICLES.is_dir() else {}
    _, faults = sealing.check_folder(DATA, texts)
    assert [str(fault) for fault in faults] == []


def test_opening_and_sealing_an_article_gives_the_same_file(texts: dict[str, str]) -> None:
    by_digest = {anchoring.digest(anchoring.normalise(text)): text for text in texts.values()}
    for file in sorted((DATA / "articles").glob("*.toml")):
        sealed = file.read_text(encoding="utf-8")
        text = next(text for digest, text in by_digest.items() if digest in sealed)
        draft = sealing.unseal(sealed, text, file.name)
        assert "quote = " in draft
        assert sealing.seal_draft(draft, text, file.name)[1] == sealed


async def test_adding_the_articles_gives_every_claim_its_quotes(texts: dict[str, str], tmp_path: Path) -> None:
    async with SqliteStore(tmp_path / "library.sqlite3") as store:
        for text in texts.values():
            added = await store.add_text(text)
            assert added.known
            assert added.missing == 0
        for article in await store.list_all(Article):
            for claim in await store.find_claims("article", article.id):
                assert all(evidence.quote for evidence in claim.evidence)


@pytest.mark.parametrize("name", ["korea-large-models", "tech-2024-review"])
async def test_a_shifted_and_shortened_copy_is_recognised(
    texts: dict[str, str], packaged: SqliteStore, name: str
) -> None:
    article = (await packaged.get(Article, (name,)))[name]
    text = next(text for text in texts.values() if anchoring.digest(anchoring.normalise(text)) == article.sha256)
    copy = "머리말이 붙은 사본\r\n\r\n" + text[: len(text) * 2 // 3].replace("\n", "\r\n")
    async with SqliteStore(None) as store:
        added = await store.add_text(copy)
        quoted = [
            claim for claim in await store.find_claims("article", name) if all(piece.quote for piece in claim.evidence)
        ]
    assert (added.article.id, added.known) == (name, True)
    assert added.claims == len(quoted) > 20
    assert added.missing > 0
    for claim in quoted:
        for evidence in claim.evidence:
            assert evidence.quote == anchoring.normalise(text)[evidence.start : evidence.end]
