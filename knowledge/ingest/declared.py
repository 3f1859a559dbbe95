"""Days and addresses as files and pages write them: read where there is one way to read them, otherwise left out. Pure functions."""

import re
from datetime import date
from urllib.parse import urljoin, urlsplit

from knowledge.text.sanitize import strip_hidden

_LONGEST_ADDRESS = 2_000
_LONGEST_DAY = 80
_DAY = re.compile(
    r"\s*(?:(?P<y>(?:19|20)\d\d)(?:\s*[-./]\s*|\s*년\s*)(?P<m>\d{1,2})(?:\s*[-./]\s*|\s*월\s*)(?P<d>\d{1,2})(?!\d)"
    r"|(?P<y8>(?:19|20)\d\d)(?P<m8>\d\d)(?P<d8>\d\d)(?!\d|(?:\d{2})?\.))"
)
"""Year first, the one order that nobody reads in two ways; what follows is a time of day."""
_COMPACT = re.compile(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4}(?:\d\d)?)(?!\d)")
_BLANK = re.compile(r"\s")


def day(text: str | None) -> str | None:
    """The day that a date begins with (`2026-11-20T09:31`, `2026.11.20`, `2026년 11월 20일`, `20261120`), as EDTF.

    It is the day where it was written: a time zone moves nothing. Years before 1900 and days that no calendar has are none.
    """
    match = text and (_DAY.match(text[:_LONGEST_DAY]) or _COMPACT.match(text[:_LONGEST_DAY]))
    if not match:
        return None
    year, month, of_month = (int(one) for one in match.groups() if one)
    try:
        return date(year, month, of_month).isoformat()
    except ValueError:
        return None


def address(text: str | None, base: str | None = None) -> str | None:
    """An address of http or https with a host and without credentials, or `None`; a relative one stands on `base`."""
    if not text or len(text) > _LONGEST_ADDRESS:
        return None
    try:
        joined = urljoin(base or "", text.strip())
        parts = urlsplit(joined)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.username is None and parts.port != 0
    except ValueError:
        return None
    clean = joined == strip_hidden(joined) and not _BLANK.search(joined) and len(joined) <= _LONGEST_ADDRESS
    return joined if usable and clean else None
