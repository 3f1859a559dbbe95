"""Claims in: what a language model drafts from an article's text, and what of it the text bears out."""

from knowledge.curation.verification.drafts import Draft, DraftFigure, NewEntity, Refusal, Verdict
from knowledge.curation.verification.instructions import INSTRUCTIONS
from knowledge.curation.verification.verify import Ground, Judged, Replacement, judge, refuse_conflicts

__all__ = [
    "INSTRUCTIONS",
    "Draft",
    "DraftFigure",
    "Ground",
    "Judged",
    "NewEntity",
    "Refusal",
    "Replacement",
    "Verdict",
    "judge",
    "refuse_conflicts",
]
