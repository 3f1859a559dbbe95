"""Which models, families and makers does a question on costs name? Only those that a source has a cost of."""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from knowledge import analyzer, stems, wordlists
from knowledge.figures.meant import Meant, Sources
from knowledge.pricelist import modelnames

_LONGEST = 6
"""The most words that a model's name takes up in a question."""
_LONGEST_MAKER = 3
_MOST = 10
"""As many names as the tool takes."""
_FAMILIES = frozenset(
    "claude sonnet opus haiku gemini gemma gpt llama kimi deepseek glm grok mistral mixtral codestral ministral magistral devstral "
    "qwen minimax hyperclova exaone nemotron".split()
)
"""Words that no one takes for anything but a family of models."""
_WITH_MORE = frozenset({"sonnet", "opus", "haiku"})
"""Of these the words that need another beside them: alone they are poems and works."""
_VARIANTS = frozenset(
    "turbo ultra max mini nano pro codex image audio realtime flash lite vision thinking coder omni air".split()
)
"""Words that tell the models of a family apart."""
_VERSION = re.compile(r"[A-Za-z]?\d{1,2}(?:\.\d{1,2})?[A-Za-z]?")
_YEAR = re.compile(r"20\d\d")
_WORD = re.compile(r"[^\s,;:?!/~·\"“”‘’()\[\]]+")
_PARTICLE = re.compile(rf"(?<=[0-9A-Za-z])(?:{'|'.join(sorted(wordlists.PARTICLES, key=len, reverse=True))})$")
_OF_MODELS = re.compile(r"\b(?:models?|api|tokens?|llms?)\b|모델|토큰", re.IGNORECASE)
"""Without such a word a maker's name may be asked about anything that it sells."""
_OF_TRAINING = re.compile(r"\btrain|학습|훈련", re.IGNORECASE)


@dataclass(frozen=True)
class ModelNames:
    """Finds the names in questions, in these sources."""

    sources: Sources

    def named(self, text: str, *, training: bool) -> tuple[str, ...]:
        """The names in a text as it writes them: of a model, of a family, or of a maker where it speaks of models.

        Args:
            text: a question.
            training: whether only costs of training are asked for, which few models have.
        """
        found = [name for part in _parts(text) for name in self._in_part(part, text, training=training)]
        return tuple(dict.fromkeys(found))[:_MOST]

    def _in_part(self, words: list[str], text: str, *, training: bool) -> Iterator[str]:
        start = 0
        while start < len(words):
            ends = range(min(len(words), start + _LONGEST), start, -1)
            names = (" ".join([*words[start : end - 1], last]) for end in ends for last in _forms(words[end - 1]))
            name = next((one for one in names if self._has(one, text, training=training)), None)
            if name:
                # With a word more it is another model, or none: the tool says so, and takes none for it.
                more = list(itertools.takewhile(_makes_another, words[start + len(name.split()) :]))
                if not _is_of_people(name, words[start + 1 :]):
                    yield " ".join([name, *more])
                start += len(name.split()) + len(more)
            else:
                start += 1

    def _has(self, name: str, text: str, *, training: bool) -> bool:
        if modelnames.key(name.rpartition(" ")[0]).tokens == modelnames.key(name).tokens:
            return False  # its last word says nothing
        if self._is_model(name, text, training=training):
            return True
        speaks_of_models = _OF_MODELS.search(text) or _OF_TRAINING.search(text)
        return bool(speaks_of_models) and self._is_maker(name, training=training)

    def _is_model(self, name: str, text: str, *, training: bool) -> bool:
        tokens = modelnames.key(name).tokens
        exact, parts = self._trained if training else self._any
        if tokens in exact and _is_distinct(tokens, name, text):
            return True
        return bool(tokens & _FAMILIES) and tokens in parts

    def _is_maker(self, name: str, *, training: bool) -> bool:
        if len(name.split()) > _LONGEST_MAKER or not self._may_be_maker(name):
            return False
        meant = self.sources.meant(name)
        return meant.is_maker and (_has_costs(meant) or (bool(meant.prices) and not training))

    def _may_be_maker(self, name: str) -> bool:
        """Whether it is worth looking closer: comparing a name with thousands takes its time."""
        return modelnames.key(name).tokens in self._makers or bool(self.sources.names.find(name))

    @cached_property
    def _makers(self) -> "_Tokens":
        providers = {one.provider for one in self.sources.listed.prices if not one.reseller}
        return frozenset(modelnames.key(one).tokens for one in providers)

    @cached_property
    def _trained(self) -> tuple["_Tokens", "_Tokens"]:
        return _tokens(tuple(one.model for one in self.sources.estimates.models if one.costs))

    @cached_property
    def _any(self) -> tuple["_Tokens", "_Tokens"]:
        prices = self.sources.listed.prices
        trained, listed = self._trained, _tokens(tuple(one for price in prices for one in (price.name, price.id)))
        return trained[0] | listed[0], trained[1] | listed[1]


