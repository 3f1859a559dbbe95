"""Rules that compare a draft with what the readers find in its article; each yields findings."""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from knowledge.curation.verification.rules.factuality import check_kind, check_reversal
    from knowledge.curation.verification.rules.names import (
        check_attribution,
        check_named,
        make_entity,
        resolve_entity,
        resolve_trend,
    )
    from knowledge.curation.verification.rules.numbers import (
        FigureEntities,
        check_numbers_across_languages,
        check_numbers_against_quotes,
        check_period,
        make_figure,
    )
    from knowledge.curation.verification.rules.wording import (
        CopyDetector,
        Support,
        check_repetition,
        check_replacement,
        check_wording,
        find_support,
    )

__all__ = [
    "CopyDetector", "FigureEntities", "Support", "check_attribution", "check_kind", "check_named",
    "check_numbers_across_languages", "check_numbers_against_quotes", "check_period", "check_repetition",
    "check_replacement", "check_reversal", "check_wording", "find_support", "make_entity", "make_figure",
    "resolve_entity", "resolve_trend",
]  # fmt: skip

__getattr__ = lazy_names(
    __name__,
    factuality="check_kind check_reversal",
    names="check_attribution check_named make_entity resolve_entity resolve_trend",
    numbers=("FigureEntities check_numbers_across_languages check_numbers_against_quotes check_period make_figure"),
    wording="CopyDetector Support check_repetition check_replacement check_wording find_support",
)
