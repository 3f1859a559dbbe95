"""Extraction run: each part goes to the model, its drafts are verified, refused ones go back for correction."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from knowledge.curation.extraction import parsing, prompts
from knowledge.curation.extraction.budget import Spending
from knowledge.curation.extraction.llm_client import LLMClient
from knowledge.curation.extraction.parts import LONGEST, SHORTEST, cut_part
from knowledge.curation.extraction.progress import MOST_TRIES, ArticleProgress, PendingArticle, ProgressStore
from knowledge.curation.extraction.types import (
    Drafts,
    Message,
    PartError,
    RunEndedError,
    TextPart,
    TooLongError,
    UnreadableAnswerError,
)
from knowledge.curation.record import make_verification_context, record_claims
from knowledge.curation.verification import Verdict
from knowledge.model.errors import StoreError
from knowledge.model.records import Article, Language
from knowledge.store.store import Store

_TRIES = 3
"""How often a part is asked for whose answers cannot be read."""
_MOST_IN_A_ROW = 3
"""So many parts that fail one after the other end the run: it is the endpoint, not the text."""


@dataclass(frozen=True)
class ArticleOutcome:
    """What came of one article in this run."""

    article: Article
    recorded: tuple[str, ...]
    """Ids of the claims."""
    refused: int
    """Drafts that the text does not bear out, nor their corrections."""
    failed: tuple[str, ...]
    """Parts of which nothing came, each with the reason."""
    is_whole: bool
    """Whether nothing of it is left for another run."""


@dataclass
class ExtractionTally:
    """What came of a run so far."""

    length: int
    """Code points to read."""
    come: int = 0
    """Code points that were read."""
    recorded: int = 0
    refused: int = 0
    first: tuple[int, int] = (0, 0)
    """Drafts that were accepted, of how many, as they came first."""
    mended: tuple[int, int] = (0, 0)
    """The same of corrections."""


Told = Callable[[ExtractionTally], None]
Done = Callable[[ArticleOutcome], None]


@dataclass
class Extraction:
    """One run over some articles."""

    store: Store
    by: str
    """The author named in the history of the claims."""
    endpoint: LLMClient
    memory: ProgressStore
    spending: Spending
    tally: ExtractionTally
    rounds: int = 1
    """How often what was refused goes back to be mended."""
    told: Told = lambda _: None
    done: Done = lambda _: None
    longest: int = LONGEST
    ended: StoreError | None = None
    """Why the run ended before everything was read, if it did."""
    writing: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)
    """One article's claims at a time, so that an entity which one article brings is known to the next."""
    _in_a_row: int = field(default=0, init=False)

    async def run(self, articles: Sequence[PendingArticle], at_once: int = 1) -> None:
        """Read the articles, so many at once; whatever ends it is in `ended`, and what was recorded stays."""
        left = iter(articles)
        await asyncio.gather(*(self._some(left) for _ in range(max(1, at_once))))

    async def _some(self, left: Iterator[PendingArticle]) -> None:
        for chosen in left:
            if self.ended:
                return
            await _Reading(self, chosen).read()

    def went(self, *, well: bool) -> None:
        """Count parts that fail in a row.

        Raises:
            EndingError: if there were too many.
        """
        self._in_a_row = 0 if well else self._in_a_row + 1
        if self._in_a_row >= _MOST_IN_A_ROW:
            raise RunEndedError(f"{_MOST_IN_A_ROW} parts in a row failed, so that no more were asked for.")


class _Round(NamedTuple):
    """What became of one answer."""

    accepted: int = 0
    of: int = 0
    """Drafts."""
    left: list[Message] | None = None
    """How the conversation goes on, if some were refused; an entity that nobody needs is worth no call."""


