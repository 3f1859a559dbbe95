"""Text embeddings from a local ONNX model or an OpenAI-compatible API: the optional `dense` extra, loaded on first use.

The only module that imports fastembed. No error message contains the API key.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from knowledge.fetch import connection_problem, transport
from knowledge.model import StoreError

if TYPE_CHECKING:
    from fastembed import TextEmbedding

Vector = Sequence[float]
NEEDS_EXTRA = (
    "Search by meaning needs the extra `dense`: pip install 'ai-trends-mcp[dense]'; in a copy of the repository: pip install '.[dense]'. "
    "Or leave AI_TRENDS_DENSE out."
)
"""The error message if the extra is not installed."""
BATCH_SIZE = 32
"""Texts per call of a model."""
_PLACES = ("onnx/model.onnx", "model.onnx", "model_optimized.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx")
"""Paths of the model within a folder exported for sentence-transformers or fastembed."""
_NEEDED = ("tokenizer.json", "tokenizer_config.json")
_PROMPTS = "config_sentence_transformers.json"
_POOLING = "1_Pooling/config.json"
_SENTENCE = "sentence_embedding"
"""The output name of models with built-in pooling."""
_ENDS = 1_000_000
"""Bytes of the beginning and end of a large file that its digest covers."""
_DOCUMENTS_S, _QUESTION_S, _CONNECT_S = 60.0, 5.0, 3.0
"""Timeouts in seconds: a batch of texts, a question, a connection."""
_LONGEST_ANSWER = 32_000_000
"""The maximum size of a response in bytes: 32 vectors of 8,192 numbers take less than 8 million."""


@dataclass(frozen=True)
class EmbeddingSource:
    """The location and credentials of an embedding model."""

    place: str
    """A folder with an ONNX model, or the base URL of an OpenAI-compatible API, such as http://127.0.0.1:8080/v1."""
    model: str = ""
    """The API's name for the model."""
    key: str = field(default="", repr=False)
    """The API's bearer token."""

    @property
    def is_remote(self) -> bool:
        """True for an API."""
        return self.place.startswith(("http://", "https://"))


class Embedder(Protocol):
    """Embeds texts as vectors of one length; only their direction counts."""

    @property
    def name(self) -> str:
        """A name unique to the model: vectors of different models are not comparable."""
        ...

    def embed_documents(self, texts: Sequence[str]) -> list[Vector]:
        """Return one vector for each text to be searched.

        Raises:
            StoreError: if they cannot be embedded.
        """
        ...

    def embed_queries(self, texts: Sequence[str]) -> list[Vector]:
        """Return one vector for each question.

        Raises:
            StoreError: if they cannot be embedded.
        """
        ...


def make_embedder(source: EmbeddingSource) -> Embedder:
    """Return an embedder for a source; loads and requests nothing yet."""
    return ApiEmbedder(source) if source.is_remote else OnnxEmbedder(Path(source.place).expanduser())


class OnnxEmbedder:
    """A sentence-transformers model exported to ONNX and run locally; nothing is ever downloaded."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def name(self) -> str:
        total = hashlib.sha256()
        for file in (self._model_file, *(self._folder / name for name in (*_NEEDED, _PROMPTS, _POOLING))):
            total.update(f"{file.name}\0".encode() + _ends(file))
        return f"{self._folder.resolve().name}-{total.hexdigest()[:16]}"

    def embed_documents(self, texts: Sequence[str]) -> list[Vector]:
        return self._embed([self._prompt("document", "passage", "corpus") + text for text in texts])

    def embed_queries(self, texts: Sequence[str]) -> list[Vector]:
        return self._embed([self._prompt("query") + text for text in texts])

    def _embed(self, texts: list[str]) -> list[Vector]:
        try:
            return [vector.tolist() for vector in self._model.embed(texts, batch_size=BATCH_SIZE)]
        except StoreError:
            raise
        except Exception as error:  # onnxruntime and tokenizers have no common class for what may be wrong
            raise StoreError(f"The model in {self._folder} cannot embed a text: {_first_line(error)}.") from error

    def _prompt(self, *names: str) -> str:
        """Return the prompt that the model expects in front of a text."""
        prompts = _json(self._folder / _PROMPTS).get("prompts") or {}
        return str(next((prompts[name] for name in names if prompts.get(name)), ""))

    @cached_property
    def _model_file(self) -> Path:
        if not self._folder.is_dir():
            raise StoreError(f"There is no folder {self._folder}. Name one with an ONNX model in AI_TRENDS_DENSE.")
        file = next((self._folder / place for place in _PLACES if (self._folder / place).is_file()), None)
        missing = [name for name in _NEEDED if not (self._folder / name).is_file()]
        if not file or missing:
            raise StoreError(f"{self._folder} has no {missing[0] if missing else 'model.onnx'}. {_EXPORT}")
        return file

    @cached_property
    def _model(self) -> "TextEmbedding":
        file = self._model_file
        try:
            from fastembed import TextEmbedding  # noqa: PLC0415 - an extra, loaded only when used
            from fastembed.common.model_description import ModelSource, PoolingType  # noqa: PLC0415
        except ImportError:
            raise StoreError(NEEDS_EXTRA) from None
        name = f"local/{self.name}"
        if not any(model["model"] == name for model in TextEmbedding.list_supported_models()):
            TextEmbedding.add_custom_model(
                name,
                pooling=PoolingType(self._pooling()),
                normalization=True,
                sources=ModelSource(url=file.as_uri()),
                dim=1,  # not read; a vector says how long it is
                model_file=str(file.relative_to(self._folder)),
            )
        try:
            return TextEmbedding(
                name,
                cache_dir=str(self._folder),
                specific_model_path=str(self._folder),
                local_files_only=True,
                threads=max(1, (os.cpu_count() or 2) - 1),
            )
        except Exception as error:  # see `_embed`
            raise StoreError(
                f"The model in {self._folder} cannot be loaded: {_first_line(error)}. {_EXPORT}"
            ) from error

    def _pooling(self) -> str:
        """Return how the model's token outputs are pooled."""
        if _SENTENCE.encode() in _ends(self._model_file):
            return "DISABLED"
        config = _json(self._folder / _POOLING)
        if config.get("pooling_mode_cls_token"):
            return "CLS"
        return "LAST_TOKEN" if config.get("pooling_mode_lasttoken") else "MEAN"


