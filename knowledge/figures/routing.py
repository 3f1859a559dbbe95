"""Look-up of the figure tool that fits a search, by the names in the question and by the claims shown."""

import asyncio
import itertools
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from knowledge.datasets import countries
from knowledge.figures import places
from knowledge.figures.pricing import COMPANIES, FAMILIES, KOREAN, VARIANTS, model_names
from knowledge.model import Claim, Entity
from knowledge.queries import COUNT, PRICED, Call, Names, named_here
from knowledge.text.analysis import analyzer, wordlists

_COUNTED = frozenset({"term:models-released", "entity:large-scale-ai-model"})
"""Names for what is counted by country."""
_BEST = 3
"""Number of the best claims shown that can make an answer one about costs."""
_LONGEST = 6
"""The most words of a model's name."""
_MOST = 10
"""As many names as a tool takes."""

_Tokens = frozenset[frozenset[str]]
_WORD = re.compile(r"[^\s,;:?!/~·\"“”‘’()\[\]]+")
_SPELLINGS = [*FAMILIES, *(spelling for spelling, word in KOREAN.items() if word in FAMILIES)]
_LIKE_A_MODEL = re.compile(rf"[a-z]-?\d|\d[a-z]|{'|'.join(map(re.escape, _SPELLINGS))}", re.IGNORECASE)
"""Pattern in every name that is looked up: a family's name, or a letter beside a digit."""
_VERSION = re.compile(r"[a-z]?\d{1,2}(?:\.\d{1,2})?[a-z]?")
_PARTICLE = re.compile(rf"(?<=[0-9A-Za-z])(?:{'|'.join(sorted(wordlists.PARTICLES, key=len, reverse=True))})$")


async def find_call(
    phrasings: Sequence[str], shown: Sequence[Claim], names: Names, list_models: Callable[[], Sequence[str]]
) -> Call | None:
    """Return the call of a figure tool that fits a search; `None` where neither names nor claims point to one.

    A model in the question decides, else the first claim that counts models or is about costs, else a country in the question
    beside a name for the models counted. A family's bare name (Claude) decides only where no claim is shown.

    Args:
        phrasings: the question in one or more wordings; the first that has a name gives the arguments.
        shown: the claims of the answer, best first.
        names: the names of the knowledge base, in the language to answer in.
        list_models: lists the models that have a price or an estimated cost; called only for what looks like a model's name.
    """
    found = await _models(phrasings, list_models)
    if models := [name for name in found if not (shown and model_names.is_bare(name))]:
        return _call("compare_model_costs", "models", models, names)
    entities = await names.store.get(Entity, tuple(set(itertools.chain.from_iterable(map(_subjects, shown)))))
    mentions = (mention for text in phrasings for mention in names.lexicon.mentions(text, nested=True))
    named = frozenset(itertools.chain.from_iterable(mention.ids for mention in mentions))
    priced = await _priced(shown[:_BEST], entities, named, names)
    for place, claim in enumerate(shown):
        if _counts(claim, entities):
            return _call("get_country_model_counts", "countries", await _countries(phrasings, names), names)
        if place < _BEST and claim.cost_basis and priced:
            return _call("compare_model_costs", "models", priced, names)
    if named & _COUNTED and (there := await _countries(phrasings, names)):
        return _call("get_country_model_counts", "countries", there, names)
    return None


def find_models(text: str, listed: Iterable[str]) -> tuple[str, ...]:
    """Return the models and families that `text` names and `listed` has, as the text writes them.

    A version or variant behind a name belongs to it, listed or not: `GPT-5 turbo` is not taken for `GPT-5`.
    """
    return tuple(dict.fromkeys(_each_model(text, _tokens(tuple(listed)))))[:_MOST]


async def _models(phrasings: Sequence[str], list_models: Callable[[], Sequence[str]]) -> tuple[str, ...]:
    likely = [text for text in phrasings if _LIKE_A_MODEL.search(text)]
    if not likely:
        return ()
    # The price list is read the first time, and a table of models may be.
    listed = await asyncio.to_thread(list_models)
    return next(filter(None, (find_models(text, listed) for text in likely)), ())


@lru_cache(maxsize=4)
def _tokens(names: tuple[str, ...]) -> _Tokens:
    return frozenset(model_names.make_key(name).tokens for name in names)


