"""Errors whose messages say what to do."""


class UnanswerableError(Exception):
    """A question that cannot be answered as it stands; the message says why and what to ask instead."""


class StoreError(Exception):
    """A store that cannot be used; the message says why and what to do."""


class UnwritableError(StoreError):
    """A store whose file cannot be created or written, though its content is sound."""


class UnreadableRecordError(StoreError):
    """A record in the store's file that this program did not write so."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} cannot be read: another version of ai-trends-mcp wrote it, or somebody changed the library by other means. "
            "Upgrade: pip install -U ai-trends-mcp. Or go back to a copy of the library; `ai-trends-mcp doctor` says which file it is."
        )


class DiskFullError(UnwritableError):
    """A full disk under the store's file."""


class DamagedIndexError(StoreError):
    """A damaged full-text index; it is derived, so it can be rebuilt."""

    def __init__(self) -> None:
        super().__init__(
            "The library's full-text index cannot be used. Make it anew: `ai-trends-mcp reindex`. If that does not help, "
            "see whether its disk has room and is sound, or name another library with AI_TRENDS_LIBRARY."
        )


class DatasetError(StoreError):
    """A dataset file that is refused; the tables from before stay."""

    def __init__(self, file: str, problem: str, allowed: str, fix: str) -> None:
        super().__init__(f"{file}: {problem}. {allowed}. {fix}.")
        self.file = file
        self.problem = problem
        self.allowed = allowed
        self.fix = fix


class FetchError(StoreError):
    """A failed fetch: the address is not allowed, or does not return what is wanted."""

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
        """A retry would most likely change nothing."""
        self.status = status
        """The status of a refused response: 200 if it is empty or of another media type."""
        self.retry_after_s = retry_after_s
        """Seconds after which to retry, as the server says."""
        self.is_throttled = is_throttled
        """No request was made, since the host asked for a rest."""


class IngestError(StoreError):
    """A file or page without a usable article; the message says why, what is accepted, and what to do."""

    def __init__(self, name: str, problem: str, allowed: str, fix: str) -> None:
        super().__init__(f"{name}: {problem}. {allowed}. {fix}.")
        self.name = name
        self.problem = problem
        self.allowed = allowed
        self.fix = fix
