"""Does a draft have what its own parts call for: figures, a cost basis, a reason?"""

from collections.abc import Collection, Iterator, Sequence

from knowledge.gate.drafts import Draft
from knowledge.gate.saying import Fault, Said, listed
from knowledge.model import Figure
from knowledge.sentences import BASES


def check(draft: Draft, figures: Sequence[Figure], older: Collection[str]) -> Iterator[Fault]:
    """What is missing; `older` are the claims that the draft may take the place of."""
    if draft.kind == "figure" and not draft.figures:
        yield Fault(
            "figures",
            Said("kind가 figure인데 수치가 없습니다", "has none, though the kind is `figure`"),
            Said("figures를 넣거나 kind를 fact로 하세요", "Give the figure, or use kind `fact`"),
        )
    if draft.cost_basis is None and any(figure.is_money for figure in figures):
        bases = ", ".join(BASES)
        yield Fault(
            "cost_basis",
            Said("금액에는 무엇의 비용인지가 있어야 합니다", "is needed with money"),
            Said(
                f"다음 가운데 하나: {bases}. 비용이 아니면 figure를 빼세요",
                f"Give one of {bases}; leave the figure out if it is no cost",
            ),
        )
    if draft.supersedes and draft.supersedes not in older:
        named = listed([draft.supersedes])
        yield Fault(
            "supersedes",
            Said(f"{named}은(는) 이 기사의 주장이 아닙니다", f"{named} is no claim of this article"),
            Said("이 기사의 주장 id를 쓰거나 빼세요", "Give the id of one of its claims, or leave it out"),
        )
    if draft.supersedes and not draft.why:
        yield Fault(
            "why",
            Said("왜 바꾸는지가 없습니다", "is missing"),
            Said("한 문장으로 쓰세요", "Say in a sentence why it replaces that one"),
        )
