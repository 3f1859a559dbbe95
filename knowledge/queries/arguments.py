"""Arguments that questions share: answer language and dates."""

from datetime import date

from knowledge.model import AnswerLanguage, Language, UnanswerableError, records
from knowledge.queries import messages
from knowledge.text.analysis import analyzer


def choose_language(requested: AnswerLanguage, *question: str) -> Language:
    """Return the language to answer in: the requested one, or the question's.

    A question with Hangul is Korean, unless it is an English sentence that names something in Hangul.
    """
    if requested != "auto":
        return requested
    text = analyzer.fold(" ".join(question))
    return "ko" if analyzer.has_hangul(text) and not analyzer.is_english_sentence(text) else "en"


def parse_dates(since: str, until: str, language: Language) -> tuple[str | None, str | None]:
    """Return two checked dates (EDTF), `None` for each that is empty.

    Raises:
        UnanswerableError: if a date is malformed, or `since` is after `until`.
    """
    first, last = _date("since", since, language), _date("until", until, language)
    if first and last and records.parse_period(first)[0] > records.parse_period(last)[1]:
        raise UnanswerableError(messages.DATES_REVERSED.format(since=first, until=last).in_language(language))
    return first, last


def join_period(first: str | None, last: str | None) -> str:
    """Return the period (EDTF) between two dates, either of which may be missing; empty without both."""
    if first == last:
        return first or ""
    return f"{first or '..'}/{last or '..'}"


def parse_day(name: str, text: str, language: Language) -> date | None:
    """Return the day that an argument names, the last one of a month or year; `None` if it is empty.

    Raises:
        UnanswerableError: if it is not a date.
    """
    known = _date(name, text, language)
    return records.parse_period(known)[1] if known else None


def _date(name: str, text: str, language: Language) -> str | None:
    if not text:
        return None
    try:
        if "/" in text:
            raise ValueError(f"{text!r} is not one date")
        return records.check_period(text)
    except ValueError as error:
        raise UnanswerableError(
            messages.BAD_DATE.format(name=name, value=text, why=str(error)).in_language(language)
        ) from error
