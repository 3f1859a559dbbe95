"""Completion of ids and names in prompts and resource addresses."""

from collections.abc import Sequence
from typing import get_args

from mcp.server import MCPServer
from mcp.shared.exceptions import MCPError
from mcp.shared.uri_template import UriTemplate
from mcp.types import (
    INTERNAL_ERROR,
    Completion,
    CompletionArgument,
    CompletionContext,
    PromptReference,
    ResourceTemplateReference,
)

from knowledge import KnowledgeBase, StoreError
from knowledge.model import AnswerLanguage, Language
from knowledge.queries import CompletionSubject, TableName
from mcp_server.rendering import error_messages
from mcp_server.sdk import current_lifespan, invalid_params, provide_lifespan
from mcp_server.tools import TOOLS

Reference = PromptReference | ResourceTemplateReference

_MOST = 100
"""Values that the protocol allows in one answer."""
_LONGEST = 100
"""Longest text to complete; no id or name is longer."""
_SUBJECTS: dict[str, CompletionSubject] = {
    "trend": "trend",
    "topic": "trend",
    "entity": "entity",
    "article": "article",
    "claim": "claim",
}
"""The subject that an argument names."""


def register(server: MCPServer[KnowledgeBase]) -> None:
    """Let a server complete arguments of its prompts and resource templates."""

    async def complete(ref: Reference, argument: CompletionArgument, context: CompletionContext | None) -> Completion:
        if argument.name not in await _arguments(server, ref):
            return _completion(())
        chosen = (context.arguments if context else None) or {}
        language: Language = "ko" if chosen.get("language") == "ko" else "en"
        try:
            return _completion(await _values(ref, argument.name, argument.value[:_LONGEST], language))
        except StoreError as error:
            raise MCPError(code=INTERNAL_ERROR, message=str(error)) from error

    server.completion()(complete)  # type: ignore[no-untyped-call]  # the SDK has no types here
    server.middleware.append(provide_lifespan)


async def _arguments(server: MCPServer[KnowledgeBase], ref: Reference) -> Sequence[str]:
    """Return the names of the arguments of a prompt, or of the variables of a resource template.

    Raises:
        MCPError: invalid parameters, if the server has neither.
    """
    if isinstance(ref, PromptReference):
        prompts = {prompt.name: prompt.arguments or () for prompt in await server.list_prompts()}
        if ref.name not in prompts:
            raise invalid_params(error_messages.unknown("prompt", ref.name, list(prompts)))
        return [argument.name for argument in prompts[ref.name]]
    known = [template.uri_template for template in await server.list_resource_templates()]
    known += [resource.uri for resource in await server.list_resources()]
    if ref.uri not in known:
        raise invalid_params(error_messages.unknown("resource template", ref.uri, known))
    return UriTemplate.parse(ref.uri).variable_names


async def _values(ref: Reference, name: str, typed: str, language: Language) -> Sequence[str]:
    knowledge: KnowledgeBase = current_lifespan()
    in_prompt = isinstance(ref, PromptReference)
    if name in _SUBJECTS:
        return await knowledge.completions(_SUBJECTS[name], typed, language=language, names=in_prompt)
    fixed: dict[str, Sequence[str]] = {
        "language": get_args(AnswerLanguage) if in_prompt else get_args(Language),
        "table": get_args(TableName),
        "tool": [tool.__name__ for _, tool in TOOLS],
    }
    sought = typed.casefold()
    matching = [value for value in fixed.get(name, ()) if sought in value]
    return sorted(matching, key=lambda value: not value.startswith(sought))


def _completion(values: Sequence[str]) -> Completion:
    return Completion(values=list(values[:_MOST]), total=len(values), has_more=len(values) > _MOST)
