"""Who says it? Attribution and speaker against the text around the words."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from knowledge.curation.verification import messages
from knowledge.curation.verification.drafts import Draft
from knowledge.curation.verification.messages import Finding, Violation, quote
from knowledge.curation.verification.readers.entities import EntityIndex
from knowledge.curation.verification.readers.modality import tells
from knowledge.curation.verification.readers.quotes import QuoteSpan
from knowledge.curation.verification.readers.source_text import SourceText

_QUOTED = re.compile(
    r"“[^”\n]{1,900}”|\"[^\"\n]{1,900}\"|「[^」\n]{1,900}」|«[^»\n]{1,900}»|‘[^’\n]{8,900}’(?=[^가-힣]|[고며라는이란]|[이]?라)"
)
_FEWEST_QUOTED = 4
_REPORTS = re.compile(
    r"밝[혔히혀]|말[했하한]|전[했하한](?!기)|따르면|따르자면|(?:[라다냐자]|이라)고(?![가-힣])|(?:[라다냐자])며(?![가-힣])|라는|다는|분석|설명|강조|언급|주장|지적|전망|예상|예측|내다|평가|발표|경고|제안|진단|덧붙|답[했하]|반박|비판|우려|꼽|인용|추정|본다|봅니다|봤다|생각|기대|란 "
    r"|(?<![A-Za-z])(?:accord\w+|sa(?:id|ys?|ying)|told|stat\w+|explain\w*|add(?:s|ed)|argu\w+|warn\w*|announc\w+|report\w*|estimat\w+|analy\w+|predict\w*|expect\w*|forecast\w*|claim\w*|believ\w+|think\w*|thought|suggest\w*|note[sd]?|wrote|writes|call(?:s|ed)|urg\w+|found|find(?:s|ings)?|pledg\w+)(?![A-Za-z])",
    re.IGNORECASE,
)
_UNNAMED = re.compile(
    r"관계자|전문가|일각|업계|시장에서|애널리스트|분석가|소식통|당국자|회의론|비관론|낙관론|연구진|학계|누군가|어떤 이|많은 이|일부|사람들|외신|조사|연구|이들|분석이|전망이|전망도|지적이|지적도|평가가|평가다|우려가|우려도|알려[졌지진]|것으로 보인|것이란|관측이|목소리|주장이|주장도|의견|회사 측|분석[됩된되입이]|의구심|해석|제기"
    r"|(?<![A-Za-z])(?:official|expert|analyst|source|critic|observer|insider|people|person|researcher|economist|executive|investor|some|many|others|sceptic|skeptic|survey|stud(?:y|ie)|reportedly|engineer|employee|spokes\w+)s?(?![A-Za-z])",
    re.IGNORECASE,
)
_SAYS_SO = re.compile(
    r"(?P<after>에 ?따르면|에 ?의하면)|(?:[라다]고|며|[”\"’']고) ?(?:\S+ ){0,2}?(?:말했|귀띔했|반박했|토로했|답했|말한다|말합니다|경고합니다|밝혔|전했|설명했|강조했|주장했|지적했|내다봤|전망했|예상했|예측했|분석했|경고했|덧붙였|평가했)"
    r"|(?<![A-Za-z])(?:(?P<to>according to)|(?P<verb>said|says|told|warned|warns|argued|argues|predicted|predicts|estimated|estimates|expects|expected|forecasts?|added)(?= (?:\w+ ){0,3}(?:that|the|its?|on|to)))(?![A-Za-z])",
    re.IGNORECASE,
)
_PERSONS = frozenset({"person"})
_SPEAKERS = frozenset({"person", "company", "organisation", "publication"})
_NEAR = 40
_BACK = 800


class _Place(NamedTuple):
    """Where the words of a draft stand, and what surrounds them."""

    words: str
    """The draft's own words."""
    sentence: str
    """The sentences that they stand in."""
    quoted: tuple[str, str] | None
    """Where they are in quotation marks: what stands before these in the sentence (as far as other quotations), and after."""


def check(
    draft: Draft, speaker: str | None, pieces: Sequence[QuoteSpan], text: SourceText, register: EntityIndex
) -> Iterator[Finding]:
    """What is wrong with speaker and attribution."""
    if (draft.attribution == "author") != (draft.speaker is None):
        yield messages.ATTRIBUTION_MISMATCH.at("speaker")
        return
    places = [_place(piece, text) for piece in pieces if piece.role == "states"]
    words = " ".join([*(place.sentence for place in places), *(text.body[one.start : one.end] for one in pieces)])
    if draft.attribution == "author":
        yield from _own_voice(draft, places, register)
        return
    yield from _form(draft, places, words)
    if speaker and draft.attribution != "unnamed":
        yield from _who(draft, speaker, pieces, places, text, register)


