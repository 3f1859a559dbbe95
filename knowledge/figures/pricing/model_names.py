"""What a name says which model it is, and which of the names in a list are that very model. Pure functions.

A near name is never taken for another: a version, a size or one word more makes another model. What lacks a part that listed
names have is answered with those as candidates.
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
"""Korean spellings of words in names, and the Latin word that each is."""
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
"""What is written in several ways, and how it is taken; the dated previews of GPT-4 were GPT-4 Turbo."""
MAKERS = frozenset(
    "openai anthropic google deepmind meta facebook xai moonshot moonshotai alibaba microsoft amazon zai zhipu cohere perplexity naver kt skt lg nvidia".split()
)
"""Makers' names that people write before a model's: no part of its name where something else is left."""
FAMILIES = frozenset(
    "claude gemini gemma gpt llama kimi deepseek glm grok mistral mixtral codestral ministral magistral devstral qwen minimax hyperclova "
    "exaone nemotron".split()
)
"""Words of families: a name that begins with one is a model's."""
COMPANIES = frozenset("deepseek mistral minimax".split())
"""Families whose word alone is a company's name."""
VARIANTS = frozenset(
    "sonnet opus haiku turbo ultra max mini nano pro codex image audio realtime flash lite vision thinking coder omni air".split()
)
"""Words that tell the models of a family apart."""
FILLERS = frozenset({"model", "the", "ai", "free"})
"""Words that tell no model from another."""
FORMS = frozenset({"instruct", "it", "hf", "fp8", "bf16", "maas", "chat"})
"""How an open model of a named size is packed or tuned by those who serve it."""
VENDORS = "anthropic|amazon|meta|openai|mistral|deepseek|google|qwen|moonshotai|zai|nvidia|writer|cohere|minimax"
"""What stands before a dot in the names of one reseller (`global.anthropic.claude-…`)."""
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

_LONGEST = 300
_MOST_NEAR = 5
_NEAR = 0.75
"""How alike, by difflib's ratio, a name must be to be offered as one that may be meant."""

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
"""Days and months of a snapshot as names have them: 2025-09-29 or 20250929, (May 2025), 2411, 0711, 05-20."""
_VERSION = re.compile(r"(?<![\w.])([a-z]?\d{1,2}) (\d{1,2})(?![\w.])")
_SIZE = re.compile(r"\d+(?:\.\d+)?[bmt]")
_NUMBERED = re.compile(r"[a-z]?(\d{1,2}(?:\.\d{1,3})?)(?![bmtk])[a-z]?")
_UNNAMED = re.compile(r"[\d.]+[bmtk]?")
_SIZE_APART = re.compile(r"(?<=\d) ([bmk])\b")
_OMNI = re.compile(r"\b4 (?:o|omni)\b")
_V = re.compile(r"\bv(?=\d)")
_ZEROS = re.compile(r"([a-z]?\d+)\.0")


class ModelKey(NamedTuple):
    """What tells a model from others, whatever the order, case and separators of its name."""

    tokens: frozenset[str]
    """Its family, versions, sizes and kinds: `claude`, `sonnet`, `4.5`."""
    snapshot: str | None = None
    """The date in the name, as far as it goes: `2025-09-29`, `2025-05` or, without a year, `07-11`."""
    forms: frozenset[str] = frozenset()
    """How a model of a named size is served (`instruct`, `fp8`); it does not make another model."""


class ExactNames(NamedTuple):
    """The names of a list that are a model's."""

    names: tuple[str, ...] = ()
    other_snapshot: bool = False
    """Whether they differ from what was asked in having a snapshot's date, or lacking it."""


class Resolution(NamedTuple):
    """Which names of a list are meant by a name."""

    exact: tuple[str, ...] = ()
    """Names of that very model, in the list's order."""
    candidates: tuple[str, ...] = ()
    """Where none is exact, or the name is a family's bare word: names that have every part of it and more, the shortest first."""
    near: tuple[str, ...] = ()
    """Where none is exact: names that are spelled alike. They are other models, or slips; never taken for it."""
    other_snapshot: bool = False
    """Whether the exact names differ from what was asked in having a snapshot's date, or lacking it."""