class _Reading:
    """One article while it is read."""

    def __init__(self, run: Extraction, chosen: PendingArticle) -> None:
        self._run = run
        self._article = chosen.article
        self._language: Language = chosen.article.language
        self._note = chosen.note
        self._again = [TextPart(one.start, one.end) for one in chosen.note.failed if one.tries < MOST_TRIES]
        self._longest = run.longest
        self._recorded: list[str] = []
        self._refused = 0
        self._failed: list[str] = []

    async def read(self) -> None:
        """Read what is left, as far as it goes."""
        try:
            length = await self._parts()
        except StoreError as error:
            self._run.ended = self._run.ended or error
            length = self._article.length
        is_whole = not self._note.has_more(length)
        self._run.done(
            ArticleOutcome(self._article, tuple(self._recorded), self._refused, tuple(self._failed), is_whole)
        )

    async def _parts(self) -> int:
        text = await self._run.store.get_text(self._article.id)
        body = text.body if text else ""
        while not self._run.ended and (part := self._next(body)):
            self._run.spending.check()
            try:
                await self._part(part)
            except TooLongError as error:
                if not self._shortened(part):
                    await self._fail(part, str(error), is_lasting=True)
            except PartError as error:
                await self._fail(part, str(error), is_lasting=error.is_lasting)
            else:
                self._run.went(well=True)
        return len(body)

    def _next(self, body: str) -> TextPart | None:
        """What failed in earlier runs first, then on from where it was."""
        if self._again:
            failed = self._again[0]
            return cut_part(body[: failed.end], failed.start, self._longest)
        return cut_part(body, self._note.done_to, self._longest) if self._note.done_to < len(body) else None

    def _shortened(self, part: TextPart) -> bool:
        """Whether shorter parts are given from now on."""
        self._longest = max(SHORTEST, len(part) // 2)
        return self._longest < len(part)

    async def _part(self, part: TextPart) -> None:
        ground = await make_verification_context(self._run.store, self._article.id, self._language)
        begun = prompts.write_opening(ground, part, self._language)
        went = await self._round(begun, await self._drafts(begun))
        refused = went.of - went.accepted
        self._run.tally.first = _plus(self._run.tally.first, went)
        for _ in range(self._run.rounds):
            if not went.left:
                break
            went = await self._round(begun, await self._mended(went.left))
            refused -= went.accepted
            self._run.tally.mended = _plus(self._run.tally.mended, went)
        self._refused += max(refused, 0)
        self._run.tally.refused += max(refused, 0)
        await self._keep(part, self._note.with_done(part))

    async def _round(self, begun: Sequence[Message], given: Drafts) -> _Round:
        """Record what of some drafts the text bears out."""
        if not given.drafts and not given.entities:
            return _Round()
        async with self._run.writing:
            answer = await record_claims(
                self._run.store, self._article.id, given.drafts, given.entities, self._run.by, self._language
            )
        self._recorded += answer.recorded
        self._run.tally.recorded += len(answer.recorded)
        drafts, entities = _refused(answer.verdicts), _refused(answer.entity_verdicts)
        left = prompts.write_correction(begun, given, drafts, entities, self._language) if drafts else None
        return _Round(len(answer.recorded), len(answer.verdicts), left)

    async def _mended(self, messages: Sequence[Message]) -> Drafts:
        """Corrections; none where nothing can be read of them, since what was right is recorded."""
        self._run.spending.check()
        try:
            return await self._drafts(messages)
        except (PartError, TooLongError):
            return Drafts()

    async def _drafts(self, messages: Sequence[Message]) -> Drafts:
        for tried in range(1, _TRIES + 1):
            if tried > 1:
                self._run.spending.check()
            answer = await self._run.endpoint.ask(messages)
            self._run.spending.add(answer.usage)
            self._run.told(self._run.tally)
            try:
                return parsing.parse_drafts(answer.text)
            except UnreadableAnswerError as error:
                if answer.is_cut:
                    raise TooLongError(f"The model ran out of tokens: {error}.") from None
                why = str(error)
        raise PartError(f"The model's answers cannot be used: {why}.", is_lasting=True)

    async def _fail(self, part: TextPart, why: str, *, is_lasting: bool) -> None:
        self._failed.append(f"characters {part.start}-{part.end}: {why}")
        await self._keep(part, self._note.with_failed(part, why, is_lasting=is_lasting))
        self._run.went(well=False)

    async def _keep(self, part: TextPart, note: ArticleProgress) -> None:
        """Remember that a part is over, and say so."""
        if self._again:
            failed = self._again.pop(0)
            if part.end < failed.end:  # it was cut again
                self._again.insert(0, TextPart(part.end, failed.end))
        self._note = note
        await self._run.memory.keep(self._article, note)
        self._run.tally.come += len(part)
        self._run.told(self._run.tally)


def _refused(verdicts: Sequence[Verdict]) -> list[Verdict]:
    return [one for one in verdicts if one.status == "refused"]


def _plus(one: tuple[int, int], went: _Round) -> tuple[int, int]:
    return one[0] + went.accepted, one[1] + went.of
