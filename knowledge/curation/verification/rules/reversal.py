"""Rules against a statement that says the reverse of the quoted words: negation, direction, denial, or roles swapped."""

from collections.abc import Iterator

from knowledge.curation.verification import messages
from knowledge.curation.verification.drafts import Draft
from knowledge.curation.verification.messages import Advisory, Finding, Violation, quote, shorten
from knowledge.curation.verification.readers import negation
from knowledge.curation.verification.readers.negation import Action
from knowledge.curation.verification.support import Support
from knowledge.model.records import Language
from knowledge.text.analysis import analyzer


def check_reversal(draft: Draft, support: Support) -> Iterator[Finding]:
    """Yield a finding wherever a statement reverses the words that it rests on."""
    yield from _check_direction(draft, support.quoted)
    nowhere = not negation.has_negation(draft.statement_ko, "ko") and not negation.has_negation(
        draft.statement_en, "en"
    )
    language: Language = "ko" if analyzer.has_hangul(support.states) else "en"
    yield from _check_negation(draft, support.states, language, nowhere=nowhere)
    yield from _check_denial(draft, support.states)
    yield from _check_roles(draft, support.states)


def _check_direction(draft: Draft, quoted: str) -> Iterator[Violation]:
    """Compare directions where both statements and the words have only one each, as a sentence may have several subjects."""
    both = draft.statement_ko, draft.statement_en
    rises, falls = ([bool(find(words)) for words in both] for find in (negation.find_rise, negation.find_fall))
    if rises[0] != rises[1] or rises != [not falls_too for falls_too in falls]:
        return
    if any(map(negation.negates_verb, (quoted, *both))):
        return
    same, opposite = negation.find_rise, negation.find_fall
    if not rises[0]:
        same, opposite = opposite, same
    theirs, ours = opposite(quoted), same(draft.statement_en)
    if theirs and ours and not same(quoted):
        yield messages.DIRECTION_REVERSED.at("statement_en", theirs=quote([theirs]), ours=quote([ours]))


def _check_negation(draft: Draft, states: str, language: Language, *, nowhere: bool) -> Iterator[Finding]:
    """Compare negations with the statement in the language of the quoted words; `nowhere`: neither statement negates."""
    about = "statement_ko" if language == "ko" else "statement_en"
    statement = draft.statement_ko if language == "ko" else draft.statement_en
    ours, theirs = negation.has_negation(statement, language), negation.has_negation(states, language)
    dropped, added = (
        next((verb for verb in negation.find_negated_verbs(words, language) if negation.has_verb(other, verb)), None)
        if not negates
        else None
        for words, other, negates in ((states, statement, ours), (statement, states, theirs))
    )
    if dropped:
        yield messages.NEGATION_DROPPED.at(about, verb=shorten(dropped))
    elif added:
        yield messages.NEGATION_ADDED.at(about, verb=shorten(added))
    elif ours != theirs and negation.negates_verb(states, language):
        if nowhere and negation.negates_verb(negation.without_negative_questions(states), language):
            yield messages.NEGATION_MISSING.at(about)
        else:
            yield Advisory(messages.NEGATION_DOUBTFUL)


def _check_denial(draft: Draft, states: str) -> Iterator[Violation]:
    denial = negation.find_denial(states)
    kept = negation.keeps_denial(draft.statement_ko, "ko") or negation.keeps_denial(draft.statement_en, "en")
    if denial and not kept:
        yield messages.DENIAL_DROPPED.at("statement_ko", words=quote([denial]))


def _check_roles(draft: Draft, states: str) -> Iterator[Violation]:
    theirs, ours = negation.find_actions(states), negation.find_actions(draft.statement_ko)
    for agent, target in sorted(ours - theirs):
        reverse = Action(target, agent)
        if reverse in theirs and reverse not in ours:
            yield messages.ROLES_SWAPPED.at("statement_ko", first=quote([target]), second=quote([agent]))
            return
