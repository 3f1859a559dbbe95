"""The resource templates, one short function each."""

import functools
import json
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple, get_args

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError
from mcp.types import Annotations

from knowledge import KnowledgeBase, StoreError, UnanswerableError
from knowledge.model import Language
from knowledge.queries import Call, tables
from knowledge.text import strip_hidden
from mcp_server.context import Ctx, knowledge_of
from mcp_server.rendering import CSV, JSON, SCHEME, TEXT, error_messages, render
from mcp_server.tools import TOOLS, answer_type, schemas

_LONGEST_NAME = 100
_ALL_CLAIMS = 1_000
"""More claims than fit into an answer, so that its budget decides."""


async def catalogue(ctx: Ctx, language: str = "en") -> str:
    """Everything there is, in a page or two: articles, trends, entities, kinds of claims and figures, disagreements."""
    return render(await knowledge_of(ctx).catalogue(language=_language(language)))


async def article(ctx: Ctx, article: str, language: str = "en") -> str:
    """An article's bibliographic record and its claims in order, each with its evidence."""
    view = await knowledge_of(ctx).article(
        _name(article), detail="full", limit=_ALL_CLAIMS, language=_language(language)
    )
    if view.cursor:  # a resource has no pages: the tool has
        more = {"article": view.article.id, "detail": "full", "language": view.language, "cursor": view.cursor}
        view = view.model_copy(update={"cursor": None, "next_calls": (Call(tool="read_article", arguments={**more}),)})
    return render(view)


async def claim(ctx: Ctx, claim: str, language: str = "en") -> str:
    """One claim in both languages: kind, speaker, figures, evidence, its article, its disagreements. Claims are not in resources/list."""
    return render(await knowledge_of(ctx).claim(_name(claim), language=_language(language)))


async def trend(ctx: Ctx, trend: str, language: str = "en") -> str:
    """A trend, by id or name: summary, the claims that support, qualify or dispute it, figures, disagreements."""
    return render(await knowledge_of(ctx).trend(_name(trend), detail="full", language=_language(language)))


async def entity(ctx: Ctx, entity: str, language: str = "en") -> str:
    """A company, model, person, country ..., by id or name: names, who makes it, its trends, its claims."""
    return render(await knowledge_of(ctx).entity(_name(entity), detail="full", language=_language(language)))


async def table_csv(ctx: Ctx, table: str) -> str:
    """Figures as CSV, one a row, with bound, unit, period, source and evidence. Tables: `counts`, models by country; `costs`."""
    return tables.write_csv(await knowledge_of(ctx).table(_name(table)))


async def table_json(ctx: Ctx, table: str) -> str:
    """The same figures as JSON, with what each column means. Tables: `counts`, models by country; `costs`, of models."""
    shown = await knowledge_of(ctx).table(_name(table))
    return shown.model_dump_json(indent=1)


async def schema(tool: str) -> str:
    """The complete JSON schema of a tool's structured answer; `tools/list` has its first level only."""
    from mcp_server.tools import WRITING  # noqa: PLC0415 - most servers only read, and few are asked for schemas

    functions = [*(function for _, function in TOOLS), *(function for _, function, _ in WRITING)]
    answers = {function.__name__: answer_type(function) for function in functions}
    if tool not in answers:
        raise UnanswerableError(error_messages.unknown("tool", tool, list(answers)))
    return json.dumps(schemas.complete(answers[tool]), ensure_ascii=False, indent=1)


class Template(NamedTuple):
    """A resource template, and what reads it."""

    path: str
    title: str
    read: Callable[..., Awaitable[str]]
    mime_type: str
    priority: float
    """From 0, entirely optional, to 1, effectively required."""

    @property
    def uri(self) -> str:
        return f"{SCHEME}{self.path}"


TEMPLATES = (
    Template("catalogue{?language}", "Catalogue · 전체 목록", catalogue, TEXT, 1.0),
    Template("articles/{article}{?language}", "Article · 기사", article, TEXT, 0.8),
    Template("claims/{claim}{?language}", "Claim · 주장", claim, TEXT, 0.6),
    Template("trends/{trend}{?language}", "Trend · 동향", trend, TEXT, 0.8),
    Template(
        "entities/{entity}{?language}", "Company, model, person, country · 기업, 모델, 인물, 나라", entity, TEXT, 0.5
    ),
    Template("{table}.csv", "Figures as CSV · 수치 표(CSV)", table_csv, CSV, 0.7),
    Template("{table}.json", "Figures as JSON · 수치 표(JSON)", table_json, JSON, 0.6),
    Template("schemas/{tool}", "Schema of a tool's answer · 도구 응답의 스키마", schema, JSON, 0.2),
)
"""Every resource template, in the order in which clients see them."""


def register(server: MCPServer[KnowledgeBase]) -> None:
    """Give a server the templates."""
    for template in TEMPLATES:
        server.resource(
            template.uri,
            title=template.title,
            mime_type=template.mime_type,
            annotations=Annotations(audience=["user", "assistant"], priority=template.priority),
        )(_explained(template.read))


def _explained(read: Callable[..., Awaitable[str]]) -> Callable[..., Awaitable[str]]:
    """Wrap a reading function so that its refusals are sentences."""

    @functools.wraps(read)
    async def explained(*arguments: Any, **named: Any) -> str:
        try:
            return _shown(await read(*arguments, **named))
        except UnanswerableError as error:
            raise ResourceNotFoundError(error_messages.sentence(error)) from None
        except StoreError as error:
            raise ResourceError(error_messages.sentence(error)) from None

    return explained


def _shown(text: str) -> str:
    """Remove hidden characters and keep the line ends."""
    return "\r\n".join(map(strip_hidden, text.split("\r\n")))


def _language(named: str) -> Language:
    languages: dict[str, Language] = {language: language for language in get_args(Language)}
    if named not in languages:
        raise UnanswerableError(f"`language` cannot be `{error_messages.cut(named)}`: it is `en` or `ko`.")
    return languages[named]


def _name(name: str) -> str:
    if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        raise UnanswerableError(
            f"`{error_messages.cut(name)}` is no id or name: these have 1 to {_LONGEST_NAME} characters that can be seen. "
            f"{SCHEME}catalogue and resources/list name what there is."
        )
    return name
