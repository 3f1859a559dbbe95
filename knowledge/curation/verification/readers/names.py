"""Names in a text: entities and trends of the knowledge base and of the call, and the speakers of quoted or reported words."""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from knowledge.curation.verification.readers.quotes import SourceText
from knowledge.model import Entity, Trend
from knowledge.text.analysis import Lexicon, analyzer

_NEAR = 0.6
_MOST_NEAR = 3
_SHORTEST = 2
"""Characters of a name that is searched for as written: a single one is in every text."""


class EntityIndex:
    """The entities and trends that a draft may name, with a text that names some of them."""

    def __init__(
        self,
        lexicon: Lexicon,
        entities: Mapping[str, Entity],
        trends: Mapping[str, Trend],
        body: str,
        ordinary: frozenset[str] = frozenset(),
    ) -> None:
        self._lexicon, self._known, self._trends = lexicon, entities, trends
        self._body, self._ordinary = body, ordinary
        self._new: dict[str, Entity] = {}
        self._new_lexicon: Lexicon | None = None

    def add(self, entities: Iterable[Entity]) -> None:
        """Add new entities."""
        self._new |= {entity.id: entity for entity in entities}
        self._new_lexicon = Lexicon(self._new.values(), (), ()) if self._new else None

    def get(self, identity: str) -> Entity | None:
        """Return the entity with an id."""
        return self._new.get(identity) or self._known.get(identity)

    def names(self, identity: str) -> tuple[str, ...]:
        """Return the names of an entity as they are written; none for an unknown id."""
        entity = self.get(identity)
        return _names(entity) if entity else ()

    @property
    def trend_ids(self) -> list[str]:
        """The ids of all trends, sorted."""
        return sorted(self._trends)

    def find_entities(self, name: str) -> list[str]:
        """Return the ids of the entities with an id or name, sorted."""
        return [name] if self.get(name) else self._find_ids(name, "entity:")

    def find_trends(self, name: str) -> list[str]:
        """Return the ids of the trends with an id or name, sorted."""
        return [name] if name in self._trends else self._find_ids(name, "trend:")

    def find_similar_entities(self, name: str) -> list[str]:
        """Return the ids of the entities with a similar name, the most similar first."""
        return _find_similar(name, self._entities_by_name)

    def find_similar_trends(self, name: str) -> list[str]:
        """Return the ids of the trends with a similar name, the most similar first."""
        return _find_similar(name, self._trends_by_name)

    def find_named(self, words: str) -> frozenset[str]:
        """Return the ids of the entities that some words name."""
        lexicons = [self._lexicon, self._new_lexicon] if self._new_lexicon else [self._lexicon]
        mentions = (mention for lexicon in lexicons for mention in lexicon.mentions(words, nested=True))
        return frozenset(
            key.removeprefix("entity:") for mention in mentions for key in mention.ids if key.startswith("entity:")
        )

    def is_named(self, identity: str) -> bool:
        """Return whether the text has one of an entity's names, or every word of one: 한국, and later 정부."""
        return (
            identity in self._named_in_text
            or identity in self._new
            or any(self.has_in_text(name) or self._has_words(name) for name in self.names(identity))
        )

    def has_in_text(self, name: str) -> bool:
        """Return whether the text has exactly this name, in any case."""
        if len(name) < _SHORTEST or name.lower() not in self._lower:
            return False
        if not (name[0].isascii() and name[-1].isascii()):
            return True
        return re.search(rf"(?<![a-z0-9]){re.escape(name.lower())}(?![a-z0-9])", self._lower) is not None

    def begins_in_text(self, name: str) -> bool:
        """Return whether the text has a name at the beginning of a word."""
        return self.has_in_text(name) and re.search(rf"(?<!\w){re.escape(name.lower())}", self._lower) is not None

    def holders(self, name: str) -> tuple[str, ...]:
        """Return the ids of the entities, trends and terms of the knowledge base that have a name."""
        return tuple(sorted(key.partition(":")[2] for key in self._lexicon.ids(name)))

    def is_ordinary(self, name: str) -> bool:
        """Return whether a name is a single word that many claims have."""
        words = analyzer.extract_words(name)
        return len(words) == 1 and not self._ordinary.isdisjoint({words[0].raw, words[0].term})

    def _has_words(self, name: str) -> bool:
        words = name.split()
        return len(words) > 1 and all(map(self.has_in_text, words))

    def _find_ids(self, name: str, kind: str) -> list[str]:
        keys = set(self._lexicon.ids(name)) | set(self._new_lexicon.ids(name) if self._new_lexicon else ())
        return sorted(key.removeprefix(kind) for key in keys if key.startswith(kind))

    @cached_property
    def _named_in_text(self) -> frozenset[str]:
        return self.find_named(self._body)

    @cached_property
    def _lower(self) -> str:
        return self._body.lower()

    @cached_property
    def _entities_by_name(self) -> dict[str, str]:
        return _by_folded_name(self._known.values())

    @cached_property
    def _trends_by_name(self) -> dict[str, str]:
        return _by_folded_name(self._trends.values())


def _names(record: Entity | Trend) -> tuple[str, ...]:
    return (record.name.ko, record.name.en, *record.aliases)


