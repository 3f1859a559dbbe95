"""Does a draft's kind fit the words? What an article expects, supposes or judges is never a fact."""

from collections.abc import Iterator, Sequence

from knowledge.curation.verification import messages
from knowledge.curation.verification.drafts import Draft
from knowledge.curation.verification.messages import Finding, Violation, shorten
from knowledge.curation.verification.readers import modality
from knowledge.curation.verification.readers.quotes import QuoteSpan
from knowledge.curation.verification.readers.source_text import SourceText
from knowledge.model.records import Bilingual

_PLAIN = frozenset({"fact", "figure", "definition"})


def check(draft: Draft, states: str, context: str, *, later_year: bool) -> Iterator[Finding]:
    """What is wrong with the kind, given the words that state the draft (with the rest of their clause) and the context."""
    statement = f"{draft.statement_ko}\n{draft.statement_en}"
    every = f"{states}\n{context}"
    if draft.kind in _PLAIN:
        yield from _plain(draft, states, statement)
    elif draft.kind == "forecast" and not (later_year or modality.speaks_of_later(every)):
        yield _wrong("forecast", messages.LOOKS_AHEAD_NOWHERE, "fact", "figure", "opinion")
    elif draft.kind == "hypothesis" and not modality.is_conditional(every):
        yield _wrong("hypothesis", messages.SUPPOSES_NOTHING, "fact", "figure", "forecast", "opinion")


def condition(draft: Draft, states: Sequence[QuoteSpan], every: str, text: SourceText) -> Iterator[Finding]:
    """A condition that stands before the quoted words in their sentence, and that no quote has."""
    if draft.kind in {"hypothesis", "opinion"} or modality.has_condition(every):
        return
    for piece in states:
        before = text.body[text.sentence(piece.start, piece.end)[0] : piece.start]
        if modality.has_condition(before):
            yield messages.CONDITION_CUT.at("quotes", words=shorten(before))
            return


def _plain(draft: Draft, states: str, statement: str) -> Iterator[Finding]:
    told = modality.tells(statement)
    if modality.supposes(states):
        yield _wrong(draft.kind, messages.SUPPOSES, "hypothesis")
    elif modality.looks_ahead(states) and not (told and draft.kind == "fact" and modality.tells(states)):
        yield _wrong(draft.kind, messages.LOOKS_AHEAD, "forecast")
    elif not (told or modality.plans(statement)) and (
        (draft.kind == "fact" and modality.only_plans(states)) or (draft.kind == "figure" and modality.plans(states))
    ):
        yield _wrong(draft.kind, messages.PLANS, "forecast", "fact")
    elif modality.vows(states) and modality.has_done(draft.statement_ko):
        yield _wrong(draft.kind, messages.VOWS, "forecast", "fact")
    elif draft.kind != "definition" and modality.may_be(states) and not modality.leaves_open(statement):
        yield messages.ONLY_POSSIBLE.at("statement_ko")
    elif modality.judges(states):
        yield _wrong(draft.kind, messages.JUDGES, "opinion")


def _wrong(kind: str, reason: Bilingual, *kinds: str) -> Violation:
    named = [f"`{each}`" for each in kinds]
    choices = Bilingual(ko=" 또는 ".join(named), en=" or ".join(named))
    return messages.KIND_UNFIT.at("kind", reason=reason, kind=kind, kinds=choices)
