"""Ids of new claims: `article.slug`, short and unique."""

import re
from collections.abc import Collection

_LONGEST_ID = 100
_LONGEST_SLUG = 35
_WORD = re.compile(r"[a-z0-9]+")
_STOP_WORDS = frozenset(
    "a an the of in on at to for and or is are was were be been that which with by from as its it will has have had this".split()
)
_WORDS = 5


def make_claim_id(article: str, name: str | None, statement: str, taken: Collection[str], prefix: str = "") -> str:
    """Return an id that is not taken, from the given name or else the first content words of the English statement."""
    words = [word for word in _WORD.findall(statement.lower()) if word not in _STOP_WORDS]
    slug = prefix + (name or "-".join(words[:_WORDS]) or "claim").removeprefix(prefix)
    longest = min(_LONGEST_SLUG, _LONGEST_ID - len(article) - 1)
    slug = _cut(slug, longest)
    count, unique = 1, slug
    while f"{article}.{unique}" in taken:
        count += 1
        unique = f"{_cut(slug, longest - len(str(count)) - 1)}-{count}"
    return f"{article}.{unique}"


def _cut(slug: str, longest: int) -> str:
    if len(slug) <= longest:
        return slug
    return (slug[: longest + 1].rpartition("-")[0] or slug[:longest]).strip("-")
