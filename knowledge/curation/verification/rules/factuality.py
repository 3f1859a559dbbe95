"""Rules on the factuality of a draft: its kind and the sense of its statements are those of the quoted words.

What an article expects, supposes or judges is never a fact; no statement drops a negation, turns a direction, leaves out a
denial, or swaps roles.
"""

from collections.abc import Iterator

from knowledge.curation.verification import messages
from knowledge.curation.verification.drafts import Draft
from knowledge.curation.verification.messages import Advisory, Finding, Violation, quote, shorten
from knowledge.curation.verification.readers import Action, SourceText, factuality
from knowledge.curation.verification.rules.wording import Support
from knowledge.model import Bilingual, Language
from knowledge.text.analysis import analyzer

_CERTAIN = frozenset({"fact", "figure", "definition"})


def check_kind(draft: Draft, support: Support, text: SourceText, *, later_year: bool) -> Iterator[Violation]:
    """Yield what is wrong with the kind; `later_year`: the quoted words have a year after the publication's, or the same."""
    if draft.kind in _CERTAIN:
        yield from _check_certain(draft, support.states)
    elif draft.kind == "forecast" and not (later_year or factuality.mentions_future(support.quoted)):
        yield _unfit("forecast", messages.NO_FORECAST, "fact", "figure", "opinion")
    elif draft.kind == "hypothesis" and not factuality.is_conditional(support.quoted):
        yield _unfit("hypothesis", messages.NO_SUPPOSITION, "fact", "figure", "forecast", "opinion")
    yield from _check_condition(draft, support, text)


def _check_condition(draft: Draft, support: Support, text: SourceText) -> Iterator[Violation]:
    """Check for a condition that stands before the quoted words in their sentence and that no quote has."""
    if draft.kind in {"hypothesis", "opinion"} or factuality.has_condition(support.quoted):
        return
    for span in support.stating:
        before = text.body[text.find_sentence(span.start, span.end)[0] : span.start]
        if factuality.has_condition(before):
            yield messages.CONDITION_CUT.at("quotes", words=shorten(before))
            return


def _check_certain(draft: Draft, states: str) -> Iterator[Violation]:
    statement = f"{draft.statement_ko}\n{draft.statement_en}"
    is_report = factuality.is_report(statement)
    if factuality.is_supposition(states):
        yield _unfit(draft.kind, messages.SUPPOSES, "hypothesis")
    elif factuality.is_forecast(states) and not (is_report and draft.kind == "fact" and factuality.is_report(states)):
        yield _unfit(draft.kind, messages.LOOKS_AHEAD, "forecast")
    elif not (is_report or factuality.mentions_plan(statement)) and (
        (draft.kind == "fact" and factuality.is_only_planned(states))
        or (draft.kind == "figure" and factuality.mentions_plan(states))
    ):
        yield _unfit(draft.kind, messages.PLANS, "forecast", "fact")
    elif factuality.states_intention(states) and factuality.claims_done(draft.statement_ko):
        yield _unfit(draft.kind, messages.INTENDS, "forecast", "fact")
    elif draft.kind != "definition" and factuality.is_possibility(states) and not factuality.leaves_open(statement):
        yield messages.ONLY_POSSIBLE.at("statement_ko")
    elif factuality.is_judgement(states):
        yield _unfit(draft.kind, messages.JUDGES, "opinion")


def _unfit(kind: str, reason: Bilingual, *kinds: str) -> Violation:
    named = [f"`{each}`" for each in kinds]
    choices = Bilingual(ko=" 또는 ".join(named), en=" or ".join(named))
    return messages.KIND_UNFIT.at("kind", reason=reason, kind=kind, kinds=choices)


def check_reversal(draft: Draft, support: Support) -> Iterator[Finding]:
    """Yield a finding wherever a statement reverses the words that it rests on."""
    yield from _check_direction(draft, support.quoted)
    nowhere = not factuality.has_negation(draft.statement_ko, "ko") and not factuality.has_negation(
        draft.statement_en, "en"
    )
    language: Language = "ko" if analyzer.has_hangul(support.states) else "en"
    yield from _check_negation(draft, support.states, language, nowhere=nowhere)
    yield from _check_denial(draft, support.states)
    yield from _check_roles(draft, support.states)


def _check_direction(draft: Draft, quoted: str) -> Iterator[Violation]:
    """Compare directions where both statements and the words have only one each, as a sentence may have several subjects."""
    both = draft.statement_ko, draft.statement_en
    rises, falls = ([bool(find(words)) for words in both] for find in (factuality.find_rise, factuality.find_fall))
    if rises[0] != rises[1] or rises != [not falls_too for falls_too in falls]:
        return
    if any(map(factuality.negates_verb, (quoted, *both))):
        return
    same, opposite = factuality.find_rise, factuality.find_fall
    if not rises[0]:
        same, opposite = opposite, same
    theirs, ours = opposite(quoted), same(draft.statement_en)
    if theirs and ours and not same(quoted):
        yield messages.DIRECTION_REVERSED.at("statement_en", theirs=quote([theirs]), ours=quote([ours]))


def _check_negation(draft: Draft, states: str, language: Language, *, nowhere: bool) -> Iterator[Finding]:
    """Compare negations with the statement in the language of the quoted words; `nowhere`: neither statement negates."""
    about = "statement_ko" if language == "ko" else "statement_en"
    statement = draft.statement_ko if language == "ko" else draft.statement_en
    ours, theirs = factuality.has_negation(statement, language), factuality.has_negation(states, language)
    dropped, added = (
        next(
            (verb for verb in factuality.find_negated_verbs(words, language) if factuality.has_verb(other, verb)), None
        )
        if not negates
        else None
        for words, other, negates in ((states, statement, ours), (statement, states, theirs))
    )
    if dropped:
        yield messages.NEGATION_DROPPED.at(about, verb=shorten(dropped))
    elif added:
        yield messages.NEGATION_ADDED.at(about, verb=shorten(added))
    elif ours != theirs and factuality.negates_verb(states, language):
        if nowhere and factuality.negates_verb(factuality.without_negative_questions(states), language):
            yield messages.NEGATION_MISSING.at(about)
        else:
            yield Advisory(messages.NEGATION_DOUBTFUL)


def _check_denial(draft: Draft, states: str) -> Iterator[Violation]:
    denial = factuality.find_denial(states)
    kept = factuality.keeps_denial(draft.statement_ko, "ko") or factuality.keeps_denial(draft.statement_en, "en")
    if denial and not kept:
        yield messages.DENIAL_DROPPED.at("statement_ko", words=quote([denial]))


def _check_roles(draft: Draft, states: str) -> Iterator[Violation]:
    theirs, ours = factuality.find_actions(states), factuality.find_actions(draft.statement_ko)
    for agent, target in sorted(ours - theirs):
        reverse = Action(target, agent)
        if reverse in theirs and reverse not in ours:
            yield messages.ROLES_SWAPPED.at("statement_ko", first=quote([target]), second=quote([agent]))
            return
