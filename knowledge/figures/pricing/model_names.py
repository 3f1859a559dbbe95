"""Model names: keys that identify a model, and matches in a list of names.

A near name never matches: a version, a size or one more word makes another model. For a name that lacks a part of listed
names, those are the candidates. The word tables are our own: which words mean the same, and which mean nothing.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

_KOREAN = """\
지피티 쥐피티 챗지피티=chatgpt 챗gpt=chatgpt|gpt
클로드 끌로드|claude
소넷 소네트 쏘넷|sonnet
오퍼스 오푸스 오파스|opus
하이쿠 하이꾸|haiku
미토스 뮈토스|mythos
페이블|fable
제미나이 제미니 재미나이 제머나이|gemini
젬마|gemma
플래시 플래쉬 플레시|flash
라이트|lite
프로|pro
맥스|max
플러스|plus
울트라|ultra
나노|nano
미니|mini
마이크로|micro
터보|turbo
라지|large
미디엄|medium
스몰|small
라마|llama
매버릭 마베릭|maverick
스카우트|scout
베히모스|behemoth
딥시크 딥씨크 딥식|deepseek
코더|coder
챗|chat
키미|kimi
씽킹 싱킹 띵킹|thinking
큐웬 쿠웬 퀜 큐원|qwen
그록 그로크|grok
패스트|fast
미스트랄 미스트럴|mistral
믹스트랄 믹스트럴|mixtral
코드스트랄 코데스트랄|codestral
하이퍼클로바엑스=hyperclova-x 하이퍼클로버엑스=hyperclova-x 하이퍼클로바 하이퍼클로버|hyperclova
엑사원 엑사온 액사원|exaone
팔콘 팰컨|falcon
블룸|bloom
팜|palm
커맨드|command
미니맥스|minimax
솔라|solar
노바|nova
파이|phi
추론 리즈닝|reasoning
프리뷰 미리보기|preview
인스트럭트|instruct
케이투|k2
알원|r1
오원|o1
엑스|x
모델|model
오픈에이아이 오픈ai|openai
앤트로픽 앤스로픽|anthropic
구글|google
메타|meta
문샷|moonshot
네이버|naver
엘지|lg
알리바바|alibaba
엔비디아|nvidia"""


def _parse_korean() -> dict[str, str]:
    words: dict[str, str] = {}
    for line in _KOREAN.split("\n"):
        spellings, _, usual = line.partition("|")
        for spelling in spellings.split():
            word, _, other = spelling.partition("=")
            words[word] = (other or usual).replace("-", " ")
    return words


KOREAN = _parse_korean()
"""Korean spellings of words in names, with their Latin words."""
ONE_WORD = {
    "deep seek": "deepseek",
    "chat gpt": "chatgpt",
    "hyper clova": "hyperclova",
    "hyperclovax": "hyperclova x",
    "clovax": "clova x",
    "high speed": "highspeed",
    "chatgpt": "gpt chat",
    "gpt 4 1106 preview": "gpt 4 turbo 1106",
    "gpt 4 0125 preview": "gpt 4 turbo 0125",
}
"""Spelling variants and their usual form; the dated previews of GPT-4 were GPT-4 Turbo."""
MAKERS = frozenset(
    "openai anthropic google deepmind meta facebook xai moonshot moonshotai alibaba microsoft amazon zai zhipu cohere perplexity naver kt skt lg nvidia".split()
)
"""Makers' names that people write before a model's: dropped if something else is left."""
FAMILIES = frozenset(
    "claude gemini gemma gpt llama kimi deepseek glm grok mistral mixtral codestral ministral magistral devstral qwen minimax hyperclova "
    "exaone nemotron".split()
)
"""Names of families: a name that begins with one is a model's."""
COMPANIES = frozenset("deepseek mistral minimax".split())
"""Families whose name alone is a company's."""
VARIANTS = frozenset(
    "sonnet opus haiku turbo ultra max mini nano pro codex image audio realtime flash lite vision thinking coder omni air".split()
)
"""Words that tell the models of a family apart."""
FILLERS = frozenset({"model", "the", "ai", "free"})
"""Words that do not distinguish models."""
FORMS = frozenset({"instruct", "it", "hf", "fp8", "bf16", "maas", "chat"})
"""Packaging or tuning of an open model of a named size by its hosts."""
VENDORS = "anthropic|amazon|meta|openai|mistral|deepseek|google|qwen|moonshotai|zai|nvidia|writer|cohere|minimax"
"""Vendors before a dot in the names of one reseller (`global.anthropic.claude-…`)."""
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

_LONGEST = 300
_MOST_NEAR = 5
_NEAR = 0.75
"""Least difflib ratio of a name that is suggested."""

