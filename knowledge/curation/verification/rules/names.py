"""Rules on the names in a draft, its speaker and its attribution.

Each name resolves to one entity or trend, and a new entity has names of its own that the text has. The text around the quoted
words names the speaker.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from knowledge.curation.verification import messages
from knowledge.curation.verification.drafts import Draft, NewEntity
from knowledge.curation.verification.messages import Advisory, Finding, Violation, quote
from knowledge.curation.verification.readers import (
    EntityIndex,
    SourceText,
    Utterance,
    find_last_speaker,
    find_other_speaker,
    find_speaker,
    has_reporting_words,
    has_unnamed_source,
    is_report,
    read_utterance,
)
from knowledge.curation.verification.rules.wording import Support
from knowledge.model import Bilingual, Entity
from knowledge.text import strip_hidden

_NOT_IN_NAMES = re.compile(r"[“”\"<>{}\[\]|\\`\n]|://")
"""Characters that no name has, or that could pass for the end of one."""
_NAMED_TYPES = frozenset({"company", "model", "person", "organisation", "product", "publication", "event"})
"""Types whose entities the text has to name; a concept may go by other words."""
_MOST_TRENDS = 60


def resolve_entity(name: str, about: str, entities: EntityIndex) -> str | Violation:
    """Return the id of the only entity of a name, or why there is none."""
    ids = entities.find_entities(name)
    if ids:
        return ids[0] if len(ids) == 1 else _ambiguous(name, about, ids)
    similar = entities.find_similar_entities(name)
    if similar:
        return messages.MISSPELT_ENTITY.at(about, name=quote([name]), ids=_list_ids(similar))
    return messages.UNKNOWN_ENTITY.at(about, name=quote([name]))


def resolve_trend(name: str, about: str, entities: EntityIndex) -> str | Violation:
    """Return the id of the only trend of a name, or why there is none."""
    ids = entities.find_trends(name)
    if ids:
        return ids[0] if len(ids) == 1 else _ambiguous(name, about, ids)
    similar = entities.find_similar_trends(name) or entities.trend_ids[:_MOST_TRENDS]
    return messages.UNKNOWN_TREND.at(about, name=quote([name]), ids=_list_ids(similar))


def check_named(identity: str, about: str, entities: EntityIndex) -> Iterator[Finding]:
    """Yield a finding if the text does not name an entity."""
    if entities.is_named(identity) or identity.startswith("unnamed-"):
        return
    entity, name = entities.get(identity), quote(entities.names(identity)[:1])
    if entity and entity.type in _NAMED_TYPES:
        yield messages.NOT_IN_TEXT.at(about, name=name)
    else:
        yield Advisory(messages.NAMED_OTHERWISE.format(name=name))


def make_entity(draft: NewEntity, entities: EntityIndex, new: Mapping[str, Entity]) -> Entity | list[Violation]:
    """Return the new entity, or all that is wrong with it; `new` has the earlier ones of the same call."""
    maker = _find_maker(draft.maker, entities, new)
    violations = [*_check_new_entity(draft, entities, new), *([maker] if isinstance(maker, Violation) else ())]
    if draft.iso and draft.type != "country":
        violations.append(messages.ISO_WITHOUT_COUNTRY.at("iso"))
    if violations or isinstance(maker, Violation):
        return violations
    return Entity(
        id=draft.id,
        type=draft.type,
        name=Bilingual(ko=draft.ko, en=draft.en),
        aliases=tuple(dict.fromkeys(alias for alias in draft.aliases if alias not in {draft.ko, draft.en})),
        iso=draft.iso,
        maker=maker,
    )


def _check_new_entity(draft: NewEntity, entities: EntityIndex, new: Mapping[str, Entity]) -> Iterator[Violation]:
    names = (draft.ko, draft.en, *draft.aliases)
    if entities.get(draft.id) or draft.id in new:
        yield messages.ID_TAKEN.at("id", id=quote([draft.id]))
    for name in names:
        yield from _check_name(name, entities)
    if not any(entities.has_in_text(name) for name in names):
        yield messages.ENTITY_NOT_IN_TEXT.at("ko")
    for alias in draft.aliases:
        if _is_line(alias) and not entities.begins_in_text(alias):
            yield messages.ALIAS_NOT_IN_TEXT.at("aliases", name=quote([alias]))


def _check_name(name: str, entities: EntityIndex) -> Iterator[Violation]:
    if not _is_line(name):
        yield messages.NAME_NOT_VISIBLE.at("ko", name=quote([name]))
    elif not name[0].isalnum() or _NOT_IN_NAMES.search(name):
        yield messages.NOT_A_NAME.at("ko", name=quote([name]))
    elif holders := entities.holders(name):
        yield messages.NAME_TAKEN.at("ko", name=quote([name]), ids=_list_ids(holders))
    elif entities.is_ordinary(name):
        yield messages.NAME_ORDINARY.at("ko", name=quote([name]))


def _find_maker(name: str | None, entities: EntityIndex, new: Mapping[str, Entity]) -> str | Violation | None:
    if not name:
        return None
    of_call = (
        entity.id for entity in new.values() if name in {entity.id, entity.name.ko, entity.name.en, *entity.aliases}
    )
    return next(of_call, None) or resolve_entity(name, "maker", entities)


def _ambiguous(name: str, about: str, ids: Sequence[str]) -> Violation:
    return messages.AMBIGUOUS_NAME.at(about, name=quote([name]), ids=_list_ids(ids))


def _list_ids(ids: Iterable[str]) -> str:
    return ", ".join(f"`{identity}`" for identity in ids)


def _is_line(name: str) -> bool:
    return strip_hidden(name) == name and name == name.strip() and "\n" not in name and bool(name)


_BACK = 800
"""Characters before the quoted words in which their speaker may have been named last."""


def check_attribution(
    draft: Draft, speaker: str | None, support: Support, text: SourceText, entities: EntityIndex
) -> Iterator[Violation]:
    """Yield what is wrong with speaker (`speaker` is the id, if known) and attribution."""
    if (draft.attribution == "author") != (draft.speaker is None):
        yield messages.ATTRIBUTION_MISMATCH.at("speaker")
        return
    utterances = [read_utterance(text, span.start, span.end) for span in support.stating]
    if draft.attribution == "author":
        yield from _check_author(draft, utterances, entities)
        return
    quoted = [text.body[span.start : span.end] for span in support.spans]
    words = " ".join([*(utterance.sentence for utterance in utterances), *quoted])
    yield from _check_form(draft, utterances, words)
    if speaker and draft.attribution != "unnamed":
        yield from _check_speaker(draft, speaker, support, utterances, words, text, entities)


def _check_form(draft: Draft, utterances: Sequence[Utterance], words: str) -> Iterator[Violation]:
    if draft.attribution == "direct" and not any(utterance.quoted for utterance in utterances):
        yield messages.NOT_IN_QUOTATION_MARKS.at("attribution")
    elif draft.attribution == "indirect" and not has_reporting_words(words):
        yield messages.NO_REPORTING_WORDS.at("attribution")
    elif draft.attribution == "unnamed" and not has_unnamed_source(words):
        yield messages.NO_UNNAMED_SOURCE.at("attribution")


def _check_author(draft: Draft, utterances: Sequence[Utterance], entities: EntityIndex) -> Iterator[Violation]:
    """Check that words which the text attributes to somebody are not stated in the article's own voice."""
    if is_report(f"{draft.statement_ko} {draft.statement_en}"):
        return
    for utterance in utterances:
        speaker = find_speaker(utterance, entities)
        if speaker:
            name = quote(entities.names(speaker)[:1])
            yield messages.NOT_AUTHORS_WORDS.at("attribution", name=name, speaker=speaker)
            return


def _check_speaker(
    draft: Draft,
    speaker: str,
    support: Support,
    utterances: Sequence[Utterance],
    words: str,
    text: SourceText,
    entities: EntityIndex,
) -> Iterator[Violation]:
    """Check that the speaker is named with the words, or was named last before them."""
    if not entities.is_named(speaker):
        yield messages.SPEAKER_NOT_IN_TEXT.at("speaker", name=quote([draft.speaker]))
        return
    for utterance in utterances:
        other = find_other_speaker(utterance, speaker, entities)
        if other:
            name = quote(entities.names(other)[:1])
            yield messages.SPEAKER_DIFFERS.at("speaker", name=name, speaker=other)
            return
    if speaker in entities.find_named(words) or not utterances:
        return
    start = min(span.start for span in support.stating)
    if find_last_speaker(text.body[max(0, start - _BACK) : start], entities) != speaker:
        yield messages.SPEAKER_NOT_QUOTED.at("speaker")
