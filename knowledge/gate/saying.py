"""What the gate finds fault with, said in both languages; text from outside is shown in it short, visible and on one line."""

from collections.abc import Iterable
from typing import NamedTuple

from knowledge.model import Language
from knowledge.visible import visible

_SHOWN = 60
_NAMED = 6


class Said(NamedTuple):
    """A sentence in both languages."""

    ko: str
    en: str

    def say(self, language: Language) -> str:
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
    words = " ".join(visible(str(text)[: 4 * longest]).split())
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def listed(names: Iterable[str], most: int = _NAMED) -> str:
    """Some names, in the quotation marks of a sentence."""
    kept = [f"‘{shown(name)}’" for name in names]
    return ", ".join(kept[:most]) + (", …" if len(kept) > most else "")