def _form(draft: Draft, places: Sequence[_Place], words: str) -> Iterator[Finding]:
    if draft.attribution == "direct" and not any(place.quoted for place in places):
        yield messages.NOT_IN_QUOTATION_MARKS.at("attribution")
    elif draft.attribution == "indirect" and not _REPORTS.search(words):
        yield messages.NO_REPORTING_WORDS.at("attribution")
    elif draft.attribution == "unnamed" and not _UNNAMED.search(words):
        yield messages.NO_UNNAMED_SOURCE.at("attribution")


def _own_voice(draft: Draft, places: Sequence[_Place], register: EntityIndex) -> Iterator[Finding]:
    """Words that the text gives to somebody are not the article's own, unless the statement tells that they were said."""
    statement = f"{draft.statement_ko} {draft.statement_en}"
    if tells(statement):
        return
    for place in places:
        who = _sayer(place, register)
        if who:
            yield messages.NOT_AUTHORS_WORDS.at("attribution", name=quote(register.names(who)[:1]), speaker=who)
            return


def _sayer(place: _Place, register: EntityIndex) -> str | None:
    """Whom the text surely gives the words to."""
    found = _SAYS_SO.search(place.sentence)
    if not found:
        return None
    before, words = place.sentence[max(0, found.start() - _NEAR) : found.start()], place.sentence.find(place.words)
    if found["to"]:
        return _one(register.named_in(place.sentence[found.end() : found.end() + _NEAR]), register)
    if found["after"] or found["verb"]:
        return _one(register.named_in(before), register) if words >= found.start() else None
    if place.quoted is None:
        return _one(register.named_in(place.sentence[:words][:_NEAR]), register)
    return _one(register.named_in(place.quoted[0][-60:]), register) or _one(
        register.named_in(place.quoted[1][:60]), register
    )


def _one(ids: frozenset[str], register: EntityIndex) -> str | None:
    speakers = _of_type(ids, register, _SPEAKERS)
    persons = _of_type(ids, register, _PERSONS)
    return min(persons or speakers, default=None)


def _who(
    draft: Draft,
    speaker: str,
    pieces: Sequence[QuoteSpan],
    places: Sequence[_Place],
    text: SourceText,
    register: EntityIndex,
) -> Iterator[Finding]:
    """Whether the words are this speaker's: named with them, or the last that was named before them."""
    if not register.is_named(speaker):
        yield messages.SPEAKER_NOT_IN_TEXT.at("speaker", name=quote([draft.speaker]))
        return
    for place in places:
        other = _other(speaker, place, register)
        if other:
            yield _swapped(other, register)
            return
    here = " ".join([*(place.sentence for place in places), *(text.body[one.start : one.end] for one in pieces)])
    if speaker in register.named_in(here) or not places:
        return
    start = min(piece.start for piece in pieces if piece.role == "states")
    other = _last_named(text.body[max(0, start - _BACK) : start], register)
    if other != speaker:
        yield messages.SPEAKER_NOT_QUOTED.at("speaker")


def _other(speaker: str, place: _Place, register: EntityIndex) -> str | None:
    """Somebody else whom the text gives the words to."""
    around = place.quoted or (place.sentence, "")
    before, after = (register.named_in(part) for part in around)
    if speaker in before or (speaker in after and not _of_type(before, register, _SPEAKERS)):
        return None
    people = _of_type(before, register, _PERSONS) or _of_type(after, register, _PERSONS)
    if people:
        return min(people)
    if place.quoted and speaker not in register.named_in(place.sentence):
        return min(_of_type(before, register, _SPEAKERS), default=None)
    return None


def _swapped(other: str, register: EntityIndex) -> Violation:
    return messages.SPEAKER_DIFFERS.at("speaker", name=quote(register.names(other)[:1]), speaker=other)


def _last_named(before: str, register: EntityIndex) -> str | None:
    """Who was named last in some text, looking back sentence by sentence."""
    for sentence in reversed(re.split(r"(?<=[.!?\n])\s", before)):
        named = register.named_in(sentence)
        people = _of_type(named, register, _PERSONS) or _of_type(named, register, _SPEAKERS)
        if people:
            return min(people)
    return None


def _of_type(ids: frozenset[str], register: EntityIndex, types: frozenset[str]) -> set[str]:
    found = {one: register.get(one) for one in ids}
    return {one for one, entity in found.items() if entity and entity.type in types and not one.startswith("unnamed-")}


def _place(piece: QuoteSpan, text: SourceText) -> _Place:
    first, last = text.sentence(piece.start, piece.end)
    sentence = text.body[first:last]
    start, end = piece.start - first, piece.end - first
    spans = [match.span() for match in _QUOTED.finditer(sentence)]
    inside = [span for span in spans if min(end, span[1]) - max(start, span[0]) >= _FEWEST_QUOTED]
    words = sentence[start:end]
    if not inside:
        return _Place(words, sentence, None)
    earlier = [span[1] for span in spans if span[1] <= inside[0][0]]
    later = [span[0] for span in spans if span[0] >= inside[-1][1]]
    before = sentence[max(earlier, default=0) : inside[0][0]]
    after = sentence[inside[-1][1] : min(later, default=len(sentence))]
    return _Place(words, sentence, (before, after))
