"""Texts of any number, synthesised: the words of real ones by a seeded model, so that terms are as frequent and as rare as there.

Nothing is copied: a word follows from the one before it only half of the time. The vocabulary grows with the number of texts as
that of a language does: the rarer half of it are compounds, put together from halves of the real words.
"""

import random
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice, pairwise

PASSAGES = 25
"""Passages of one text."""
_WORDS = 30, 60
"""The fewest and the most words of a passage."""
_SENTENCE = 6, 18
_VOCABULARY = 300_000
"""Different words, the compounds among them."""
_ZIPF = 1.0
_FOLLOWS = 0.5
"""Share of words that follow the previous word as in a real text."""
_HALF = 3
"""Syllables of a word that can be cut into halves."""


class Model:
    """Makes texts and questions; the same every time."""

    def __init__(self, texts: Iterable[str], seed: int = 7) -> None:
        self._chance = random.Random(seed)
        words = [text.split() for text in texts]
        counted = Counter(word.strip(".,!?\"'()") for text_words in words for word in text_words)
        counted.pop("", None)
        real = [word for word, _ in counted.most_common()]
        self._words = [*real, *islice(self._compounds(real), max(0, _VOCABULARY - len(real)))]
        self._sums = list(accumulate(1 / (place + 2) ** _ZIPF for place in range(len(self._words))))
        followers: dict[str, list[str]] = defaultdict(list)
        for text_words in words:
            for word, after in pairwise(text_words):
                followers[word].append(after)
        self._followers = dict(followers)

    def text(self) -> str:
        """A text: a title, and a passage a line."""
        title = " ".join(islice(self._stream(), 6))
        return "\n".join([title, *(self._passage() for _ in range(PASSAGES))])

    def questions(self, words: tuple[int, int], texts: Sequence[str]) -> Iterator[str]:
        """Questions of so many words, taken from here and there in one passage of the texts each."""
        while True:
            passage = self._chance.choice(self._chance.choice(texts).splitlines()[1:]).replace(".", "").split()
            picked = sorted(self._chance.sample(range(len(passage)), min(len(passage), self._chance.randint(*words))))
            yield " ".join(passage[place] for place in picked)

    def _passage(self) -> str:
        stream = self._stream()
        left = self._chance.randint(*_WORDS)
        sentences = []
        while left > 0:
            length = min(left, self._chance.randint(*_SENTENCE))
            sentences.append(" ".join(islice(stream, length)) + ".")
            left -= length
        return " ".join(sentences)

    def _stream(self) -> Iterator[str]:
        word = self._word()
        while True:
            yield word
            after = self._followers.get(word)
            word = self._chance.choice(after) if after and self._chance.random() < _FOLLOWS else self._word()

    def _word(self) -> str:
        return self._words[bisect(self._sums, self._chance.random() * self._sums[-1])]

    def _compounds(self, real: Sequence[str]) -> Iterator[str]:
        long = [word for word in real if len(word) >= _HALF]
        seen = set(real)
        for _ in range(2 * _VOCABULARY if long else 0):  # few words make few compounds
            first, second = self._chance.choice(long), self._chance.choice(long)
            word = first[: len(first) // 2 + 1] + second[len(second) // 2 :]
            if word not in seen:
                seen.add(word)
                yield word
