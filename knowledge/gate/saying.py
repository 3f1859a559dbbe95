"""What the gate finds fault with, said in both languages; text from outside is shown in it short, visible and on one line."""

from collections.abc import Iterable
from typing import NamedTuple

from knowledge import visible
from knowledge.model import Language

_SHOWN = 60
_NAMED = 6


class Said(NamedTuple):
    """A sentence in both languages."""

    ko: str
    en: str

    def in_language(self, language: Language) -> str:
        return self.ko if language == "ko" else self.en


class Fault(NamedTuple):
    """What is wrong with a field, and what mends it."""

    about: str
    problem: Said
    mend: Said


class Remark(NamedTuple):
    """What is worth a look, and refused for nothing."""

    said: Said


Finding = Fault | Remark


def shown(text: object, longest: int = _SHOWN) -> str:
    """Something from outside as a sentence may say it back."""
    return visible.shown(str(text), longest)


def listed(names: Iterable[str], most: int = _NAMED) -> str:
    """Some names, in the quotation marks of a sentence."""
    kept = [f"‘{shown(name)}’" for name in names]
    return ", ".join(kept[:most]) + (", …" if len(kept) > most else "")
