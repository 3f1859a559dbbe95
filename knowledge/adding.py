"""What becomes of a text that a user brings: whose copy it is, and where the words of that article's claims stand in it."""

import dataclasses
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from knowledge import anchor, copies, echoes
from knowledge.errors import StoreError
from knowledge.history import Action, Event
from knowledge.model import Article, Claim
from knowledge.records import Records
from knowledge.store import Added, Arrival, Text

_MOST_LIKE = 5
"""Texts that are compared with a new one, those first that share most samples with it."""


def checked(text: str) -> str:
    """A text as it is kept.

    Raises:
        StoreError: if it is empty, or longer than an article.
    """
    body = anchor.normalise(text)
    if not body.strip():
        raise StoreError("The text is empty. Give a file with the text of an article.")
    if len(body) > copies.LONGEST_TEXT:
        raise StoreError(
            f"The text has {len(body):,} characters; an article has {copies.LONGEST_TEXT:,} at most. Give one article a file."
        )
    return body


def placed(text: Text, article: Article, claims: tuple[Claim, ...]) -> Text:
    """A text with the places of the seals that its article's claims have now."""
    return dataclasses.replace(text, places=_places(article, text.body, claims))


class Adding:
    """Takes texts into records."""

    def __init__(self, records: Records, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._records = records
        self._now = now
        self._originals: _Originals | None = None

    def add(self, body: str, arrival: Arrival) -> Added:
        """Keep a text that was checked, unless the copy of the article that is there is the same or shows more.

        Raises:
            StoreError: if it cannot be kept.
        """
        with self._records.writing():
            added = self._added(body, arrival)
            if arrival.done:
                self._records.progress.keep(*arrival.done)
        return added

    def _added(self, body: str, arrival: Arrival) -> Added:
        known = self._known(body) or self._awaited(body)
        article = known or copies.new_article(body, arrival)
        claims = self._records.claims("article", [article.id])
        text = Text(article.id, anchor.digest(body), body, _places(article, body, claims))
        kept = self._records.texts.get(article.id)
        again = kept is not None and kept.sha256 == text.sha256
        if kept is None or (not again and _shows_more(text, kept, article)):
            article, echo = self._kept(text, article, arrival, is_new=known is None)
        else:
            text, echo = kept, ()
            article = self._records.get(Article, [article.id])[article.id]
            self._seen_again(article, arrival)
        whole = sum(all(piece.sha256 in text.places for piece in claim.evidence) for claim in claims)
        return Added(article, bool(claims), again, whole, len(claims) - whole, article.syndicated_from, echo)

    def _kept(self, text: Text, article: Article, arrival: Arrival, *, is_new: bool) -> tuple[Article, tuple[str, ...]]:
        """Keep a text; its article, linked to those whose copy it is, and the articles that are copies of it."""
        samples = echoes.samples(text.body)
        like = tuple(self._echoes(text, samples)) if is_new else ()
        original = next((one for one in like if not echoes.is_original(article, one)), None)
        if original:
            article = article.model_copy(update={"syndicated_from": original.syndicated_from or original.id})
        event = self._event("added", article, arrival, record=article if is_new else None)
        self._records.keep(text, article if is_new else None, samples, [event])
        if original:
            return article, ()
        return article, tuple(self._linked(like, article, arrival))

    def _echoes(self, text: Text, samples: frozenset[int]) -> Iterator[Article]:
        """The articles whose texts are copies of a text, the most alike first."""
        for one in self._records.texts.like(samples, _MOST_LIKE) if samples else ():
            other = self._records.texts.get(one)
            if other and one != text.article and echoes.is_echo(text.body, other.body):
                yield self._records.get(Article, [one])[one]

    def _linked(self, copies_of_it: tuple[Article, ...], original: Article, arrival: Arrival) -> Iterator[str]:
        """Say of articles, and of those that were taken for copies of them, that they are copies of a new one."""
        ids = {one.id for one in copies_of_it}
        for one in self._records.all(Article):
            if one.id != original.id and (one.id in ids or one.syndicated_from in ids):
                linked = one.model_copy(update={"syndicated_from": original.id})
                self._records.change(linked, [self._event("linked", linked, arrival, record=linked)])
                yield one.id

    def _seen_again(self, article: Article, arrival: Arrival) -> None:
        """Say that a text came another way too."""
        if arrival.origin is None:
            return
        before = {event.origin.source for event in self._records.chain.of(article.id) if event.origin}
        if arrival.origin.source not in before:
            self._records.chain.append([self._event("added", article, arrival)])

    def _event(self, action: Action, article: Article, arrival: Arrival, record: Article | None = None) -> Event:
        return Event(
            at=self._now(),
            by=arrival.by,
            action=action,
            subject=article.id,
            origin=arrival.origin if action == "added" else None,
            record=record.model_dump_json(exclude_defaults=True) if record else None,
        )

    def _awaited(self, body: str) -> Article | None:
        """The article of the very text whose record came without it, as in an export."""
        identity = copies.new_article(body).id
        there = self._records.get(Article, [identity]).get(identity)
        return there if there and self._records.texts.get(identity) is None else None

    def _known(self, body: str) -> Article | None:
        """The curated article that a text is a copy of: the very one, or one whose seals it contains."""
        fingerprint = self._records.fingerprint()
        if self._originals is None or self._originals.fingerprint != fingerprint:
            self._originals = _Originals(fingerprint, self._records)
        return self._originals.of(body)


class _Originals:
    """The curated articles, kept as long as the records are of the same packaged data: looking them up takes longer than adding a text."""

    def __init__(self, fingerprint: str | None, records: Records) -> None:
        self.fingerprint = fingerprint
        articles = records.curated_articles()
        self._by_id = {article.id: article for article in articles}
        self._by_digest = {article.sha256: article for article in articles}
        self._recognised = copies.Originals({one: records.claims("article", [one]) for one in self._by_id})

    def of(self, body: str) -> Article | None:
        return self._by_digest.get(anchor.digest(body)) or self._by_id.get(self._recognised.of(body) or "")


def _shows_more(text: Text, kept: Text, article: Article) -> bool:
    """Whether a copy takes the place of another: never that of the very text, which claims may have been drafted from."""
    return kept.sha256 != article.sha256 and len(text.places) >= len(kept.places)


def _places(article: Article, body: str, claims: tuple[Claim, ...]) -> dict[str, tuple[int, int]]:
    """Where the seals of an article's claims stand in a text."""
    if article.sha256 == anchor.digest(body):
        return {piece.sha256: (piece.start, piece.end) for claim in claims for piece in claim.evidence}
    return copies.places(body, claims)
