"""Rules on the periods of a draft: EDTF, with years that the quoted words name or resolve to."""

from collections.abc import Collection, Iterable

from knowledge.curation.verification import messages
from knowledge.curation.verification.messages import Violation, quote
from knowledge.curation.verification.readers.dates import years_of
from knowledge.model import periods


def check_period(about: str, period: str | None, quoted: Collection[int]) -> Violation | None:
    """Return what is wrong with a period: its form, or a year that is not among the `quoted` ones."""
    if period is None:
        return None
    try:
        periods.check_period(period)
    except ValueError:
        return messages.NOT_EDTF.at(about, period=quote([period]))
    missing = sorted(years_of(period) - set(quoted))
    return describe_missing_years(about, missing, quoted) if missing else None


def describe_missing_years(about: str, years: Iterable[int], quoted: Collection[int]) -> Violation:
    """Return the violation that the quoted words do not have some years."""
    if quoted:
        return messages.OTHER_YEARS_QUOTED.at(about, years=quote(years), quoted=quote(sorted(quoted)))
    return messages.YEARS_NOT_QUOTED.at(about, years=quote(years))
