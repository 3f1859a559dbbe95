"""Does a draft have what its own parts call for: figures, a cost basis, a reason?"""

from collections.abc import Collection, Iterator, Sequence

from knowledge.curation.verification import messages
from knowledge.curation.verification.drafts import Draft
from knowledge.curation.verification.messages import Violation, quote
from knowledge.model.records import Figure
from knowledge.queries.messages import BASES


def check(draft: Draft, figures: Sequence[Figure], older: Collection[str]) -> Iterator[Violation]:
    """What is missing; `older` are the claims that the draft may take the place of."""
    if draft.kind == "figure" and not draft.figures:
        yield messages.FIGURE_MISSING.at("figures")
    if draft.cost_basis is None and any(figure.is_money for figure in figures):
        yield messages.COST_BASIS_MISSING.at("cost_basis", bases=", ".join(BASES))
    if draft.supersedes and draft.supersedes not in older:
        yield messages.NOT_OF_ARTICLE.at("supersedes", claim=quote([draft.supersedes]))
    if draft.supersedes and not draft.why:
        yield messages.WHY_MISSING.at("why")
