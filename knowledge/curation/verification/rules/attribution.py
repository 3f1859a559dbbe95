"""Rules on the speaker and the attribution of a draft, by the text around the quoted words."""

from collections.abc import Iterator, Sequence

from knowledge.curation.verification import messages
from knowledge.curation.verification.drafts import Draft
from knowledge.curation.verification.messages import Violation, quote
from knowledge.curation.verification.readers.entities import EntityIndex
from knowledge.curation.verification.readers.modality import is_report
from knowledge.curation.verification.readers.source_text import SourceText
from knowledge.curation.verification.readers.speakers import (
    Utterance,
    find_last_speaker,
    find_other_speaker,
    find_speaker,
    has_reporting_words,
    has_unnamed_source,
    read_utterance,
)
from knowledge.curation.verification.support import Support

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
