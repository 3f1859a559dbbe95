"""Extraction run: each part goes to the model, its drafts are verified, refused ones go back for correction."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from knowledge.curation.extraction import parsing, prompts
from knowledge.curation.extraction.budget import Spending
from knowledge.curation.extraction.llm_client import LLMClient
from knowledge.curation.extraction.parts import LONGEST, SHORTEST, cut_part
from knowledge.curation.extraction.progress import ArticleProgress, PendingArticle, ProgressStore
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
from knowledge.model import Article, Language, StoreError
from knowledge.store import Store

_TRIES = 3
"""Attempts at a part whose answers cannot be parsed."""
_MOST_FAILURES = 3
"""Parts failing in a row that end the run: the cause is the endpoint, not the text."""


@dataclass(frozen=True)
class ArticleOutcome:
    """Outcome of one article in this run."""

    article: Article
    recorded: tuple[str, ...]
    """Ids of the claims."""
    refused: int
    """Drafts that the text does not support, even after correction."""
    failed: tuple[str, ...]
    """Failed parts, each with the reason."""
    is_whole: bool
    """True if nothing is left for another run."""


@dataclass
class ExtractionTally:
    """Counts of a run so far."""

    length: int
    """Code points to read."""
    read: int = 0
    """Code points read."""
    recorded: int = 0
    refused: int = 0
    first: tuple[int, int] = (0, 0)
    """Accepted drafts and all drafts of first answers."""
    corrected: tuple[int, int] = (0, 0)
    """Accepted drafts and all drafts of corrections."""


OnProgress = Callable[[ExtractionTally], None]
OnArticle = Callable[[ArticleOutcome], None]


@dataclass
class Extraction:
    """One run over some articles."""

    store: Store
    author: str
    """The author named in the history of the claims."""
    client: LLMClient
    progress: ProgressStore
    spending: Spending
    tally: ExtractionTally
    rounds: int = 1
    """Rounds of corrections for refused drafts."""
    on_progress: OnProgress = lambda _: None
    on_article: OnArticle = lambda _: None
    longest: int = LONGEST
    ended: StoreError | None = None
    """Error that ended the run before everything was read, if any."""
    writing: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)
    """Serializes recording, so that an entity from one article is known to the next."""
    _failures: int = field(default=0, init=False)

    async def run(self, articles: Sequence[PendingArticle], at_once: int = 1) -> None:
        """Read the articles, `at_once` at a time; an error ends the run and is in `ended`, recorded claims stay."""
        left = iter(articles)
        await asyncio.gather(*(self._read_articles(left) for _ in range(max(1, at_once))))

    async def _read_articles(self, left: Iterator[PendingArticle]) -> None:
        for pending in left:
            if self.ended:
                return
            await _ArticleReader(self, pending).read()

    def count_part(self, *, failed: bool) -> None:
        """Count parts that fail in a row.

        Raises:
            RunEndedError: if there were too many.
        """
        self._failures = self._failures + 1 if failed else 0
        if self._failures >= _MOST_FAILURES:
            raise RunEndedError(f"{_MOST_FAILURES} parts in a row failed, so the run was stopped.")


class _Round(NamedTuple):
    """Outcome of one answer."""

    accepted: int = 0
    total: int = 0
    """Drafts in the answer."""
    correction: list[Message] | None = None
    """Conversation that asks for corrections, if drafts were refused; an unused entity is worth no call."""


class _ArticleReader:
    """Reader of one article, part by part."""

    def __init__(self, run: Extraction, pending: PendingArticle) -> None:
        self._run = run
        self._article = pending.article
        self._language: Language = pending.article.language
        self._progress = pending.progress
        self._retries = pending.progress.retryable()
        self._longest = run.longest
        self._recorded: list[str] = []
        self._refused = 0
        self._failed: list[str] = []

    async def read(self) -> None:
        """Read the remaining parts, until an error ends the run."""
        try:
            length = await self._read_parts()
        except StoreError as error:
            self._run.ended = self._run.ended or error
            length = self._article.length
        is_whole = not self._progress.has_more(length)
        self._run.on_article(
            ArticleOutcome(self._article, tuple(self._recorded), self._refused, tuple(self._failed), is_whole)
        )

    async def _read_parts(self) -> int:
        text = await self._run.store.get_text(self._article.id)
        body = text.body if text else ""
        while not self._run.ended and (part := self._next_part(body)):
            self._run.spending.check()
            try:
                await self._read_part(part)
            except TooLongError as error:
                if not self._shorten(part):
                    await self._fail(part, str(error), is_lasting=True)
            except PartError as error:
                await self._fail(part, str(error), is_lasting=error.is_lasting)
            else:
                self._run.count_part(failed=False)
        return len(body)

    def _next_part(self, body: str) -> TextPart | None:
        """Return the next part: failures of earlier runs first, then the rest of the text."""
        if self._retries:
            failed = self._retries[0]
            return cut_part(body[: failed.end], failed.start, self._longest)
        done_to = self._progress.done_to
        return cut_part(body, done_to, self._longest) if done_to < len(body) else None

    def _shorten(self, part: TextPart) -> bool:
        """Halve the length of parts; return False if they cannot be shorter."""
        self._longest = max(SHORTEST, len(part) // 2)
        return self._longest < len(part)

    async def _read_part(self, part: TextPart) -> None:
        ground = await make_verification_context(self._run.store, self._article.id, self._language)
        opening = prompts.write_opening(ground, part, self._language)
        outcome = await self._record(opening, await self._ask(opening))
        refused = outcome.total - outcome.accepted
        self._run.tally.first = _add(self._run.tally.first, outcome)
        for _ in range(self._run.rounds):
            if not outcome.correction:
                break
            outcome = await self._record(opening, await self._ask_for_corrections(outcome.correction))
            refused -= outcome.accepted
            self._run.tally.corrected = _add(self._run.tally.corrected, outcome)
        self._refused += max(refused, 0)
        self._run.tally.refused += max(refused, 0)
        await self._finish(part, self._progress.with_done(part))

    async def _record(self, opening: Sequence[Message], given: Drafts) -> _Round:
        """Record the drafts that the text supports."""
        if not given.drafts and not given.entities:
            return _Round()
        async with self._run.writing:
            answer = await record_claims(
                self._run.store, self._article.id, given.drafts, given.entities, self._run.author, self._language
            )
        self._recorded += answer.recorded
        self._run.tally.recorded += len(answer.recorded)
        drafts, entities = _refused(answer.verdicts), _refused(answer.entity_verdicts)
        correction = prompts.write_correction(opening, given, drafts, entities, self._language) if drafts else None
        return _Round(len(answer.recorded), len(answer.verdicts), correction)

    async def _ask_for_corrections(self, messages: Sequence[Message]) -> Drafts:
        """Return corrections; none if the call fails, since the accepted drafts are recorded already."""
        self._run.spending.check()
        try:
            return await self._ask(messages)
        except (PartError, TooLongError):
            return Drafts()

    async def _ask(self, messages: Sequence[Message]) -> Drafts:
        for attempt in range(1, _TRIES + 1):
            if attempt > 1:
                self._run.spending.check()
            answer = await self._run.client.complete(messages)
            self._run.spending.add(answer.usage)
            self._run.on_progress(self._run.tally)
            try:
                return parsing.parse_drafts(answer.text)
            except UnreadableAnswerError as error:
                if answer.is_cut:
                    raise TooLongError(f"The model ran out of tokens: {error}.") from None
                why = str(error)
        raise PartError(f"The model's answers cannot be used: {why}.", is_lasting=True)

    async def _fail(self, part: TextPart, why: str, *, is_lasting: bool) -> None:
        self._failed.append(f"characters {part.start}-{part.end}: {why}")
        await self._finish(part, self._progress.with_failed(part, why, is_lasting=is_lasting))
        self._run.count_part(failed=True)

    async def _finish(self, part: TextPart, progress: ArticleProgress) -> None:
        """Save the progress after a part, and report it."""
        if self._retries:
            failed = self._retries.pop(0)
            if part.end < failed.end:  # only its beginning was tried
                self._retries.insert(0, TextPart(part.end, failed.end))
        self._progress = progress
        await self._run.progress.save(self._article, progress)
        self._run.tally.read += len(part)
        self._run.on_progress(self._run.tally)


def _refused(verdicts: Sequence[Verdict]) -> list[Verdict]:
    return [verdict for verdict in verdicts if verdict.status == "refused"]


def _add(counts: tuple[int, int], outcome: _Round) -> tuple[int, int]:
    return counts[0] + outcome.accepted, counts[1] + outcome.total
