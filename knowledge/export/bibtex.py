"""Articles as BibTeX, in the fields of biblatex, with `year` for programs that know no `date`. Pure functions."""

from collections.abc import Iterator

from knowledge.export.bibliography import Work, day, works
from knowledge.export.escaping import tex
from knowledge.model.records import Language
from knowledge.store.bundle import Bundle

_LANGUAGES: dict[Language, str] = {"ko": "korean", "en": "english"}


def write(holdings: Bundle, language: Language) -> str:
    """One entry an article, in UTF-8; the key is the article's id."""
    return "\n".join(_entry(work) for work in works(holdings, language))


def _entry(work: Work) -> str:
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(work))
    return f"@{_type(work)}{{{work.article.id},\n{fields}}}\n"


def _type(work: Work) -> str:
    if work.article.publisher:
        return "article"
    return "online" if work.url else "misc"


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    article = work.article
    # A second pair of braces keeps a name in one piece, and letters as they are.
    for name, text in (("title", work.title), ("author", article.author), ("editor", article.editor)):
        if text:
            yield name, f"{{{tex(text)}}}"
    if article.publisher:
        yield "journal", f"{{{tex(article.publisher)}}}"
    if article.published:
        yield "date", day(article.published)
        if year := next((part[:4] for part in article.published.split("/") if part != ".."), None):
            yield "year", year
    if work.url:
        yield "url", work.url
    if work.url and work.accessed:
        yield "urldate", work.accessed
    yield "langid", _LANGUAGES[article.language]
    yield "note", tex(work.note)
