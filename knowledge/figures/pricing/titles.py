"""Under which name a model of the price list is shown: that of the list, where it is the model's own, else its id."""

import re
from collections import Counter
from collections.abc import Sequence

from knowledge.figures.pricing.rates import Offer
from knowledge.text.sanitize import one_line

_USUAL = {"gpt": "GPT-", "gemini": "Gemini "}
_WRITTEN_SMALL = re.compile("^(gpt|gemini) ")
"""Names that the list has in small letters."""
_MISNAMED = frozenset({("openai", "o4-mini")})
"""Models whose name in the list is that of a setting of theirs ("o4 Mini High")."""


def titles(offers: Sequence[Offer]) -> list[str]:
    """The names of `offers`, in their order; what two models of a provider are called tells neither (`gpt 4` for `gpt-4-32k`)."""
    times = Counter((one.provider_id, _name(one).casefold()) for one in offers)
    return [_title(one, unique=times[one.provider_id, _name(one).casefold()] == 1) for one in offers]


def _name(offer: Offer) -> str:
    return one_line(offer.name or "")


def _title(offer: Offer, *, unique: bool) -> str:
    name = _name(offer)
    if not (name and unique) or (offer.provider_id, offer.id) in _MISNAMED:
        return offer.id
    return _WRITTEN_SMALL.sub(lambda found: _USUAL[found[1]], name)
