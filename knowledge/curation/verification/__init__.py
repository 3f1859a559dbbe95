"""Verification of drafted claims against the text of their article.

`readers` turn a text into typed values, `rules` compare a draft with them, and `verify_drafts` answers each draft with a verdict.
"""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from knowledge.curation.verification.drafts import MOST_DRAFTS, Draft, NewEntity, Refusal, Verdict
    from knowledge.curation.verification.instructions import INSTRUCTIONS
    from knowledge.curation.verification.verify import (
        VerificationContext,
        VerificationResult,
        refuse_conflicts,
        verify_drafts,
    )

__all__ = [
    "INSTRUCTIONS", "MOST_DRAFTS", "Draft", "NewEntity", "Refusal", "Verdict", "VerificationContext", "VerificationResult",
    "refuse_conflicts", "verify_drafts",
]  # fmt: skip

__getattr__ = lazy_names(
    __name__,
    drafts="MOST_DRAFTS Draft NewEntity Refusal Verdict",
    instructions="INSTRUCTIONS",
    verify="VerificationContext VerificationResult refuse_conflicts verify_drafts",
)
