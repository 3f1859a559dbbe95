"""Arguments that questions share: answer language and dates."""

from datetime import date

from knowledge.model import periods
from knowledge.model.errors import UnanswerableError
from knowledge.model.records import AnswerLanguage, Language
from knowledge.queries import messages
from knowledge.text.analysis import analyzer


def choose_language(asked: AnswerLanguage, *question: str) -> Language:
    """The language to answer in: the one asked for, or the question's: Korean if there is Hangul in it, unless it only names a thing in English."""
    if asked != "auto":
        return asked
    text = analyzer.fold(" ".join(question))
    return "ko" if analyzer.has_hangul(text) and not analyzer.is_english_sentence(text) else "en"


def parse_dates(since: str, until: str, language: Language) -> tuple[str | None, str | None]:
    """Two dates (EDTF), as far as they are given.

    Raises:
        UnanswerableError: if one is malformed, or the first is after the last.
    """
    first, last = _date("since", since, language), _date("until", until, language)
    if first and last and periods.parse_period(first)[0] > periods.parse_period(last)[1]:
        raise UnanswerableError(messages.DATES_REVERSED.format(since=first, until=last).in_language(language))
    return first, last


def join_period(first: str | None, last: str | None) -> str:
    """The time between two dates (EDTF), either of which may be missing; empty without both."""
    if first == last:
        return first or ""
    return f"{first or '..'}/{last or '..'}"


def parse_day(name: str, text: str, language: Language) -> date | None:
    """The day that an argument names (the last one of a month or year), as far as it is given.

    Raises:
        UnanswerableError: if it is no date.
    """
    known = _date(name, text, language)
    return periods.parse_period(known)[1] if known else None


def _date(name: str, text: str, language: Language) -> str | None:
    if not text:
        return None
    try:
        if "/" in text:
            raise ValueError(f"{text!r} is not one date")
        return periods.check_period(text)
    except ValueError as error:
        raise UnanswerableError(
            messages.BAD_DATE.format(name=name, value=text, why=str(error)).in_language(language)
        ) from error
