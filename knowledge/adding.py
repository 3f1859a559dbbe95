"""What becomes of a text that a user brings: whose copy it is, and where the words of that article's claims stand in it."""

import dataclasses

from knowledge import anchor, copies
from knowledge.errors import StoreError
from knowledge.model import Article, Claim
from knowledge.records import Records
from knowledge.store import Added, Text


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

    def __init__(self, records: Records) -> None:
        self._records = records
        self._originals: _Originals | None = None

    def add(self, body: str) -> Added:
        """Keep a text that was checked, unless the copy of the article that is there is the same or shows more.

        Raises:
            StoreError: if it cannot be kept.
        """
        known = self._known(body)
        article = known or copies.new_article(body)
        claims = self._records.claims("article", [article.id])
        text = Text(article.id, anchor.digest(body), body, _places(article, body, claims))
        kept = self._records.text(article.id)
        again = kept is not None and kept.sha256 == text.sha256
        if kept is None or (not again and len(text.places) >= len(kept.places)):
            self._records.put_text(text, None if known else article)
        else:
            text = kept
        whole = sum(all(piece.sha256 in text.places for piece in claim.evidence) for claim in claims)
        return Added(article, bool(claims), again, whole, len(claims) - whole)

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


def _places(article: Article, body: str, claims: tuple[Claim, ...]) -> dict[str, tuple[int, int]]:
    """Where the seals of an article's claims stand in a text."""
    if article.sha256 == anchor.digest(body):
        return {piece.sha256: (piece.start, piece.end) for claim in claims for piece in claim.evidence}
    return copies.places(body, claims)
