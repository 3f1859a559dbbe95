"""Claims in: what a language model drafts from an article's text, and what of it the text bears out."""

from knowledge.gate.drafts import Draft, DraftFigure, NewEntity, Refusal, Verdict
from knowledge.gate.gate import Ground, Judged, Replacement, judge, refuse_conflicts
from knowledge.gate.instructions import INSTRUCTIONS

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
