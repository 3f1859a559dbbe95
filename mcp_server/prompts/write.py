"""The prompt that takes an assistant through an article, on a server that may write."""

from typing import Annotated

from mcp.server.mcpserver.prompts.base import Message, UserMessage
from pydantic import Field

from knowledge.curation import make_verification_context
from knowledge.curation.extraction import parts, prompts
from knowledge.curation.verification import INSTRUCTIONS
from knowledge.model import Bilingual
from knowledge.queries import choose_language
from mcp_server.context import Ctx, knowledge_of
from mcp_server.prompts.read import In

_STEPS = Bilingual(
    ko="""\
기사 `{article}`의 원문({length}자) 가운데 {start}~{end}번째 글자가 아래에 있어. 1) 이 대목의 주장을 뽑아 record_claims를 article="{article}"로 불러 줘. 2) 거절된 초안은 `refusals`대로 고쳐 그것만 한 번 더 제출하고, \
그래도 원문이 뒷받침하지 않으면 버려 줘. 3) {then} 끝나면 기록한 주장(id)과 버린 것, 지식베이스에 있던 내용과 다른 점을 나에게 알려 줘.""",
    en="""\
Below are code points {start} to {end} of the text of `{article}` ({length} in all). 1) Draft the claims of this passage and call record_claims with article="{article}". 2) Fix what is refused as `refusals` says, send only that \
once more, and drop what the text still does not support. 3) {then} Then tell me which claims were recorded (ids), what you dropped, and where the text differs from what was known.""",
)
_MORE = Bilingual(
    ko='이어지는 대목은 이 프롬프트를 start="{end}"로 다시 쓰거나, read_article을 around="{middle}", detail="full"로 불러 읽어 줘.',
    en='To continue, use this prompt again with start="{end}", or call read_article with around="{middle}" and detail="full".',
)
_LAST = Bilingual(ko="이것이 마지막 대목이야.", en="This is the last passage.")
_REACH = 2_000
"""Code points that read_article shows on either side of a place in full detail."""


async def draft_claims(
    ctx: Ctx,
    article: Annotated[
        str, Field(min_length=1, max_length=64, description="Id of an article whose text is in the library.")
    ],
    start: Annotated[
        str, Field(pattern=r"^[0-9]{0,6}$", description="Code point to start at; by default, the beginning.")
    ] = "",
    language: In = "auto",
) -> list[Message]:
    """Go through an article and record the claims that its text supports. 기사 원문을 따라가며 원문이 뒷받침하는 주장을 기록합니다."""
    store = knowledge_of(ctx).store
    ground = await make_verification_context(store, article, choose_language(language))
    tongue = ground.article.language if language == "auto" else language
    length = len(ground.body)
    part = parts.cut_part(ground.body, min(int(start or 0), max(0, length - 1)))
    then = _LAST if part.end >= length else _MORE
    steps = _STEPS.format(
        article=article,
        length=length,
        start=part.start,
        end=part.end,
        then=then.format(end=part.end, middle=part.end + _REACH),
    ).in_language(tongue)
    passage = prompts.write_task(ground, part, tongue)
    return [UserMessage(f"{steps}\n\n{INSTRUCTIONS.in_language(tongue)}"), UserMessage(passage)]


WRITING_PROMPTS = (("Draft claims from an article · 기사에서 주장 뽑기", draft_claims),)
"""Every prompt with its title."""
