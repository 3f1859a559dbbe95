"""Rules that accept or refuse a drafted claim by the text of its article: quotes, numbers, dates, kinds, negation, speakers, names."""

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
