"""What a new claim is called: `article.name`, the name a short slug that nothing else has."""

import re
from collections.abc import Collection

_LONGEST_ID = 100
_LONGEST = 35
_WORD = re.compile(r"[a-z0-9]+")
_EMPTY = frozenset(
    "a an the of in on at to for and or is are was were be been that which with by from as its it will has have had this".split()
)
_WORDS = 5


def make_claim_id(article: str, name: str | None, statement: str, taken: Collection[str], prefix: str = "") -> str:
    """The id of a claim, from the name it was given or else from the first telling words of its English statement."""
    words = [word for word in _WORD.findall(statement.lower()) if word not in _EMPTY]
    slug = prefix + (name or "-".join(words[:_WORDS]) or "claim").removeprefix(prefix)
    longest = min(_LONGEST, _LONGEST_ID - len(article) - 1)
    slug = _cut(slug, longest)
    count, found = 1, slug
    while f"{article}.{found}" in taken:
        count += 1
        found = f"{_cut(slug, longest - len(str(count)) - 1)}-{count}"
    return f"{article}.{found}"


def _cut(slug: str, longest: int) -> str:
    if len(slug) <= longest:
        return slug
    return (slug[: longest + 1].rpartition("-")[0] or slug[:longest]).strip("-")
