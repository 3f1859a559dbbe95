"""Currencies as Korean and English texts name them: signs before a number, words and codes after it.

A bare `$`, `달러` or "dollars" is the US dollar, as the press of both languages uses it; other dollars say whose they are. A bare `¥`
is the sign of two currencies, and the text around a number must not change it: it reads as `yen_or_yuan`, which nothing converts.
"""

from typing import NamedTuple

_END = r"(?![A-Za-z])"


class Currency(NamedTuple):
    """One currency: how it is written, and the patterns by which it is read."""

    code: str
    """ISO 4217, or `yen_or_yuan`."""
    korean: str
    """The word after a number in Korean."""
    sign: str
    """The sign before a number in English; empty where a word follows it."""
    english: str
    """The plural in English."""
    signs: str
    """Pattern of what may stand before a number."""
    words: str
    """Pattern of what may stand after it; what makes another word of it (원자, 엔진) is ruled out."""


# In the order in which they are tried: 홍콩달러 before 달러.
CURRENCIES = (
    Currency(
        "HKD", "홍콩달러", "HK$", "Hong Kong dollars", r"HK\$|HKD", rf"홍콩 ?달러|Hong Kong dollars?{_END}|HKD{_END}"
    ),
    Currency(
        "TWD", "대만달러", "NT$", "Taiwan dollars", r"NT\$|TWD", rf"대만 ?달러|(?:New )?Taiwan dollars?{_END}|TWD{_END}"
    ),
    Currency(
        "SGD",
        "싱가포르달러",
        "S$",
        "Singapore dollars",
        r"S\$|SGD",
        rf"싱가포르 ?달러|Singapore dollars?{_END}|SGD{_END}",
    ),
    Currency(
        "CAD", "캐나다달러", "CA$", "Canadian dollars", r"CA?\$|CAD", rf"캐나다 ?달러|Canadian dollars?{_END}|CAD{_END}"
    ),
    Currency(
        "AUD", "호주달러", "A$", "Australian dollars", r"AU?\$|AUD", rf"호주 ?달러|Australian dollars?{_END}|AUD{_END}"
    ),
    Currency(
        "USD",
        "달러",
        "US$",
        "US dollars",
        r"US\$|USD|\$",
        rf"(?:미국 ?|미 ?)?달러|불(?=[을이은의에로]|짜리|(?![가-힣]))|(?:US |U\.S\. )?dollars?{_END}|USD{_END}",
    ),
    Currency(
        "KRW",
        "원",
        "₩",
        "Korean won",
        r"₩|KRW",
        rf"원(?!자|전|유|료|격|천|소|칙|본|문|가(?!량)|정|형|어|하|래|론|화)|(?:South )?Korean won{_END}|KRW{_END}",
    ),
    Currency("EUR", "유로", "€", "euros", r"€|EUR", rf"유로(?!존|파|화|넥)|euros?{_END}|EUR{_END}|€"),
    Currency("yen_or_yuan", "엔 또는 위안", "¥", "yen or yuan", r"¥", rf"엔 또는 위안|yen or yuan{_END}"),
    Currency(
        "CNY",
        "위안",
        "CN¥",
        "yuan",
        r"CN¥|CNY|RMB",
        rf"위안(?!부|화)|元|(?:Chinese )?yuan{_END}|renminbi{_END}|RMB{_END}|CNY{_END}",
    ),
    Currency(
        "JPY",
        "엔",
        "JP¥",
        "yen",
        r"JP¥|JPY",
        rf"엔(?!비|진|터|드|지|씨|데|트|화|더|젤)|円|(?:Japanese )?yen{_END}|JPY{_END}",
    ),
    Currency(
        "GBP",
        "파운드",
        "£",
        "pounds sterling",
        r"£|GBP",
        rf"파운드(?!리)|(?:pounds sterling|British pounds?){_END}|GBP{_END}",
    ),
    Currency("INR", "루피", "₹", "rupees", r"₹|INR", rf"루피(?!아)|(?:Indian )?rupees?{_END}|INR{_END}"),
    Currency("CHF", "스위스프랑", "CHF ", "Swiss francs", r"CHF", rf"스위스 ?프랑|Swiss francs?{_END}|CHF{_END}"),
)
CODES = frozenset(currency.code for currency in CURRENCIES)
WORDS_OF_LARGE_SUMS = {"won": "KRW", "pounds": "GBP"}
"""Words that are also something else ("Llama 3 won", "10 pounds" of weight): money only after a scale or thousands."""
