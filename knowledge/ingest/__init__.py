"""Articles from files, web pages, PDFs and feeds: media types, charsets, metadata, dates, the parser sandbox, feed polling."""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from knowledge.ingest.add import ArticleImporter, ArticleMetadata, TextAdded
    from knowledge.ingest.feeds import FeedState
    from knowledge.ingest.poller import FeedPoller, PollResult, discover_feed, poll_rounds
    from knowledge.ingest.reader import Reader
    from knowledge.ingest.subscriptions import EntryImporter, Subscriptions

__all__ = [
    "ArticleImporter", "ArticleMetadata", "EntryImporter", "FeedPoller", "FeedState", "PollResult", "Reader",
    "Subscriptions", "TextAdded", "discover_feed", "poll_rounds",
]  # fmt: skip

__getattr__ = lazy_names(
    __name__,
    add="ArticleImporter ArticleMetadata TextAdded",
    feeds="FeedState",
    poller="FeedPoller PollResult discover_feed poll_rounds",
    reader="Reader",
    subscriptions="EntryImporter Subscriptions",
)
