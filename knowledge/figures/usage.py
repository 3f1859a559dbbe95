"""Which use of a model does a question plainly say? Tokens of a request, and how many requests."""

import re
from decimal import Decimal

from knowledge.figures.workloads import MOST_REQUESTS, MOST_TOKENS

_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s?(?P<unit>k\b|thousand|m\b|million|천|만|백만|억)?\s?"
_UNITS = {"k": 1_000, "thousand": 1_000, "천": 1_000, "만": 10_000, "백만": 1_000_000, "억": 100_000_000}
_UNITS |= {"m": 1_000_000, "million": 1_000_000}
_INPUT = (
    re.compile(rf"(?<![\d.,]){_NUMBER}(?:input|prompt) tokens?", re.IGNORECASE),
    re.compile(rf"입력\s?(?:토큰)?(?:은|이)?\s?{_NUMBER}(?:개|토큰)", re.IGNORECASE),
)
_OUTPUT = (
    re.compile(rf"(?<![\d.,]){_NUMBER}(?:output|completion) tokens?", re.IGNORECASE),
    re.compile(rf"출력\s?(?:토큰)?(?:은|이)?\s?{_NUMBER}(?:개|토큰)", re.IGNORECASE),
)
_REQUESTS = (
    re.compile(rf"(?<![\d.,]){_NUMBER}(?:api )?(?:requests?|calls?)\b", re.IGNORECASE),
    re.compile(rf"(?:요청|호출)(?:은|이|을)?\s?{_NUMBER}(?:건|번|회|개)", re.IGNORECASE),
    re.compile(rf"(?<![\d.,]){_NUMBER}(?:건|번|회)의?\s?(?:요청|호출)", re.IGNORECASE),
)


def usage(text: str) -> dict[str, int]:
    """The arguments of a workload, as far as a question says them; none without tokens, or with more than can be."""
    said = {"input_tokens": _first(_INPUT, text), "output_tokens": _first(_OUTPUT, text)}
    tokens = {name: number for name, number in said.items() if number}
    if not tokens or max(tokens.values()) > MOST_TOKENS:
        return {}
    requests = _first(_REQUESTS, text)
    return tokens | ({"requests": requests} if 1 < requests <= MOST_REQUESTS else {})


def without_usage(text: str) -> str:
    """The rest of a question."""
    for pattern in (*_INPUT, *_OUTPUT, *_REQUESTS):
        text = pattern.sub(" , ", text)
    return text


def _first(patterns: tuple[re.Pattern[str], ...], text: str) -> int:
    found = next(filter(None, (pattern.search(text) for pattern in patterns)), None)
    return int(Decimal(found["number"].replace(",", "")) * _UNITS.get((found["unit"] or "").lower(), 1)) if found else 0