_PATH = re.compile(r"^(?:[@~\w.-]+/)+(?=[a-z가-힣])")
_VENDOR = re.compile(rf"^(?:(?:global|regional|us|eu|apac|jp)\.)?(?:{VENDORS})\.(?=\w)")
_REVISION = re.compile(r"-v\d+:\d+$")
_HANGUL = re.compile("|".join(sorted(map(re.escape, KOREAN), key=len, reverse=True)))
_BETWEEN = re.compile(r"[^0-9a-z가-힣.]+|\.(?!\d)|(?<!\d)\.")
_POINT = re.compile(r"(?<=\d)p(?=\d)")
_GLUED = re.compile(r"(?<![a-z0-9])([a-z]{2,})(?=\d)|(?<=[a-z0-9])(?=[가-힣])|(?<=[가-힣])(?=[a-z0-9])")
_DATES = (
    (re.compile(r"\b(20[12]\d) ?(0[1-9]|1[0-2]) ?(0[1-9]|[12]\d|3[01])\b"), "{0}-{1}-{2}"),
    (re.compile(rf"\b({'|'.join(MONTHS)})[a-z]* (20[12]\d)\b"), "{1}-{0}"),
    (re.compile(r"\b(2[3-9])\.?(0[1-9]|1[0-2])\b"), "20{0}-{1}"),
    (re.compile(r"\b(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\b"), "{0}-{1}"),
    (re.compile(r"\b(0[1-9]) (0[1-9]|[12]\d|3[01])\b"), "{0}-{1}"),
)
"""Days and months of a snapshot as written in names: 2025-09-29 or 20250929, (May 2025), 2411, 0711, 05-20."""
_VERSION = re.compile(r"(?<![\w.])([a-z]?\d{1,2}) (\d{1,2})(?![\w.])")
_SIZE = re.compile(r"\d+(?:\.\d+)?[bmt]")
_NUMBERED = re.compile(r"[a-z]?(\d{1,2}(?:\.\d{1,3})?)(?![bmtk])[a-z]?")
_UNNAMED = re.compile(r"[\d.]+[bmtk]?")
_SIZE_APART = re.compile(r"(?<=\d) ([bmk])\b")
_OMNI = re.compile(r"\b4 (?:o|omni)\b")
_V = re.compile(r"\bv(?=\d)")
_ZEROS = re.compile(r"([a-z]?\d+)\.0")


class ModelKey(NamedTuple):
    """Key of a model, independent of the order, case and separators of its name."""

    tokens: frozenset[str]
    """Its family, versions, sizes and kinds: `claude`, `sonnet`, `4.5`."""
    snapshot: str | None = None
    """The date in the name, as far as it goes: `2025-09-29`, `2025-05` or, without a year, `07-11`."""
    forms: frozenset[str] = frozenset()
    """Packaging of a model of a named size (`instruct`, `fp8`), which does not make another model."""


class ExactNames(NamedTuple):
    """Names of a list that are exactly those of a model."""

    names: tuple[str, ...] = ()
    other_snapshot: bool = False
    """True if they have a snapshot's date that the name lacks, or the reverse."""


class Resolution(NamedTuple):
    """Matches of a name in a list of names."""

    exact: tuple[str, ...] = ()
    """Names of exactly that model, in list order."""
    candidates: tuple[str, ...] = ()
    """Without an exact match, or for a bare family name: names with all of its parts and more, the shortest first."""
    near: tuple[str, ...] = ()
    """Without an exact match: names that are spelled alike, which are other models or misspellings."""
    other_snapshot: bool = False
    """True if the exact names have a snapshot's date that the name lacks, or the reverse."""


@lru_cache(maxsize=16_384)
def make_key(name: str) -> ModelKey:
    """Return the key of a model's name; all names of a model have the same `tokens`."""
    text = _split(name)
    for spelling, usual in ONE_WORD.items():
        text = re.sub(rf"\b{spelling}\b", usual, text)
    text, snapshot = _split_date(text)
    text = _VERSION.sub(r"\1.\2", _OMNI.sub("4o", _SIZE_APART.sub(r"\1", text)))
    words = {_ZEROS.sub(r"\1", word) if _ZEROS.fullmatch(word) else word for word in text.split()}
    if snapshot:
        words.discard("preview")  # a dated preview is a snapshot of what it previews
    if any(letter.isdigit() for letter in text):
        words.discard("latest")  # `gpt-latest` is no model's name, `gpt-4o-latest` is
    tokens = _without(words, FILLERS | MAKERS)
    forms = tokens & FORMS if any(_SIZE.fullmatch(word) for word in tokens) else frozenset[str]()
    return ModelKey(tokens - forms, snapshot, forms)


