"""Why did a connection come to nothing? What the system and TLS say of it, wherever in the chain of errors that stands."""

import errno
import os
import ssl
from collections.abc import Iterator

from knowledge.visible import shown


def reason(error: BaseException, otherwise: str) -> str:
    """What is behind an error: what TLS says, what the system says, or `otherwise`."""
    causes = list(_causes(error))
    for one in causes:
        if isinstance(one, ssl.SSLError):
            said = getattr(one, "verify_message", None) or (one.reason or "").replace("_", " ").lower()
            return f"cannot be trusted: TLS failed ({shown(said or str(one))})"
    for one in causes:
        if isinstance(one, OSError) and one.strerror:
            return f"cannot be reached ({_said(one)})"
    return otherwise


def _said(error: OSError) -> str:
    """What the system says; asyncio puts a sentence with the address in its place."""
    return os.strerror(error.errno) if error.errno and error.errno in errno.errorcode else str(error.strerror)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        if isinstance(error, BaseExceptionGroup):
            yield from error.exceptions
        error = error.__cause__ or error.__context__
