"""Names of entities, trends and terms in a text, in any spelling, spacing and language."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from knowledge.model import Entity, Term, Trend
from knowledge.text.analysis import analyzer, hangul

_MAX_TOKENS = 6
"""The most tokens that one name takes up."""
_MIN_SYLLABLES = 3
"""From this many syllables on, a Korean name is believed inside a longer word (missing spaces, unknown endings)."""
_LAST_TEXTS = 16
"""Texts whose names are remembered: a question is asked for them more than once."""
_LAST_WORDS = 50_000
"""Words that are remembered with the names in them: looking them up anew is half the time of indexing a text."""
_NOUNS = ("나무", "사람")
"""One that ends in a vowel, one in a consonant."""
_SHARED = ("concept", "country", "place")
"""Types of entities that many claims share without being related."""
_KOREAN = re.compile("[가-힣]+")
_SMALL = re.compile(r"\b[a-z]{1,2}\b")
"""Written small, two letters are no abbreviation: `us` is not the US."""


@dataclass(frozen=True)
class NameMention:
    """A name found in a text: tokens `first` to `last` (inclusive) name every one of `ids`."""

    first: int
    last: int
    ids: frozenset[str]


class Lexicon:
    """Names -> ids. Ids are prefixed: `entity:openai`, `trend:ai-bubble`, `term:release`."""

    def __init__(self, entities: Collection[Entity], trends: Iterable[Trend], terms: Iterable[Term]) -> None:
        self._names: dict[str, set[str]] = defaultdict(set)
        self._stems: dict[str, set[str]] = defaultdict(set)
        self._beginnings: set[str] = set()
        """Beginnings of longer names."""
        self._longest = _MIN_SYLLABLES
        """Letters of the longest name."""
        self._own = frozenset(f"entity:{entity.id}" for entity in entities if entity.type not in _SHARED)
        self._found = lru_cache(maxsize=_LAST_TEXTS)(self._find)
        self._ending = lru_cache(maxsize=_LAST_WORDS)(self._ending_in)
        for entity in entities:
            self._abbreviate(f"entity:{entity.id}", (entity.name.ko, *entity.aliases))
            self._add(
                f"entity:{entity.id}",
                (entity.id, entity.name.ko, entity.name.en, *entity.aliases, *filter(None, [entity.iso])),
            )
        for trend in trends:
            self._add(f"trend:{trend.id}", (trend.id, trend.name.ko, trend.name.en, *trend.aliases))
        for term in terms:
            self._add(f"term:{term.id}", term.words)

    def mentions(self, text: str, *, nested: bool = False) -> list[NameMention]:
        """Return every name in `text`; where one contains another, the longer, or both if `nested`."""
        found = list(self._found(text))
        return found if nested else [name for name in found if not any(_contains(other, name) for other in found)]

    def ids(self, name: str) -> frozenset[str]:
        """Return the ids of exactly this name, ignoring particles and all other words."""
        tokens = _stems(name)
        exact = self._names.get("".join(tokens), ())
        return frozenset(
            exact or self._names.get("".join([*tokens[:-1], *map(analyzer.strip_suffixes, tokens[-1:])]), ())
        )

    def things(self, mention: NameMention) -> tuple[frozenset[str], frozenset[str]]:
        """Return the entities that a mention names: specific ones, and shared ones such as countries and concepts."""
        own = mention.ids & self._own
        return own, frozenset(identity for identity in mention.ids - own if identity.startswith("entity:"))

    def space_names(self, question: str) -> str:
        """Return a question with spaces around the names inside longer words, so that the rest counts, too: 엔비디아주가."""
        return _KOREAN.sub(lambda word: " ".join(self._parts(word[0])), unicodedata.normalize("NFC", question))

    def _parts(self, token: str) -> Iterator[str]:
        """Yield a word cut before and after each name in it; particles stay with the name."""
        ends = range(1, len(token) + 1)
        if any(token[:end] in self._names and (end == len(token) or _is_ending(token[end:])) for end in ends):
            yield token
            return
        done = 0
        for start, end in self._places(token):
            yield from filter(None, [token[done:start]])
            done = len(token) if _is_ending(token[end:]) else end
            yield token[start:done]
        yield from filter(None, [token[done:]])

    def _find(self, text: str) -> tuple[NameMention, ...]:
        tokens = _stems(text)
        unsaid = _SMALL.findall(text)
        return tuple(
            mention
            for first, token in enumerate(tokens)
            if self._ending("", token) or token in self._beginnings  # most words begin no name
            for mention in self._at(tokens, first)
            if mention.last > first or token not in unsaid
        )

    def _add(self, identity: str, names: Iterable[str]) -> None:
        for name in names:
            squeezed = "".join(_stems(name))
            (self._stems if name.endswith("~") else self._names)[squeezed].add(identity)
            self._longest = max(self._longest, len(squeezed))
            self._beginnings.update(squeezed[:end] for end in range(1, len(squeezed)))

    def _abbreviate(self, identity: str, names: Iterable[str]) -> None:
        """Add the initials of Korean names: ㅅㅅㅈㅈ."""
        for squeezed in ("".join(_stems(name)) for name in names):
            initials = hangul.get_initials(squeezed)
            if len(squeezed) >= _MIN_SYLLABLES and hangul.are_initials(initials):
                self._names[initials].add(identity)

    def _at(self, tokens: list[str], first: int) -> Iterator[NameMention]:
        before = ""
        for last in range(first, min(first + _MAX_TOKENS, len(tokens))):
            ids = self._ending(before, tokens[last])
            if ids:
                yield NameMention(first, last, ids)
            before += tokens[last]
            if before not in self._beginnings:
                return

    def _ending_in(self, before: str, token: str) -> frozenset[str]:
        """Return the ids of names made of the tokens `before` and the beginning of `token` (or, alone, a stretch inside it)."""
        ids = set(self._names.get(before + token, ()))
        if not hangul.is_hangul(token):
            return frozenset(ids)
        for cut in range(1, len(token)):
            name = before + token[:cut]
            if name not in self._beginnings and name not in self._names and name not in self._stems:
                break  # nor does any name begin with more of it
            ids |= self._stems.get(name, set())
            if name in self._names and (len(name) > _MIN_SYLLABLES or _is_ending(token[cut:])):
                ids |= self._names[name]
        ids |= self._stems.get(before + token, set())
        return frozenset(ids or (self._inside(token) if not before else ()))

    def _inside(self, token: str) -> set[str]:
        """Return the ids of the names in a word without spaces."""
        return set().union(*(self._names[token[start:end]] for start, end in self._places(token)))

    def _places(self, token: str) -> Iterator[tuple[int, int]]:
        """Yield the spans of names in a word without spaces, from left to right, the longest at each place."""
        start = 0
        while start <= len(token) - _MIN_SYLLABLES:
            end = self._end(token, start)
            if end:
                yield start, end
            start = end or start + 1

    def _end(self, token: str, start: int) -> int:
        """Return the end of the longest name that begins at a place in a word; 0 where none does."""
        shortest = token[start : start + _MIN_SYLLABLES]
        if shortest not in self._beginnings and shortest not in self._names:
            return 0
        ends = range(min(len(token), start + self._longest), start + _MIN_SYLLABLES - 1, -1)
        return next((end for end in ends if token[start:end] in self._names), 0)


def _stems(text: str) -> list[str]:
    """Return the tokens of a text, Latin ones stemmed, so that one form of a name matches all."""
    return [token if hangul.is_hangul(token) else analyzer.stem(token) for token in analyzer.tokenize(text)]


def _is_ending(rest: str) -> bool:
    """Check that only particles follow a name."""
    return any(analyzer.strip_suffixes(noun + rest) == noun for noun in _NOUNS)


def _contains(mention: NameMention, other: NameMention) -> bool:
    """Check that the first mention spans all of the second, and more."""
    return (
        mention.first <= other.first
        and other.last <= mention.last
        and (mention.last - mention.first) > (other.last - other.first)
    )