def _each_model(text: str, listed: _Tokens) -> Iterator[str]:
    families = FAMILIES & frozenset(itertools.chain.from_iterable(listed))
    for part in re.split(r"[,;:?!/~·()\[\]\"“”]", unicodedata.normalize("NFC", text)):
        bare = (word.rstrip(".'’").removesuffix("'s").removesuffix("’s") for word in _WORD.findall(part))
        words = [word for word in bare if word]
        while words:
            name = _listed_name(words, listed) or _family(words[0], families)
            size = len(name.split())
            while (
                name
                and name.endswith(words[size - 1])
                and size < len(words)
                and (more := _belonging(words[size], name))
            ):
                name, size = f"{name} {more}", size + 1
            if name and not (model_names.is_bare(name) and model_names.make_key(name).tokens & COMPANIES):
                yield name
            words = words[max(size, 1) :]


def _listed_name(words: Sequence[str], listed: _Tokens) -> str:
    """Return the longest listed name that the words begin with; empty if there is none."""
    for size in range(min(len(words), _LONGEST), 0, -1):
        for last in _forms(words[size - 1]):
            name = " ".join([*words[: size - 1], last])
            tokens = model_names.make_key(name).tokens
            adds = size == 1 or tokens != model_names.make_key(" ".join(words[: size - 1])).tokens
            if adds and tokens in listed and _is_distinct(tokens):
                return name
    return ""


def _family(word: str, families: frozenset[str]) -> str:
    """Return the word without its particle if it is a family's name, alone or with its version (GPT-6); else nothing."""
    for form in _forms(word):
        tokens = model_names.make_key(form).tokens
        if tokens & families and all(token in FAMILIES | VARIANTS or _VERSION.fullmatch(token) for token in tokens):
            return form
    return ""


def _belonging(word: str, name: str) -> str:
    """Return the word without its particle if it makes another model's name of `name`: a variant, or its first version."""
    for form in _forms(word):
        tokens = model_names.make_key(form).tokens
        if tokens and tokens <= VARIANTS:
            return form
        if _VERSION.fullmatch(form.casefold()) and not any(letter.isdigit() for letter in name):
            return form
    return ""


def _is_distinct(tokens: frozenset[str]) -> bool:
    """Check that a listed name is no other word: it has a family's word, a letter with a digit, or a version."""
    digits = [token for token in tokens if any(map(str.isdigit, token))]
    return (
        bool(tokens & FAMILIES) or (len(tokens) > 1 and bool(digits)) or any(not token.isdecimal() for token in digits)
    )


def _forms(word: str) -> Iterator[str]:
    """Yield a word as it stands, then without the particles that may follow a name."""
    yield from dict.fromkeys(
        [word, _PARTICLE.sub("", word), analyzer.strip_particle(word), analyzer.strip_suffixes(word)]
    )


def _subjects(claim: Claim) -> Iterator[str]:
    yield from claim.entities
    yield from (figure.subject for figure in claim.figures if figure.measure == COUNT)


def _counts(claim: Claim, entities: Mapping[str, Entity]) -> bool:
    """Check whether a claim says how many models a country released."""
    counts = (figure for figure in claim.figures if figure.measure == COUNT)
    return any(entities[figure.subject].type == "country" for figure in counts)


async def _priced(
    claims: Sequence[Claim], entities: Mapping[str, Entity], named: Collection[str], names: Names
) -> list[str]:
    """Return names of the models and companies that claims about costs are about, of the named ones where some are.

    What a text may have chosen the name of is called by its id.
    """
    about = (subject for claim in claims if claim.cost_basis for subject in claim.entities)
    ids = tuple(dict.fromkeys(subject for subject in about if entities[subject].type in PRICED))
    ids = tuple(identity for identity in ids if f"entity:{identity}" in named) or ids
    own = await named_here(names.store, ids)
    return [identity if identity in own else entities[identity].name.in_language(names.language) for identity in ids]


async def _countries(phrasings: Sequence[str], names: Names) -> list[str]:
    """Return the countries that the first phrasing with any names, by their usual names."""
    entities = {entity.id: entity for entity in await names.store.list_all(Entity)}
    named = (places.find_countries(text, names.lexicon, entities) for text in phrasings)
    return [countries.get_label(code, names.language) for code in next(filter(None, named), ())]


def _call(tool: str, argument: str, values: Sequence[str], names: Names) -> Call:
    arguments: dict[str, bool | int | str | list[str]] = {argument: [*values]} if values else {}
    return Call(tool=tool, arguments={**arguments, "language": names.language})
