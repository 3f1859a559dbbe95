"""Value types and errors of extraction."""

from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

from knowledge.model.errors import StoreError


class Message(TypedDict):
    """One turn of a conversation with a model."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True)
class EndpointConfig:
    """The endpoint that the user named, and its model."""

    url: str
    """Base URL of an OpenAI-compatible API, such as http://127.0.0.1:11434/v1."""
    model: str
    key: str = field(default="", repr=False)
    """What the API is sent as a bearer token."""
    proxy: str | None = None
    """The proxy by which it is reached."""
    patience_s: float = 600
    """Seconds that an answer may take."""


@dataclass(frozen=True)
class Usage:
    """The tokens of one call, as the endpoint reports them."""

    input: int
    output: int
    cached: int = 0
    """How many of the input tokens came from the endpoint's cache."""


@dataclass(frozen=True)
class Completion:
    """What a model wrote."""

    text: str
    usage: Usage | None
    """`None` where the endpoint does not say."""
    is_cut: bool = False
    """Whether it ran out of tokens before its end."""


@dataclass(frozen=True)
class Drafts:
    """What of an answer can be held against the text: raw, of any shape."""

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
    """Nothing more can be asked: the run ends, and the next one goes on where it was."""


class PartError(StoreError):
    """Nothing came of one part; others may be asked for."""

    def __init__(self, why: str, *, is_lasting: bool = False) -> None:
        super().__init__(why)
        self.is_lasting = is_lasting
        """Whether asking again in another run would most likely change nothing."""


class TooLongError(StoreError):
    """What is asked for, or its answer, is longer than the model takes."""


class UnreadableAnswerError(StoreError):
    """There are no drafts in an answer; the message says what there is instead."""
