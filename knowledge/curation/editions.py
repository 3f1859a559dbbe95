"""What is answered to those who change a library: shapes, one sentence a field."""

from knowledge.curation.verification.drafts import Verdict
from knowledge.queries.answers import Answer, Quoted


class TextAdded(Answer):
    """What became of a text."""

    article: str
    """Id of its article."""
    title: str | None = None
    """Its headline, as data from outside."""
    claims: int
    """How many claims it has here."""
    again: bool
    """Whether the very text was there before."""
    copy_of: str | None = None
    """Id of the article that it is a copy of: both are one source."""
    copies: tuple[str, ...] = ()
    """Ids of articles that turned out to be copies of it."""
    length: int
    """Length of the text in Unicode code points."""
    text: Quoted | None = None
    """How it begins, as data from outside."""


class ClaimsRecorded(Answer):
    """What became of drafts, each by itself."""

    article: str
    """Id of the article."""
    recorded: tuple[str, ...]
    """Ids of the claims that were recorded."""
    verdicts: tuple[Verdict, ...]
    """One for each draft, in order: its claim's id, or what to mend."""
    entity_verdicts: tuple[Verdict, ...] = ()
    """One for each new entity, in order."""