def _by_folded_name(records: Iterable[Entity | Trend]) -> dict[str, str]:
    return {analyzer.fold(name): record.id for record in records for name in _names(record)}


def _find_similar(name: str, ids: Mapping[str, str]) -> list[str]:
    close = difflib.get_close_matches(analyzer.fold(name), ids, n=_MOST_NEAR, cutoff=_NEAR)
    return list(dict.fromkeys(ids[folded] for folded in close))


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
_ATTRIBUTION = re.compile(
    r"(?P<after>에 ?따르면|에 ?의하면)|(?:[라다]고|며|[”\"’']고) ?(?:\S+ ){0,2}?(?:말했|귀띔했|반박했|토로했|답했|말한다|말합니다|경고합니다|밝혔|전했|설명했|강조했|주장했|지적했|내다봤|전망했|예상했|예측했|분석했|경고했|덧붙였|평가했)"
    r"|(?<![A-Za-z])(?:(?P<to>according to)|(?P<verb>said|says|told|warned|warns|argued|argues|predicted|predicts|estimated|estimates|expects|expected|forecasts?|added)(?= (?:\w+ ){0,3}(?:that|the|its?|on|to)))(?![A-Za-z])",
    re.IGNORECASE,
)
_SPEAKER_TYPES = frozenset({"person", "company", "organisation", "publication"})
_SPEAKER_REACH = 40


class Utterance(NamedTuple):
    """Words of a text with the sentence around them."""

    words: str
    sentence: str
    quoted: tuple[str, str] | None
    """For words in quotation marks: the sentence before these (back to any earlier quotation) and after them."""


def read_utterance(text: SourceText, start: int, end: int) -> Utterance:
    """Return the words in a range of the stored text with their sentence and quotation marks."""
    first, last = text.find_sentence(start, end)
    sentence = text.body[first:last]
    start, end = start - first, end - first
    quotations = [match.span() for match in _QUOTED.finditer(sentence)]
    around = [span for span in quotations if min(end, span[1]) - max(start, span[0]) >= _FEWEST_QUOTED]
    words = sentence[start:end]
    if not around:
        return Utterance(words, sentence, None)
    earlier = [span[1] for span in quotations if span[1] <= around[0][0]]
    later = [span[0] for span in quotations if span[0] >= around[-1][1]]
    before = sentence[max(earlier, default=0) : around[0][0]]
    after = sentence[around[-1][1] : min(later, default=len(sentence))]
    return Utterance(words, sentence, (before, after))


def has_reporting_words(words: str) -> bool:
    """Return whether some words report what somebody said: 밝혔다, according to."""
    return _REPORTS.search(words) is not None


def has_unnamed_source(words: str) -> bool:
    """Return whether some words mention a source without a name: 관계자, experts."""
    return _UNNAMED.search(words) is not None


def find_speaker(utterance: Utterance, entities: EntityIndex) -> str | None:
    """Return the id of whom the text clearly attributes an utterance to."""
    found = _ATTRIBUTION.search(utterance.sentence)
    if not found:
        return None

    def pick(words: str) -> str | None:
        return _pick_speaker(entities.find_named(words), entities)

    sentence, start = utterance.sentence, utterance.sentence.find(utterance.words)
    if found["to"]:
        return pick(sentence[found.end() : found.end() + _SPEAKER_REACH])
    if found["after"] or found["verb"]:
        return (
            pick(sentence[max(0, found.start() - _SPEAKER_REACH) : found.start()]) if start >= found.start() else None
        )
    if utterance.quoted is None:
        return pick(sentence[:start][:_SPEAKER_REACH])
    before, after = utterance.quoted
    return pick(before[-60:]) or pick(after[:60])


def find_other_speaker(utterance: Utterance, speaker: str, entities: EntityIndex) -> str | None:
    """Return the id of somebody other than `speaker` whom the text names with an utterance."""
    around = utterance.quoted or (utterance.sentence, "")
    before, after = map(entities.find_named, around)
    if speaker in before or (speaker in after and not _speakers(before, entities)):
        return None
    people = _people(before, entities) or _people(after, entities)
    if people:
        return min(people)
    if utterance.quoted and speaker not in entities.find_named(utterance.sentence):
        return min(_speakers(before, entities), default=None)
    return None


def find_last_speaker(words: str, entities: EntityIndex) -> str | None:
    """Return the id of the person, else the organisation, that the last sentence to name one names."""
    for sentence in reversed(re.split(r"(?<=[.!?\n])\s", words)):
        speaker = _pick_speaker(entities.find_named(sentence), entities)
        if speaker:
            return speaker
    return None


def _pick_speaker(ids: Collection[str], entities: EntityIndex) -> str | None:
    return min(_people(ids, entities) or _speakers(ids, entities), default=None)


def _people(ids: Collection[str], entities: EntityIndex) -> set[str]:
    return {each for each in _speakers(ids, entities) if (entity := entities.get(each)) and entity.type == "person"}


def _speakers(ids: Collection[str], entities: EntityIndex) -> set[str]:
    return {
        each
        for each in ids
        if (entity := entities.get(each)) and entity.type in _SPEAKER_TYPES and not each.startswith("unnamed-")
    }
