"""An index that lasts: what turns out to be damaged is opened anew, or made anew, and asked again."""

import logging
from collections.abc import Callable
from typing import Self, TypeVar

from knowledge.model.errors import DamagedError
from knowledge.search.index import Index

_R = TypeVar("_R")
_LOG = logging.getLogger(__name__)


class DurableIndex:
    """The index of one kind of documents of a library, for as long as its records are of the same packaged data."""

    def __init__(self, opened: Callable[[], Index], discard: Callable[[], None]) -> None:
        """An index that is opened when it is first asked.

        Args:
            opened: opens it; makes it where there is none, or where it is seen to be damaged.
            discard: throws away what is kept of it.
        """
        self._opened = opened
        self._discard = discard
        self._open: Index | None = None
        self._was_discarded = False

    @property
    def now(self) -> Index:
        """The index as it is open now."""
        if self._open is None:
            self._open = self._opened()
        return self._open

    def ask(self, work: Callable[[], _R]) -> _R:
        """What `work` gets from the index as it is then, even if that turns out to be damaged.

        Opening it anew mends what shows in its files, or finds what another process has put in its place. If it still
        cannot be asked, it is thrown away; only once, as a question that the engine cannot take would do so each time.

        Raises:
            DamagedError: if none of this helps.
        """
        for mend in (self.reopen, self._make_anew):
            try:
                return work()
            except DamagedError:
                _LOG.warning("The full-text index cannot be used as it is", exc_info=True)
            mend()
        return work()

    def open(self) -> Self:
        """Open it now: that takes longer than a question does."""
        self._open = self.now
        return self

    def reopen(self) -> None:
        """Forget what is open, so that the next question looks at the files again."""
        self._open = None

    def _make_anew(self) -> None:
        self.reopen()
        if not self._was_discarded:
            self._was_discarded = True
            self._discard()
