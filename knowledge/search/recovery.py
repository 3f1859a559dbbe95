"""Errors and panics of the search engine, as one error of our own."""

from collections.abc import Iterator
from contextlib import contextmanager

from knowledge.model.errors import DamagedError

_PANICS = "pyo3_runtime"
"""The module of the engine's panics, which Python sees as exceptions that are no `Exception`; their class cannot be imported."""


@contextmanager
def faults() -> Iterator[None]:
    """Turn panics of the engine, and what it says of files that are gone or wrong, into one error.

    Raises:
        DamagedError: whatever it was; its cause says what.
    """
    try:
        yield
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise DamagedError from error
    except BaseException as error:
        if type(error).__module__ == _PANICS:
            raise DamagedError from error
        raise
