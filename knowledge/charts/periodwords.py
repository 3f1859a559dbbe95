"""Periods as a heading says them: `2020–2024`, `since 2023-03`."""

from knowledge.model import Language


def in_words(period: str, language: Language) -> str:
    """A period (EDTF) for people."""
    first, slash, last = period.partition("/")
    if not slash or first == last:
        return first
    if last == "..":
        return f"{first} 이후" if language == "ko" else f"since {first}"
    if first == "..":
        return f"{last}까지" if language == "ko" else f"until {last}"
    return f"{first}–{last}" if len(first) == len(last) == len("2020") else f"{first} – {last}"
