"""Which use of a model does a question plainly say? Tokens of a request, and how many requests."""

import re
from decimal import Decimal
from itertools import islice

from knowledge.numerals import find_numerals
from knowledge.pricelist.workloads import MOST_REQUESTS, MOST_TOKENS

_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s?(?P<unit>k\b|thousand|m\b|million|천|만|백만|억)?\s?"
_UNITS = {"k": 1_000, "thousand": 1_000, "천": 1_000, "만": 10_000, "백만": 1_000_000, "억": 100_000_000}
_UNITS |= {"m": 1_000_000, "million": 1_000_000}
_KOREAN = r"(?P<korean>\d[\d.,]*(?:\s?[십백천만억]+(?:\s?\d[\d.,]*)?)*)\s?"
_UNREAD = re.compile(
    r"(?:입력|출력|요청|호출)[^,.;\d]{0,6}\d|\d[^,.;]{0,8}\s(?:요청|호출)|\b(?:input|output|requests?|calls?)\b",
    re.IGNORECASE,
)
"""What stays in a question where a part of its workload was not read: then the rest would be another workload."""
_NO_AMOUNT = re.compile(r"(?:\bper|\bevery|\babove|\bover|\bbelow|\bunder|\bthan|\beach)\s*$", re.IGNORECASE)
_NO_AMOUNT_KO = re.compile(r"^\s?(?:당|마다|초과|이상|이하|미만)")
"""A unit or a limit, and no amount: per 1M input tokens, 100만 토큰당."""
_INPUT = (
    re.compile(rf"(?<![\d.,]){_NUMBER}(?:input|prompt) tokens?", re.IGNORECASE),
    re.compile(rf"입력\s?(?:토큰)?(?:은|이)?\s?{_KOREAN}(?:개|토큰)?(?![\d십백천만억])"),
)
_OUTPUT = (
    re.compile(rf"(?<![\d.,]){_NUMBER}(?:output|completion) tokens?", re.IGNORECASE),
    re.compile(rf"출력\s?(?:토큰)?(?:은|이)?\s?{_KOREAN}(?:개|토큰)?(?![\d십백천만억])"),
)
_REQUESTS = (
    re.compile(rf"(?<![\d.,]){_NUMBER}(?:api )?(?:requests?|calls?)\b", re.IGNORECASE),
    re.compile(rf"(?:요청|호출)(?:은|이|을)?\s?{_KOREAN}(?:건|번|회|개)"),
    re.compile(rf"(?<![\d.,]){_KOREAN}(?:건|번|회)?의?\s?(?:요청|호출)"),
)


def usage(text: str) -> dict[str, int]:
    """The arguments of a workload, as far as a question says them; none without tokens, or with more than can be."""
    said = {"input_tokens": _first(_INPUT, text), "output_tokens": _first(_OUTPUT, text)}
    tokens = {name: number for name, number in said.items() if number}
    if not tokens or max(tokens.values()) > MOST_TOKENS or _UNREAD.search(without_usage(text)):
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
    if not found or _NO_AMOUNT.search(text[: found.start()]) or _NO_AMOUNT_KO.match(text[found.end() :]):
        return 0
    said = found.groupdict()
    if korean := said.get("korean"):
        return int(sum(one.value for one in islice(find_numerals(korean.strip()), 1)))
    return int(Decimal(said["number"].replace(",", "")) * _UNITS.get((said["unit"] or "").lower(), 1))
