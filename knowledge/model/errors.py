"""Errors whose messages say what to do."""


class UnanswerableError(Exception):
    """A question that cannot be answered as it was put; the message says why and what to ask instead."""


class StoreError(Exception):
    """The store cannot be used; the message says why and what to do."""


class UnwritableError(StoreError):
    """The store's file cannot be made or written, though nothing is wrong with what is in it."""


class UnreadableRecordError(StoreError):
    """Something in the store's file is not as this program writes it."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} cannot be read: another version of ai-trends-mcp wrote it, or somebody changed the library by other means. "
            "Upgrade: pip install -U ai-trends-mcp. Or go back to a copy of the library; `ai-trends-mcp doctor` says which file it is."
        )


class DiskFullError(UnwritableError):
    """There is no room where the store's file is."""


class DamagedIndexError(StoreError):
    """The full-text index cannot be used as it is; it can be thrown away and made anew, since it is derived."""

    def __init__(self) -> None:
        super().__init__(
            "The library's full-text index cannot be used. Make it anew: `ai-trends-mcp reindex`. If that does not help, "
            "see whether its disk has room and is sound, or name another library with AI_TRENDS_LIBRARY."
        )


class DatasetError(StoreError):
    """A dataset's file that is not taken as it is; nothing that was there before is lost by it."""

    def __init__(self, file: str, problem: str, allowed: str, fix: str) -> None:
        super().__init__(f"{file}: {problem}. {allowed}. {fix}.")
        self.file = file
        self.problem = problem
        self.allowed = allowed
        self.fix = fix


class FetchError(StoreError):
    """Something that was not fetched: its address is not allowed or does not give what is wanted."""

    def __init__(
        self,
        address: str,
        problem: str,
        allowed: str,
        fix: str,
        *,
        permanent: bool = False,
        status: int | None = None,
        retry_after_s: float | None = None,
        is_throttled: bool = False,
    ) -> None:
        super().__init__(f"{address}: {problem}. {allowed}. {fix}.")
        self.address = address
        self.problem = problem
        self.allowed = allowed
        self.fix = fix
        self.permanent = permanent
        """Whether asking again would most likely change nothing."""
        self.status = status
        """The status of an answer that is not taken: 200 if what came is empty or of another kind."""
        self.retry_after_s = retry_after_s
        """Seconds after which to come again, as the server says."""
        self.is_throttled = is_throttled
        """Whether nothing was asked, since the host wants to be left alone."""


class IngestError(StoreError):
    """A file or page that no article is taken from; the message says why, what is taken, and what to do."""

    def __init__(self, name: str, problem: str, allowed: str, fix: str) -> None:
        super().__init__(f"{name}: {problem}. {allowed}. {fix}.")
        self.name = name
        self.problem = problem
        self.allowed = allowed
        self.fix = fix
