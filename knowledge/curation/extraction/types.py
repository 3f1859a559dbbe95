"""Value types and errors of extraction."""

from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

from knowledge.model import StoreError


class Message(TypedDict):
    """Message of a chat conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True)
class EndpointConfig:
    """Endpoint and model chosen by the user."""

    url: str
    """Base URL of an OpenAI-compatible API, such as http://127.0.0.1:11434/v1."""
    model: str
    key: str = field(default="", repr=False)
    """API key, sent as a bearer token."""
    proxy: str | None = None
    """URL of the proxy."""
    timeout_s: float = 600
    """Longest wait for an answer, in seconds."""


@dataclass(frozen=True)
class Usage:
    """Tokens of one call, as reported by the endpoint."""

    input: int
    output: int
    cached: int = 0
    """Input tokens that came from the endpoint's cache."""


@dataclass(frozen=True)
class Completion:
    """Model output of one call."""

    text: str
    usage: Usage | None
    """`None` where the endpoint does not report it."""
    is_cut: bool = False
    """True if the model ran out of tokens before the end."""


@dataclass(frozen=True)
class Drafts:
    """Unverified drafts and new entities from an answer, of any shape."""

    drafts: tuple[Any, ...] = ()
    entities: tuple[Any, ...] = ()


@dataclass(frozen=True)
class TextPart:
    """A stretch of an article's text, in code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


class RunEndedError(StoreError):
    """Failure that ends the run; the next run resumes at the same place."""


class PartError(StoreError):
    """Failure of one part; the run continues with the next."""

    def __init__(self, message: str, *, is_lasting: bool = False) -> None:
        super().__init__(message)
        self.is_lasting = is_lasting
        """True if a later run would most likely fail in the same way."""


class TooLongError(StoreError):
    """Failure of a prompt or an answer that is longer than the model takes."""


class UnreadableAnswerError(StoreError):
    """Failure of an answer without drafts; the message describes its content."""