_Tokens = frozenset[frozenset[str]]


@lru_cache(maxsize=8)
def _tokens(names: tuple[str, ...]) -> tuple[_Tokens, _Tokens]:
    """What names say, and the parts of that which begin a family's name: one word, or two (`claude`, `claude opus`, `gpt 4`)."""
    whole = frozenset(modelnames.key(name).tokens for name in names)
    return whole, frozenset(part for tokens in whole for part in _parts_of(tokens))


def _parts_of(tokens: frozenset[str]) -> Iterable[frozenset[str]]:
    families = tokens & _FAMILIES
    yield from (frozenset({one}) for one in families - _WITH_MORE)
    yield from (frozenset({one, other}) for one in families for other in tokens - {one})


def _makes_another(word: str) -> bool:
    """Whether a word behind a model's name makes another model's of it: a version, or what variants are called."""
    variants = modelnames.key(_PARTICLE.sub("", word)).tokens & _VARIANTS
    return bool(variants) or (_VERSION.fullmatch(word) is not None and not _YEAR.fullmatch(word))


def _has_costs(meant: Meant) -> bool:
    return any(row.costs for row in meant.rows)


def _is_distinct(tokens: frozenset[str], name: str, text: str) -> bool:
    """Whether a name can only be a model's: a family's word, a version, or capitals where the question is on models."""
    if tokens & _FAMILIES or any(any(map(str.isalpha, one)) and any(map(str.isdigit, one)) for one in tokens):
        return True
    if len(tokens) > 1:
        return any(letter.isdigit() for one in tokens for letter in one)
    speaks_of_models = _OF_MODELS.search(text) or _OF_TRAINING.search(text)
    return bool(speaks_of_models) and name.isalpha() and analyzer.is_written_as_name(name.casefold(), text)


def _is_of_people(name: str, after: Sequence[str]) -> bool:
    """Whether it is rather a first name or a sign: a bare one of these with a word of another sort behind (Claude Monet)."""
    following = after[0].casefold() if after else ""
    others = following.isascii() and following.isalpha() and following not in wordlists.ENGLISH_STOP
    return name.casefold() in {"claude", "gemini"} and others and not _OF_MODELS.match(following)


def _parts(text: str) -> Iterator[list[str]]:
    """The words between commas and the like."""
    for part in re.split(r"[,;:?!/~·()\[\]\"“”]", unicodedata.normalize("NFC", text)):
        words = [one.rstrip(".'").removesuffix("'s").removesuffix("’s") for one in _WORD.findall(part)]
        yield [one for one in words if one]


def _forms(word: str) -> Iterator[str]:
    """A word as it stands, then without the particles that may follow a name."""
    yield from dict.fromkeys([word, _PARTICLE.sub("", word), stems.without_particle(word), stems.strip(word)])