@lru_cache(maxsize=16_384)
def make_key(name: str) -> ModelKey:
    """What `name` says which model it is; names of one model have the same `tokens`."""
    text = _split(name)
    for said, meant in ONE_WORD.items():
        text = re.sub(rf"\b{said}\b", meant, text)
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
    """Which of `listed` are the model of that name; otherwise which may be meant.

    A snapshot counts for the name without a date only where that is not listed, and the other way round.
    """
    asked = make_key(name)
    names = list(dict.fromkeys(listed))
    longer = _longer(asked, names)
    found = find_exact(name, names)
    if found.names:
        return Resolution(found.names, longer if is_bare(name) else (), (), found.other_snapshot)
    same = tuple(one for one in names if asked.tokens and make_key(one).tokens == asked.tokens)
    spare = {*same, *longer}
    return Resolution((), (*same, *longer), _near(asked, [one for one in names if one not in spare]))


def find_exact(name: str, listed: Iterable[str]) -> ExactNames:
    """Only those of `listed` that are the model of that name; many times faster where they are all that is needed."""
    asked = make_key(name)
    same = [one for one in dict.fromkeys(listed) if asked.tokens and make_key(one).tokens == asked.tokens]
    if there := [one for one in same if _agree(asked.snapshot, make_key(one).snapshot)]:
        return ExactNames(_plainest(asked, there))
    instead = [one for one in same if (asked.snapshot is None) != (make_key(one).snapshot is None)]
    return ExactNames(_plainest(asked, instead), other_snapshot=bool(instead))


def is_bare(name: str) -> bool:
    """Whether the name is one word without a version, as a family's is (`Claude`), even if a model once had it alone."""
    tokens = make_key(name).tokens
    return len(tokens) == 1 and not any(letter.isdigit() for word in tokens for letter in word)


def get_version(name: str) -> Decimal:
    """The highest version in a name, for putting newer before older: 2.5 of `kimi-k2.5`; 0 where there is none."""
    found = (_NUMBERED.fullmatch(token) for token in make_key(name).tokens)
    return max((Decimal(one[1]) for one in found if one), default=Decimal(0))


def get_line(name: str) -> frozenset[str]:
    """The words of a name without its versions: what the members of a family have in common (`claude`, `opus`)."""
    return frozenset(token for token in make_key(name).tokens if not any(letter.isdigit() for letter in token))


def _split(name: str) -> str:
    """The name in small letters, Korean words read as Latin ones, with one space between its parts."""
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
    """The words without those that tell nothing, if some name is left: not of `moonshot-v1-8k`, whose family is its maker's."""
    left = frozenset(words - spare)
    return left if any(not _UNNAMED.fullmatch(word) for word in left) else frozenset(words)


def _longer(asked: ModelKey, names: Sequence[str]) -> tuple[str, ...]:
    longer = [one for one in names if asked.tokens and make_key(one).tokens > asked.tokens]
    return tuple(sorted(longer, key=lambda one: len(make_key(one).tokens)))


def _agree(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return one is other
    return one == other or any(a.endswith(b) or a.startswith(b) for a, b in ((one, other), (other, one)))


def _plainest(asked: ModelKey, names: Sequence[str]) -> tuple[str, ...]:
    """Of names of one model those served as asked for; the plain ones where several are."""
    for forms in (asked.forms, frozenset[str]()):
        if chosen := tuple(one for one in names if make_key(one).forms == forms):
            return chosen
    return tuple(names)


def _near(asked: ModelKey, names: Sequence[str]) -> tuple[str, ...]:
    folded = {one: " ".join(_ordered(make_key(one).tokens)) for one in names}
    wanted = " ".join(_ordered(asked.tokens))
    close = set(difflib.get_close_matches(wanted, set(folded.values()), n=_MOST_NEAR, cutoff=_NEAR))
    likest = sorted(
        (one for one in names if folded[one] in close),
        key=lambda one: -difflib.SequenceMatcher(None, wanted, folded[one]).ratio(),
    )
    return tuple(likest[:_MOST_NEAR])


def _ordered(tokens: frozenset[str]) -> Iterator[str]:
    """Words before versions, each in order, so that alike names stay alike."""
    yield from sorted(tokens, key=lambda token: (token[:1].isdigit(), token))