_EXPORT = "It takes what `optimum-cli export onnx` makes of a sentence-transformers model: model.onnx, tokenizer.json, tokenizer_config.json"


class ApiEmbedder:
    """An OpenAI-compatible API: POST {place}/embeddings."""

    def __init__(self, source: EmbeddingSource) -> None:
        self._source = source
        self._url = f"{source.place.rstrip('/')}/embeddings"
        self._host = urlsplit(source.place).netloc.rpartition("@")[2]

    @property
    def name(self) -> str:
        identity = f"{self._url} {self._source.model}"
        return f"endpoint-{hashlib.sha256(identity.encode()).hexdigest()[:16]}"

    def embed_documents(self, texts: Sequence[str]) -> list[Vector]:
        return self._embed(texts, _DOCUMENTS_S)

    def embed_queries(self, texts: Sequence[str]) -> list[Vector]:
        return self._embed(texts, _QUESTION_S)

    def _embed(self, texts: Sequence[str], seconds: float) -> list[Vector]:
        body = {"model": self._source.model, "input": list(texts), "encoding_format": "float"}
        answer = self._request(body, seconds)
        try:
            rows = sorted(json.loads(answer)["data"], key=lambda row: row["index"])
            vectors: list[Vector] = [[float(number) for number in row["embedding"]] for row in rows]
        except (ValueError, KeyError, TypeError):
            raise self._fault("its answer is no list of embeddings") from None
        if len(vectors) != len(texts) or not all(vectors):
            raise self._fault(f"it gave {len(vectors)} embeddings for {len(texts)} texts")
        return vectors

    def _request(self, body: dict[str, Any], seconds: float) -> bytes:
        headers = {"Authorization": f"Bearer {self._source.key}"} if self._source.key else {}
        import httpx  # noqa: PLC0415 - most never ask an endpoint

        patience = transport.Timeouts(_CONNECT_S, seconds)
        try:
            got = transport.post(self._url, body, headers, patience, _LONGEST_ANSWER)
        except httpx.TimeoutException:
            raise self._fault("it did not answer in time") from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            problem = connection_problem(error, f"cannot be reached ({type(error).__name__})")
            raise self._fault(f"it {problem}") from None
        if got.status != HTTPStatus.OK:
            raise self._fault(f"it answered with status {got.status} {got.phrase}")
        if len(got.content) > _LONGEST_ANSWER:
            raise self._fault(f"its answer is longer than {_LONGEST_ANSWER:,} bytes")
        return got.content

    def _fault(self, wrong: str) -> StoreError:
        return StoreError(f"The embeddings endpoint at {self._host} does not work: {wrong}. See AI_TRENDS_DENSE.")


def _json(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _ends(file: Path) -> bytes:
    """Return a file's size, beginning and end, enough to distinguish models."""
    try:
        with file.open("rb") as opened:
            size = file.stat().st_size
            first = opened.read(_ENDS)
            opened.seek(max(len(first), size - _ENDS))
            return str(size).encode() + first + opened.read()
    except OSError:
        return b""


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