def resolve(name: str, listed: Iterable[str]) -> Resolution:
    """Find the names in `listed` of exactly that model, or else candidates and similar names.

    A dated snapshot matches the name without a date only if that is not listed, and the reverse.
    """
    wanted = make_key(name)
    names = list(dict.fromkeys(listed))
    longer = _longer(wanted, names)
    found = find_exact(name, names)
    if found.names:
        return Resolution(found.names, longer if is_bare(name) else (), (), found.other_snapshot)
    same = tuple(model for model in names if wanted.tokens and make_key(model).tokens == wanted.tokens)
    spare = {*same, *longer}
    return Resolution((), (*same, *longer), _near(wanted, [model for model in names if model not in spare]))


def find_exact(name: str, listed: Iterable[str]) -> ExactNames:
    """Find only the names in `listed` of exactly that model; many times faster than `resolve`."""
    wanted = make_key(name)
    same = [model for model in dict.fromkeys(listed) if wanted.tokens and make_key(model).tokens == wanted.tokens]
    if agreeing := [model for model in same if _agree(wanted.snapshot, make_key(model).snapshot)]:
        return ExactNames(_plainest(wanted, agreeing))
    instead = [model for model in same if (wanted.snapshot is None) != (make_key(model).snapshot is None)]
    return ExactNames(_plainest(wanted, instead), other_snapshot=bool(instead))


def is_bare(name: str) -> bool:
    """Check that the name is one word without a version, like a family's (`Claude`), even if a model once had just that name."""
    tokens = make_key(name).tokens
    return len(tokens) == 1 and not any(letter.isdigit() for word in tokens for letter in word)


def get_version(name: str) -> Decimal:
    """Return the highest version in a name: 2.5 of `kimi-k2.5`; 0 if there is none."""
    found = (_NUMBERED.fullmatch(token) for token in make_key(name).tokens)
    return max((Decimal(match[1]) for match in found if match), default=Decimal(0))


def get_line(name: str) -> frozenset[str]:
    """Return the words of a name without its versions, which the models of a line share (`claude`, `opus`)."""
    return frozenset(token for token in make_key(name).tokens if not any(letter.isdigit() for letter in token))


def _split(name: str) -> str:
    """Return the name in lower case, Korean words transcribed, with one space between its parts."""
    text = unicodedata.normalize("NFKC", name[:_LONGEST]).casefold().strip()
    text = _REVISION.sub("", _VENDOR.sub("", _PATH.sub("", text))).replace("+", " plus ")
    text = _HANGUL.sub(lambda found: f" {KOREAN[found[0]]} ", text)
    text = _GLUED.sub(lambda found: f"{found[0]} ", _POINT.sub(".", text))
    return " ".join(_V.sub("", _BETWEEN.sub(" ", text)).split())


def _split_date(text: str) -> tuple[str, str | None]:
    for pattern, form in _DATES:
        if found := pattern.search(text):
            parts = [f"{MONTHS.index(part) + 1:02d}" if part in MONTHS else part for part in found.groups()]
            return f"{text[: found.start()]} {text[found.end() :]}", form.format(*parts)
    return text, None


def _without(words: set[str], spare: frozenset[str]) -> frozenset[str]:
    """Drop spare words if a name is left: not of `moonshot-v1-8k`, whose family is named after its maker."""
    left = frozenset(words - spare)
    return left if any(not _UNNAMED.fullmatch(word) for word in left) else frozenset(words)


def _longer(wanted: ModelKey, names: Sequence[str]) -> tuple[str, ...]:
    longer = [model for model in names if wanted.tokens and make_key(model).tokens > wanted.tokens]
    return tuple(sorted(longer, key=lambda model: len(make_key(model).tokens)))


def _agree(snapshot: str | None, other: str | None) -> bool:
    if snapshot is None or other is None:
        return snapshot is other
    return snapshot == other or any(a.endswith(b) or a.startswith(b) for a, b in ((snapshot, other), (other, snapshot)))


def _plainest(wanted: ModelKey, names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of a model with the wanted form, else the plain ones, else all."""
    for forms in (wanted.forms, frozenset[str]()):
        if chosen := tuple(model for model in names if make_key(model).forms == forms):
            return chosen
    return tuple(names)


def _near(wanted: ModelKey, names: Sequence[str]) -> tuple[str, ...]:
    folded = {model: " ".join(_ordered(make_key(model).tokens)) for model in names}
    spelled = " ".join(_ordered(wanted.tokens))
    close = set(difflib.get_close_matches(spelled, set(folded.values()), n=_MOST_NEAR, cutoff=_NEAR))
    likest = sorted(
        (model for model in names if folded[model] in close),
        key=lambda model: -difflib.SequenceMatcher(None, spelled, folded[model]).ratio(),
    )
    return tuple(likest[:_MOST_NEAR])


def _ordered(tokens: frozenset[str]) -> Iterator[str]:
    """Yield words before versions, each sorted, so that similar names stay similar."""
    yield from sorted(tokens, key=lambda token: (token[:1].isdigit(), token))
