"""Messages for refused arguments: what was wrong, what is allowed, the nearest right name."""

import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from knowledge.text import strip_hidden, to_line

_SHOWN = 60
"""Characters of a bad value that a message repeats."""
_LIKE = 0.7
"""Similarity (0 to 1) from which a name counts as a misspelling of another."""
_FAULTS = 5
"""Most faults that a message explains."""

_ALLOWED = {
    "greater_than_equal": "it must be {ge} or more",
    "less_than_equal": "it must be {le} or less",
    "string_too_long": "it may have at most {max_length} characters",
    "string_too_short": "it may not be empty",
    "too_long": "it may have at most {max_length} items",
    "list_type": "it must be a list",
    "string_type": "it must be text",
    "string_unicode": "it contains half of a surrogate pair, which is not a character",
    "int_type": "it must be a whole number",
    "int_parsing": "it must be a whole number",
    "int_from_float": "it must be a whole number",
}


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that this name is probably a misspelling of."""
    if len(name) > _SHOWN:  # too long for a misspelling, and slow to compare
        return None
    folded = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=_LIKE)
    return folded[close[0]] if close else None


def unknown(noun: str, name: str, known: Sequence[str]) -> str:
    """Return the message for an unknown name, with the nearest known name or all of them."""
    suggestion = nearest(name, known)
    hint = f"Did you mean `{suggestion}`?" if suggestion else f"Known: {', '.join(known)}."
    return f"Unknown {noun} `{cut(name)}`. {hint}"


def unknown_arguments(names: Sequence[str], known: Sequence[str]) -> str:
    """Return the message for unknown arguments."""
    return " ".join(unknown("argument", name, known) for name in names[:_FAULTS])


def cut(value: object) -> str:
    """Return a value as it was given, shortened, on one line and safe to encode."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
    return strip_hidden("".join(character if character.isprintable() else " " for character in shown))


def sentence(error: Exception) -> str:
    """Return an error's message on one line, without hidden characters: names in it may come from outside."""
    return to_line(str(error))


def explain(error: ValidationError, properties: Mapping[str, Any]) -> str:
    """Explain every fault of a call's arguments, given the properties of their schema."""
    faults = [
        _explain_fault(fault, properties) for fault in error.errors(include_url=False, include_context=True)[:_FAULTS]
    ]
    return " ".join(dict.fromkeys(faults))


def _explain_fault(fault: ErrorDetails, properties: Mapping[str, Any]) -> str:
    name = str(fault["loc"][0])
    description = properties.get(name, {}).get("description", "")
    if fault["type"] == "missing":
        return f"`{name}` is missing: {description}"
    allowed = _allowed(fault, description)
    return f"`{name}` cannot be `{cut(fault['input'])}`: {allowed}{'' if allowed.endswith('?') else '.'}"


def _allowed(fault: ErrorDetails, description: str) -> str:
    context = fault.get("ctx", {})
    if fault["type"] == "literal_error":
        return _choice(fault["input"], str(context["expected"]))
    template = _ALLOWED.get(fault["type"])
    return template.format(**context) if template else description.rstrip(".")


def _choice(value: object, expected: str) -> str:
    choices = [choice.strip(" '") for choice in expected.replace(" or ", ", ").split(",")]
    suggestion = nearest(value, choices) if isinstance(value, str) else None
    allowed = f"allowed are {', '.join(choices)}"
    return f"{allowed}; did you mean `{suggestion}`?" if suggestion else allowed
