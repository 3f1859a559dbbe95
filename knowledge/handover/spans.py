"""Which time does a question plainly say? Two dates, or one with a word that says what it bounds."""

import re

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = rf"(?P<name>{'|'.join(f'{one[:3]}(?:{one[3:]})?' if one != 'may' else one for one in _MONTHS)})\.?"
_DATE = re.compile(
    rf"(?<![\w.-])(?:{_MONTH},?\s+(?P<year>20\d\d)|(?P<year_>20\d\d)(?:-(?P<iso>0[1-9]|1[0-2])|\s?년\s?(?:(?P<month>1[0-2]|0?[1-9])\s?월)?)?)(?![\d.])",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?:\bfrom|\bsince|\bstarting(?: in)?)\s*$", re.IGNORECASE)
_TO = re.compile(r"(?:\buntil|\btill|\bup to|\bthrough|\bby)(?: the end of)?\s*$", re.IGNORECASE)
_IN = re.compile(r"(?:\bin|\bduring|\bof|\bfor)\s*$", re.IGNORECASE)
_FROM_KO = re.compile(r"^\s?(?:부터|이후|이래)")
_TO_KO = re.compile(r"^\s?(?:까지|이전|말까지|연말까지)")
_BEFORE = re.compile(r"\b(?:before|prior to|earlier than)\s*$", re.IGNORECASE)
_AFTER = re.compile(r"\bafter\s*$", re.IGNORECASE)
_BEFORE_KO = re.compile(r"^\s?(?:미만|전(?![가-힣])|전에|전의|전까지)")
_IN_PART_KO = re.compile(r"^\s?(?:말|초|중반|후반|상반기|하반기|\d\s?분기|대비|보다|에\s?비해|연말|연초)")
"""What makes of a year a part of it, or something to compare with."""
_IN_KO = re.compile(r"^\s?(?:에(?!서)|의|한\s?해|중에)")
_BETWEEN = re.compile(
    r"^\s*(?:~|-|–|—|to|until|till|through|and|부터|에서|년?\s?~|이후부터)\s*(?:the end of\s*)?$", re.IGNORECASE
)
_YEARLY = re.compile(
    r"\b(?:per|each|every|by) year\b|\byearly\b|\bannual(?:ly)?\b|year by year|연도\s?별|년도\s?별|해마다|매년|매해|연도마다|해\s?별로",
    re.IGNORECASE,
)


def span(text: str) -> tuple[str, str]:
    """The first and the last date (EDTF) of the time that a question bounds; empty where it does not say one plainly."""
    dates = [*_DATE.finditer(text)]
    if len(dates) == 2:  # noqa: PLR2004 - the two ends
        first, last = dates
        between = text[first.end() : last.start()]
        start, end = sorted((_edtf(first), _edtf(last)))
        return (start, end) if _BETWEEN.match(between) else ("", "")
    if len(dates) != 1:
        return "", ""
    before, after, date = text[: dates[0].start()], text[dates[0].end() :], _edtf(dates[0])
    spans = (
        (_FROM.search(before) or _FROM_KO.match(after), (date, "")),
        (_TO.search(before) or _TO_KO.match(after), ("", date)),
        (_BEFORE.search(before) or _BEFORE_KO.match(after), ("", _year_beside(date, -1))),
        (_AFTER.search(before), (_year_beside(date, 1), "")),
        (_IN_PART_KO.match(after), ("", "")),
        (_IN.search(before) or _IN_KO.match(after) or "년" in dates[0][0], (date, date)),
    )
    return next((span for said, span in spans if said), ("", ""))


def by_year(text: str) -> bool:
    """Whether a question asks for each year by itself."""
    return _YEARLY.search(text) is not None


def _year_beside(date: str, step: int) -> str:
    """The year before or after; nothing of a month, whose neighbour would say less than the question."""
    return f"{int(date) + step:04}" if date.isdecimal() else ""


def _edtf(date: re.Match[str]) -> str:
    year = date["year"] or date["year_"]
    if date["name"]:
        month = next(place for place, one in enumerate(_MONTHS, 1) if one.startswith(date["name"][:3].lower()))
        return f"{year}-{month:02}"
    month_said = date["iso"] or date["month"]
    return f"{year}-{int(month_said):02}" if month_said else year
