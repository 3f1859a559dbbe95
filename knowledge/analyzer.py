"""Korean and English text -> index terms. Pure functions.

Korean words count twice: once with particles and endings stripped (`words`), once as the pairs of syllables inside them
(`grams`), which forgives compounds and endings that no list knows. Latin words are stemmed. Digits lose their commas.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

VERSION = 1
"""Changes when terms change, so that an index made with other terms is made anew."""

_TOKEN = re.compile(r"[가-힣]+|\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|[a-z0-9]+(?:'[a-z]+)?|[^\W\d_a-z가-힣]+")
# Hanja that Korean headlines use for one word each.
_HANJA = str.maketrans(
    dict(zip("中美日韓獨佛英北與野對反親新前現大小", "중미일한독불영북여야대반친신전현대소", strict=True))
)

_PARTICLES = (
    "으로서는 으로써는 에서부터 으로부터 이라고는 에서는 에게서 에게는 으로는 으로도 이라는 이라고 이라도 이라면 까지는 까지도 부터는 에서도 "
    "보다는 에서의 으로의 와의 과의 에게 에서 으로 부터 까지 보다 처럼 마다 조차 마저 밖에 라는 라고 라도 이란 이나 이며 이고 하고 에는 에도 에만 "
    "들은 들이 들을 들의 들도 들에 은 는 이 가 을 를 에 의 로 와 과 도 만 들 란 나 랑 야"
).split()
_ENDINGS = (
    "했습니다 합니다 됩니다 됐습니다 되었습니다 하였습니다 입니다 습니다 했는지 하는지 되는지 인가요 할까요 될까요 일까요 하나요 되나요 했나요 됐나요 "
    "았나요 었나요 하려는 하려고 하면서 하지만 하기로 하기에 했다고 한다고 된다고 된다는 한다는 했다는 하겠다고 하겠다 한다면 된다면 했던 하던 "
    "하도록 되도록 하는데 했는데 하는가 했는가 되는가 됐는가 하였다 되었다 되면서 되어서 하여 하며 하고 하면 하는 하게 하지 하기 하려 해서 해야 했다 했고 했을 "
    "했나 했지 한다 한다 하나 할까 될까 되고 되며 되면 되는 되어 된다 됐다 됐고 됐나 되나 되었 시킨 시켜 시킬 인가 인지 일까 이다 이었 였다 이며 적인 적으로 "
    "하다 되다 한 할 함 해 된 될 됨 돼 인 일 임"
).split()
_SUFFIXES = tuple(sorted({*_PARTICLES, *_ENDINGS}, key=len, reverse=True))
SUFFIXES = frozenset(_SUFFIXES)

# Words that only ask, in questions: they say nothing about what is asked.
_ASKING = frozenset(
    "무엇 무엇인가 무엇인지 무엇이 뭐 뭐가 뭐야 뭔가 뭔지 뭘 무슨 어떤 어떻게 어느 어디 어디까지 언제 언제쯤 누구 누가 왜 얼마 얼마나 몇 몇개 몇개나 "
    "알려줘 알려주세요 알려 말해줘 말해 설명해줘 설명해 설명 찾아줘 찾아 보여줘 보여 궁금 궁금해 대해 대한 대하여 관해 관한 관련 관련된 있나 있나요 있는 있는지 있어 있을까 "
    "없나 없나요 하나 하나요 되나 되나요 인가 인가요 일까 그리고 그런데 좀 것 거 수 등 및 또는 때 때문 위해 위한 정도 라고 했나 했어 했나요 나요 이야 이라고 "
    "기사 기사에서 기사에 말하나 말했나 뭐라고 어때 어떤가 어떠한 누구야 뭐지 뭐니 인지 개 그 이 저".split()
)
_ENGLISH_STOP = frozenset(
    "a an and any are as at be been being but by can could did do does for from had has have he her his how i if in into is it its "
    "many me much my of on or our say says said she should so some such tell than that the their them then there these they this "
    "those to up us was we were what when where which who whom whose why will with would you your about according article articles "
    "please explain describe give show find".split()
)
_STEMMER = snowballstemmer.stemmer("english")


@dataclass(frozen=True)
class Word:
    """One word of a text: its term and, for Korean, its syllable pairs."""

    raw: str
    """The word as `fold` leaves it."""
    term: str
    grams: tuple[str, ...] = ()


def fold(text: str) -> str:
    """Full-width, compatibility and upper-case forms made plain; Hanja of headlines read as Hangul."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_HANJA)


def tokens(text: str) -> list[str]:
    """The runs of one script in folded `text`: Hangul, Latin with digits, numbers without commas, others."""
    return [token.replace(",", "") for token in _TOKEN.findall(fold(text))]


def words(text: str) -> list[Word]:
    """The words of a text that is to be found."""
    return [_word(token) for token in tokens(text) if token not in _ENGLISH_STOP and token not in _PARTICLES]


def question_words(text: str) -> list[Word]:
    """The words of a question that say what it is about; all of them where only asking words are left."""
    every = words(text)
    telling = [word for word in every if word.raw not in _ASKING and word.term not in _ASKING]
    return telling or every


def has_hangul(text: str) -> bool:
    """Whether any of a text is written in Hangul."""
    return re.search("[가-힣ㄱ-ㅎㅏ-ㅣ]", text) is not None


@lru_cache(maxsize=50_000)
def _word(token: str) -> Word:
    if not "가" <= token[0] <= "힣":
        return Word(token, _STEMMER.stemWord(token.removesuffix("'s")) if token.isascii() else token)
    return Word(token, strip(token), tuple(_pairs(token)))


def strip(word: str) -> str:
    """A Korean word without its particles and common endings; at least two syllables stay."""
    for _ in range(2):
        suffix = next((end for end in _SUFFIXES if word.endswith(end) and len(word) - len(end) >= 2), None)
        if suffix is None:
            return word
        word = word.removesuffix(suffix)
    return word


def _pairs(word: str) -> Iterator[str]:
    if len(word) == 1:
        yield word
    for start in range(len(word) - 1):
        yield word[start : start + 2]
