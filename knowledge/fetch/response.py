"""Checks of a response by its status, headers and first bytes, and reasons for a failed connection."""

import errno
import os
import re
import ssl
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from knowledge.model import FetchError
from knowledge.text import to_excerpt

LATER = "Try again later"
WHOLE = "The whole file must come"
_PAGE = re.compile(rb"(\xef\xbb\xbf)?\s*<(!--|!doctype\s+html|html\b|head\b|body\b|title\b|script\b)", re.IGNORECASE)
"""The beginning of a web page."""
_HEAD = 4096
"""Bytes in which a web page is recognised."""
_HTML = "text/html"
_GONE = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_CLIENTS_FAULT, _SERVERS_FAULT = 400, 500
_PASSING = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([A-Za-z0-9_.:+-]{1,40})", re.IGNORECASE)
_DIGITS = 9
_TAG = re.compile(r'(W/)?"[\x21\x23-\x7e]{0,200}"')


class FetchLimits(NamedTuple):
    """Limits of fetching one file: bytes, redirects, seconds."""

    bytes: int = 32 * 2**20
    redirects: int = 5
    connect_s: float = 10
    read_s: float = 30
    whole_s: float = 300


DEFAULT_LIMITS = FetchLimits()


class Validators(NamedTuple):
    """Validators of a file, for a conditional request."""

    etag: str | None = None
    modified: str | None = None

    def headers(self) -> dict[str, str]:
        """Return the headers of a conditional request."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in named.items() if value}


NO_VALIDATORS = Validators()


class FetchResult(NamedTuple):
    """The result of fetching a file."""

    url: str
    """The URL after redirects."""
    changed: bool
    """`False` if the server says that nothing changed; then there is no file."""
    validators: Validators
    modified: datetime | None
    """The `Last-Modified` time."""
    proxy: str | None
    """The proxy that it came through."""
    media_type: str = ""
    """The media type in the response, in lower case, such as `text/html`."""
    charset: str = ""
    """The charset in the response, as written."""


def connection_advice(*, by_proxy: bool) -> tuple[str, str]:
    """Return what a connection needs, and what to do."""
    if by_proxy:
        return "The proxy that HTTPS_PROXY names must answer", "See whether it runs, or set NO_PROXY to go without it"
    return "A connection that can be trusted is needed", "See whether this machine is online, or try again later"


def connection_problem(error: BaseException, otherwise: str) -> str:
    """Turn a failed connection's chain of errors into one reason: TLS's, the system's, or `otherwise`."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLError):
            reason = getattr(cause, "verify_message", None) or (cause.reason or "").replace("_", " ").lower()
            return f"cannot be trusted: TLS failed ({to_excerpt(reason or str(cause))})"
    for cause in causes:
        if isinstance(cause, OSError) and cause.strerror:
            return f"cannot be reached ({_system_reason(cause)})"
    return otherwise


def _system_reason(error: OSError) -> str:
    """Return the system's words; asyncio puts a sentence with the address in their place."""
    return os.strerror(error.errno) if error.errno and error.errno in errno.errorcode else str(error.strerror)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        if isinstance(error, BaseExceptionGroup):
            yield from error.exceptions
        error = error.__cause__ or error.__context__


def check_status(status: int, headers: Mapping[str, str], url: str) -> None:
    """Refuse every status but 200.

    Raises:
        FetchError: with the status, its name, and how long to wait where the server says so.
    """
    if status == HTTPStatus.OK:
        return
    fix = LATER
    if wait := headers.get("Retry-After"):
        fix = f"Try again after {to_excerpt(wait)}{' seconds' if wait.isdecimal() else ''}"
    elif status in _GONE:
        fix = "Open the address in a browser: it may have moved, or keep programs out"
    name = HTTPStatus(status).phrase if status in set(HTTPStatus) else "which is no known status"
    lasting = _CLIENTS_FAULT <= status < _SERVERS_FAULT and status not in _PASSING
    problem = f"is answered with status {status} ({name})"
    raise FetchError(
        url,
        problem,
        "200 (OK) is needed",
        fix,
        permanent=lasting,
        status=status,
        retry_after_s=_parse_retry_after(wait or ""),
    )


def parse_content_type(headers: Mapping[str, str]) -> tuple[str, str]:
    """Return the media type and the charset of a `Content-Type` header; either may be empty."""
    header = headers.get("Content-Type", "")
    charset = _CHARSET.search(header)
    return header.partition(";")[0].strip().lower(), charset[1] if charset else ""


def _parse_retry_after(wait: str) -> float | None:
    if wait.isascii() and wait.isdecimal():
        return float(wait[:_DIGITS])
    when = _parse_date(wait)
    return max(0.0, (when - datetime.now(UTC)).total_seconds()) if when else None


def check_encoding(headers: Mapping[str, str], url: str) -> None:
    """Refuse a compressed response, which was not requested: its size is unknown until it is unpacked.

    Raises:
        FetchError: if its encoding is not `identity`.
    """
    encoding = headers.get("Content-Encoding", "").strip().lower()
    if encoding not in {"", "identity"}:
        raise FetchError(
            url,
            f"is compressed ({to_excerpt(encoding)}), though it was requested uncompressed",
            "Only uncompressed responses are read",
            "Open it in a browser, save it, and add the file",
        )


def check_media_type(headers: Mapping[str, str], url: str, media_types: Collection[str]) -> None:
    """Refuse another media type; a response without one is checked by its content.

    Raises:
        FetchError: if it is of none of `media_types`, where there are any.
    """
    kind, _ = parse_content_type(headers)
    if kind and media_types and kind not in media_types:
        raise _wrong_type(url, kind, media_types)


def check_content(file: Path, url: str, media_types: Collection[str]) -> None:
    """Refuse a file with nothing in it, and a web page where none is wanted, whatever it was said to be.

    Raises:
        FetchError: if it is so.
    """
    with file.open("rb") as opened:
        head = opened.read(_HEAD)
    if not head:
        raise FetchError(url, "is answered with nothing", WHOLE, LATER, status=HTTPStatus.OK)
    if _HTML not in media_types and _PAGE.match(head):
        raise _wrong_type(url, _HTML, media_types)


def check_length(url: str, length: int, most: int) -> None:
    """Refuse more than `most` bytes.

    Raises:
        FetchError: if it is longer.
    """
    if length > most:
        allowed = f"At most {most:,} bytes are fetched"
        raise FetchError(
            url, f"is longer than {most:,} bytes", allowed, "See in a browser what is there", permanent=True
        )


def parse_validators(headers: Mapping[str, str]) -> tuple[Validators, datetime | None]:
    """Return the validators for a conditional request and the modification time; malformed headers are left out."""
    etag, when = headers.get("ETag", ""), _parse_date(headers.get("Last-Modified", ""))
    tag = etag if _TAG.fullmatch(etag) else None
    return Validators(tag, format_datetime(when, usegmt=True) if when else None), when


def _parse_date(text: str) -> datetime | None:
    try:
        when = parsedate_to_datetime(text) if text else None
        return when and (when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC))
    except (ValueError, OverflowError, IndexError, TypeError):
        return None


def _wrong_type(url: str, kind: str, media_types: Collection[str]) -> FetchError:
    what = "a web page (text/html)" if kind == _HTML else to_excerpt(kind)
    needed = f"{' or '.join(media_types) or 'A file that is no web page'} is needed"
    fix = "Open the address in a browser: it may ask for a login, or have moved"
    return FetchError(url, f"is answered with {what}", needed, fix, permanent=True, status=HTTPStatus.OK)
