"""One article: its record, its claims in order, and its text around a place when the library has it."""

from knowledge import citing, messages, pages, sources
from knowledge.answers import ArticleRecord, ArticleView, Quoted
from knowledge.errors import UnanswerableError
from knowledge.model import Article, Claim, Entity, Language
from knowledge.naming import ARTICLE, CLAIM, near_claims
from knowledge.pages import Detail
from knowledge.store import Store, Text

_AROUND: dict[Detail, int] = {"brief": 200, "full": 2_000}
"""Code points shown on either side of a place."""

_DIGITS = 9

_MAY_BE_UNKNOWN = ("title", "publisher", "author", "published", "url")
_AS_THEY_ARE = {*_MAY_BE_UNKNOWN, "id", "editor", "coverage", "derived_from", "syndicated_from", "length", "sha256"}


async def read_article(
    store: Store, name: str, around: str, language: Language, detail: Detail, limit: int, cursor: str = ""
) -> ArticleView:
    """The article of that id, or of the claim of that id.

    `around` is the id of a claim, or a code point of the text, or empty: then the text is shown from its beginning.

    Raises:
        UnanswerableError: if there is no such article or claim.
    """
    article = await _article(store, name, language)
    claims = await store.claims("article", article.id)
    page = pages.Page.at(cursor, len(claims), limit, language, "article", article.id, around, detail)
    text = await store.text(article.id)
    claim = await _claim(store, article, around, language) if around and not around.isdecimal() else None
    shown = _around(text, claim, int(around[:_DIGITS]) if around.isdecimal() else 0, _AROUND[detail]) if text else None
    missing = None if shown else messages.PLACE_MISSING if text else messages.TEXT_MISSING
    cited = await citing.cite(store, claims[page.window], language, detail)
    frame = ArticleView(
        language=language,
        article=await record(store, article, language),
        claims=(),
        total=len(claims),
        text=shown,
        notes=(missing.in_language(language),) if missing else (),
    )
    items, after = page.fill(cited, pages.room(frame, detail))
    return frame.model_copy(update={"claims": items, "cursor": after})


async def _article(store: Store, name: str, language: Language) -> Article:
    identity = name.partition(".")[0]
    articles = await store.get(Article, (identity,))
    if identity not in articles:
        known = [article.id for article in await store.all(Article)]
        raise UnanswerableError(messages.describe_missing(ARTICLE, name, known).in_language(language))
    return articles[identity]


async def _claim(store: Store, article: Article, around: str, language: Language) -> Claim:
    found = await store.claims("id", around)
    if not found:
        raise UnanswerableError(
            messages.describe_missing(CLAIM, around, await near_claims(store, around)).in_language(language)
        )
    if found[0].article != article.id:
        raise UnanswerableError(
            messages.CLAIM_ELSEWHERE.format(claim=around, article=found[0].article).in_language(language)
        )
    return found[0]


def _around(text: Text, claim: Claim | None, place: int, reach: int) -> Quoted | None:
    """The text around the words of a claim, or around a place where no claim is asked for; `None` if it lacks the words."""
    places = [text.places[one.sha256] for one in claim.evidence if one.sha256 in text.places] if claim else []
    if claim and not places:
        return None
    place = min(place, len(text.body))
    first, last = places[0] if places else (place, place + reach)
    start, end = max(0, first - reach), min(len(text.body), last + reach)
    return citing.quoted(text.article, start, text.body[start:end])


async def record(store: Store, article: Article, language: Language) -> ArticleRecord:
    """The bibliographic record of an article."""
    cited = await store.get(Entity, article.cites)
    return ArticleRecord(
        about=article.about.in_language(language),
        cites=tuple(cited[one].name.in_language(language) for one in article.cites),
        note=article.note.in_language(language) if article.note else None,
        copies=await sources.copies(store, article.id),
        unknown=tuple(name for name in _MAY_BE_UNKNOWN if getattr(article, name) is None),
        **article.model_dump(include=_AS_THEY_ARE),
    )
