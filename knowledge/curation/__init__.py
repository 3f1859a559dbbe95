"""Claims on their way in: recording of drafts and sealing of quotes.

Rules that accept or refuse a draft are in `verification`, drafts by a language model in `extraction`.
"""

from typing import TYPE_CHECKING

from knowledge.lazy import lazy_names

if TYPE_CHECKING:
    from knowledge.curation.record import ClaimsRecorded, make_verification_context

__all__ = ["ClaimsRecorded", "make_verification_context"]

__getattr__ = lazy_names(__name__, record="ClaimsRecorded make_verification_context")
