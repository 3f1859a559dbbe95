"""One article: its record, its claims in order, and its text around a place when the library has it."""

from datetime import date

from knowledge.model import Article, Claim, Entity, Language, UnanswerableError
from knowledge.queries import citations, conflicts, messages, pagination
from knowledge.queries.answers import ArticleRecord, ArticleView, Quoted
from knowledge.queries.names import ARTICLE, CLAIM, near_claims
from knowledge.queries.pagination import Detail
from knowledge.store import StoredText, StoreReader

_AROUND: dict[Detail, int] = {"brief": 200, "full": 2_000}
"""Code points shown on either side of a place."""

_DIGITS = 9

_MAY_BE_UNKNOWN = ("title", "publisher", "author", "published", "url")
_AS_THEY_ARE = {*_MAY_BE_UNKNOWN, "id", "editor", "coverage", "derived_from", "syndicated_from", "length", "sha256"}


async def read_article(
    store: StoreReader,
    name: str,
    around: str,
    language: Language,
    detail: Detail,
    limit: int,
    cursor: str = "",
    known_on: date | None = None,
) -> ArticleView:
    """Return an article by its id or by the id of one of its claims.

    `around` is the id of a claim or a code point of the text; if empty, the text is shown from its beginning.

    Raises:
        UnanswerableError: if there is no such article or claim.
    """
    article = await _article(store, name, language, known_on)
    claims = await store.find_claims("article", article.id, known_on=known_on)
    page = pagination.ListPage.at(cursor, len(claims), limit, language, "article", article.id, around, detail)
    text = await store.get_text(article.id, known_on)
    claim = await _claim(store, article, around, language, known_on) if around and not around.isdecimal() else None
    shown = _around(text, claim, int(around[:_DIGITS]) if around.isdecimal() else 0, _AROUND[detail]) if text else None
    missing = None if shown else messages.PLACE_MISSING if text else messages.TEXT_MISSING
    cited = await citations.cite_claims(store, claims[page.window], language, detail)
    frame = ArticleView(
        language=language,
        article=await make_article_record(store, article, language),
        claims=(),
        total=len(claims),
        text=shown,
        notes=(missing.in_language(language),) if missing else (),
    )
    items, after = page.fill(cited, pagination.tokens_left(frame, detail))
    return frame.model_copy(update={"claims": items, "cursor": after})


async def _article(store: StoreReader, name: str, language: Language, known_on: date | None) -> Article:
    identity = name.partition(".")[0]
    article = (await store.get(Article, (identity,))).get(identity)
    if article is None or not await _was_present(store, article, known_on):
        known = [article.id for article in await store.list_all(Article)]
        raise UnanswerableError(messages.describe_missing(ARTICLE, name, known).in_language(language))
    return article


async def _was_present(store: StoreReader, article: Article, known_on: date | None) -> bool:
    """Check that the library had an article at the end of a day: curated, or with a text or claims."""
    if known_on is None or article.curated or await store.get_text(article.id, known_on):
        return True
    if await store.find_claims("article", article.id, known_on=known_on):
        return True
    return not any(event.action == "added" for event in await store.list_events(article.id))


async def _claim(store: StoreReader, article: Article, around: str, language: Language, known_on: date | None) -> Claim:
    found = await store.find_claims("id", around, known_on=known_on)
    if not found:
        near = await near_claims(store, around, known_on)
        raise UnanswerableError(messages.describe_missing(CLAIM, around, near).in_language(language))
    if found[0].article != article.id:
        raise UnanswerableError(
            messages.CLAIM_ELSEWHERE.format(claim=around, article=found[0].article).in_language(language)
        )
    return found[0]


def _around(text: StoredText, claim: Claim | None, place: int, reach: int) -> Quoted | None:
    """Return the text around a claim's evidence, or from a place if no claim is given; `None` if it lacks the evidence."""
    places = [text.places[piece.sha256] for piece in claim.evidence if piece.sha256 in text.places] if claim else []
    if claim and not places:
        return None
    place = min(place, len(text.body))
    first, last = places[0] if places else (place, place + reach)
    start, end = max(0, first - reach), min(len(text.body), last + reach)
    return citations.quote_passage(text.article, start, text.body[start:end])


async def make_article_record(store: StoreReader, article: Article, language: Language) -> ArticleRecord:
    """Return the bibliographic record of an article."""
    cited = await store.get(Entity, article.cites)
    return ArticleRecord(
        about=article.about.in_language(language),
        cites=tuple(cited[entity].name.in_language(language) for entity in article.cites),
        note=article.note.in_language(language) if article.note else None,
        copies=await conflicts.list_copies(store, article.id),
        unknown=tuple(name for name in _MAY_BE_UNKNOWN if getattr(article, name) is None),
        **article.model_dump(include=_AS_THEY_ARE),
    )
