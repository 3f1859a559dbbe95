"""Verification of drafted claims against the text of their article.

`readers` turn a text into typed values, `rules` compare a draft with them, and `verify_drafts` answers each draft with a verdict.
"""

from knowledge.curation.verification.drafts import Draft, DraftFigure, NewEntity, Refusal, Verdict
from knowledge.curation.verification.instructions import INSTRUCTIONS
from knowledge.curation.verification.verify import (
    Replacement,
    VerificationContext,
    VerificationResult,
    refuse_conflicts,
    verify_drafts,
)

__all__ = [
    "INSTRUCTIONS",
    "Draft",
    "DraftFigure",
    "NewEntity",
    "Refusal",
    "Replacement",
    "Verdict",
    "VerificationContext",
    "VerificationResult",
    "refuse_conflicts",
    "verify_drafts",
]
