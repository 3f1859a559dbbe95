"""Rules on the kind of a draft: what an article expects, supposes or judges is never a fact."""

from collections.abc import Iterator

from knowledge.curation.verification import messages
from knowledge.curation.verification.drafts import Draft
from knowledge.curation.verification.messages import Violation, shorten
from knowledge.curation.verification.readers import modality
from knowledge.curation.verification.readers.source_text import SourceText
from knowledge.curation.verification.support import Support
from knowledge.model.records import Bilingual

_CERTAIN = frozenset({"fact", "figure", "definition"})


def check_kind(draft: Draft, support: Support, text: SourceText, *, later_year: bool) -> Iterator[Violation]:
    """Yield what is wrong with the kind; `later_year`: the quoted words have a year after the publication's, or the same."""
    if draft.kind in _CERTAIN:
        yield from _check_certain(draft, support.states)
    elif draft.kind == "forecast" and not (later_year or modality.mentions_future(support.quoted)):
        yield _unfit("forecast", messages.NO_FORECAST, "fact", "figure", "opinion")
    elif draft.kind == "hypothesis" and not modality.is_conditional(support.quoted):
        yield _unfit("hypothesis", messages.NO_SUPPOSITION, "fact", "figure", "forecast", "opinion")
    yield from _check_condition(draft, support, text)


def _check_condition(draft: Draft, support: Support, text: SourceText) -> Iterator[Violation]:
    """Check for a condition that stands before the quoted words in their sentence and that no quote has."""
    if draft.kind in {"hypothesis", "opinion"} or modality.has_condition(support.quoted):
        return
    for span in support.stating:
        before = text.body[text.find_sentence(span.start, span.end)[0] : span.start]
        if modality.has_condition(before):
            yield messages.CONDITION_CUT.at("quotes", words=shorten(before))
            return


def _check_certain(draft: Draft, states: str) -> Iterator[Violation]:
    statement = f"{draft.statement_ko}\n{draft.statement_en}"
    is_report = modality.is_report(statement)
    if modality.is_supposition(states):
        yield _unfit(draft.kind, messages.SUPPOSES, "hypothesis")
    elif modality.is_forecast(states) and not (is_report and draft.kind == "fact" and modality.is_report(states)):
        yield _unfit(draft.kind, messages.LOOKS_AHEAD, "forecast")
    elif not (is_report or modality.mentions_plan(statement)) and (
        (draft.kind == "fact" and modality.is_only_planned(states))
        or (draft.kind == "figure" and modality.mentions_plan(states))
    ):
        yield _unfit(draft.kind, messages.PLANS, "forecast", "fact")
    elif modality.states_intention(states) and modality.claims_done(draft.statement_ko):
        yield _unfit(draft.kind, messages.INTENDS, "forecast", "fact")
    elif draft.kind != "definition" and modality.is_possibility(states) and not modality.leaves_open(statement):
        yield messages.ONLY_POSSIBLE.at("statement_ko")
    elif modality.is_judgement(states):
        yield _unfit(draft.kind, messages.JUDGES, "opinion")


def _unfit(kind: str, reason: Bilingual, *kinds: str) -> Violation:
    named = [f"`{each}`" for each in kinds]
    choices = Bilingual(ko=" 또는 ".join(named), en=" or ".join(named))
    return messages.KIND_UNFIT.at("kind", reason=reason, kind=kind, kinds=choices)
