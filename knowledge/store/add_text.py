"""Texts added to a library: recognised as a known article or linked to the copy they repeat, with their seals located."""

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime

from knowledge.model import Action, Article, Claim, Event, StoreError
from knowledge.store import copies
from knowledge.store.records import Records
from knowledge.store.store import AddedText, StoredText, TextMetadata
from knowledge.text import anchoring, near_duplicates

_COMPLETED = ("author", "publisher", "published", "url")
"""Fields of a known article that a later copy may fill in."""


def check_text(text: str) -> str:
    """Return a text as it is kept.

    Raises:
        StoreError: if it is empty, or longer than an article.
    """
    body = anchoring.normalise(text)
    if not body.strip():
        raise StoreError("The text is empty. Give a file with the text of an article.")
    if len(body) > copies.LONGEST_TEXT:
        raise StoreError(
            f"The text has {len(body):,} characters; an article has {copies.LONGEST_TEXT:,} at most. Give one article a file."
        )
    return body


def place_seals(text: StoredText, article: Article, claims: tuple[Claim, ...]) -> StoredText:
    """Return a text with the places of the seals that its article's claims have now."""
    return dataclasses.replace(text, places=_places(article, text.body, claims))


class TextAdder:
    """Adds texts to records."""

    def __init__(self, records: Records, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._records = records
        self._now = now
        self._originals: _Originals | None = None

    def add(self, body: str, metadata: TextMetadata) -> AddedText:
        """Keep a text that was checked, unless the copy of the article that is there is the same or shows more.

        Raises:
            StoreError: if it cannot be kept.
        """
        with self._records.writing():
            added = self._added(body, metadata)
            if metadata.done:
                self._records.progress.set(*metadata.done)
        return added

    def _added(self, body: str, metadata: TextMetadata) -> AddedText:
        known = self._known(body) or self._awaited(body)
        article = known or copies.make_article(body, metadata)
        every = self._records.list_claims_of(article.id)
        claims = [claim for claim in every if claim.stands]
        text = StoredText(article.id, anchoring.digest(body), body, _places(article, body, every))
        kept = self._records.texts.get(article.id)
        again = kept is not None and kept.sha256 == text.sha256
        if kept is None or (not again and _shows_more(text, kept, article)):
            article, echo = self._kept(text, article, metadata, is_new=known is None)
        else:
            text, echo = kept, ()
            article = self._seen_again(self._records.get(Article, [article.id])[article.id], metadata)
        whole = sum(all(piece.sha256 in text.places for piece in claim.evidence) for claim in claims)
        return AddedText(article, bool(claims), again, whole, len(claims) - whole, article.syndicated_from, echo)

    def _kept(
        self, text: StoredText, article: Article, metadata: TextMetadata, *, is_new: bool
    ) -> tuple[Article, tuple[str, ...]]:
        """Keep a text; return its article, linked to its original if it is a copy, and the ids of its own copies."""
        samples = near_duplicates.fingerprint(text.body)
        found = copies.find_copies(self._records, article, text.body, samples)
        source = found.original.id if found.original else None
        was, article = article, article.model_copy(update={"syndicated_from": source or article.syndicated_from})
        event = self._event("added", article, metadata, record=article if is_new else None)
        self._records.keep_text(text, article if is_new else None, samples, [event])
        moved = (was,) if source and not is_new else found.copies
        linked = copies.link_copies(
            self._records, moved, source or article.id, lambda copy: self._linked(copy, metadata)
        )
        return article, tuple(copy for copy in linked if copy != article.id)

    def _linked(self, article: Article, metadata: TextMetadata) -> Event:
        return self._event("linked", article, metadata, record=article)

    def _seen_again(self, article: Article, metadata: TextMetadata) -> Article:
        """Log another way that a text came, and fill in fields that were unknown."""
        update = copies.make_article("-", metadata)
        given = {name: getattr(update, name) for name in _COMPLETED if getattr(metadata, name)}
        new = {name: value for name, value in given.items() if getattr(article, name) is None and not article.curated}
        before = {event.origin.source for event in self._records.event_log.list_for(article.id) if event.origin}
        known = article.model_copy(update=new)
        if new:
            self._records.replace(known, [self._event("linked", known, metadata, record=known)])
        elif metadata.origin and metadata.origin.source not in before:
            self._records.event_log.append([self._event("added", article, metadata)])
        return known

    def _event(self, action: Action, article: Article, metadata: TextMetadata, record: Article | None = None) -> Event:
        return Event(
            at=self._now(),
            by=metadata.by,
            action=action,
            subject=article.id,
            origin=metadata.origin if action == "added" else None,
            record=record.model_dump_json(exclude_defaults=True) if record else None,
        )

    def _awaited(self, body: str) -> Article | None:
        """Return the article of this very text whose record came without it, as in an export."""
        there = self._records.list_without_text(anchoring.digest(body))
        return there[0] if there else None

    def _known(self, body: str) -> Article | None:
        """Return the curated article that a text is a copy of: the same text, or one whose seals it contains."""
        fingerprint = self._records.fingerprint()
        if self._originals is None or self._originals.fingerprint != fingerprint:
            self._originals = _Originals(fingerprint, self._records)
        return self._originals.find(body)


class _Originals:
    """Curated articles by digest and by seals, cached per version of the packaged data: building it takes longer than adding a text."""

    def __init__(self, fingerprint: str | None, records: Records) -> None:
        self.fingerprint = fingerprint
        articles = records.list_curated_articles()
        self._by_id = {article.id: article for article in articles}
        self._by_digest = {article.sha256: article for article in articles}
        self._recognised = copies.SealMatcher(
            {article: records.find_claims("article", [article]) for article in self._by_id}
        )

    def find(self, body: str) -> Article | None:
        return self._by_digest.get(anchoring.digest(body)) or self._by_id.get(self._recognised.find_match(body) or "")


def _shows_more(text: StoredText, kept: StoredText, article: Article) -> bool:
    """Check that a copy should replace the kept one: it is the article's very text, or, where neither is, contains more seals."""
    return kept.sha256 != article.sha256 and (text.sha256 == article.sha256 or len(text.places) > len(kept.places))


def _places(article: Article, body: str, claims: tuple[Claim, ...]) -> dict[str, tuple[int, int]]:
    """Return where the seals of an article's claims stand in a text."""
    if article.sha256 == anchoring.digest(body):
        pieces = (piece for claim in claims for piece in claim.evidence)
        # Whoever says where words stand, they are looked for there: one seal may be claimed for several places.
        return {
            piece.sha256: (piece.start, piece.end)
            for piece in pieces
            if anchoring.digest(body[piece.start : piece.end]) == piece.sha256
        }
    return copies.locate_seals(body, claims)
