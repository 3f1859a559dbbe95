"""Marks at names, and the footnotes that they stand for."""

from collections.abc import Iterable

_MARKS = ("*", "†", "‡", "§", "¶")


class Marks:
    """Gives each sentence a mark, the same for the same sentence."""

    def __init__(self) -> None:
        self._sentences: dict[str, str] = {}

    def of(self, sentences: Iterable[str]) -> str:
        """The marks of these sentences, to be put behind a name; empty for none."""
        marks = [self._sentences.setdefault(one, _mark(len(self._sentences))) for one in sentences]
        return f" {' '.join(marks)}" if marks else ""

    @property
    def footnotes(self) -> tuple[str, ...]:
        """Each sentence behind its mark."""
        return tuple(f"{mark} {sentence}" for sentence, mark in self._sentences.items())


def _mark(place: int) -> str:
    return _MARKS[place % len(_MARKS)] * (1 + place // len(_MARKS))
