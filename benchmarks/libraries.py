"""Libraries of any number of synthesised passages, made as the product makes them, and what that takes."""

import json
import resource
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from benchmarks.synthesis import PASSAGES, Model
from knowledge.library import SqliteStore
from knowledge.model.records import Article
from knowledge.store import copies
from knowledge.store.records import Records
from knowledge.store.store import StoredText

LIBRARY = "library.sqlite3"
_QUESTIONS = "questions.json"
_BUILT = "built.json"
_ADDED = 40
"""Texts that are added one by one, as people add them; the others come in by the hundred, to save time."""
_TOGETHER = 500
_ASKED_ABOUT = 200
"""Texts that questions are made of."""
_COUNT = 300
KINDS = {"2 to 4 words": (2, 4), "5 to 10 words": (5, 10), "15 to 25 words": (15, 25), "400 characters": (80, 100)}
"""Lengths of questions; the longest are cut to the tool's limit."""
_LONGEST = 400
_MB = 1_000_000


class Built(NamedTuple):
    """Cost of building a library."""

    passages: int
    added: float
    """Texts a second, one by one."""
    indexed: float
    """Passages a second."""
    records_mb: float
    index_mb: float
    peak_mb: float
    """The most memory of the process that did it, Python, the synthesis and all."""


async def build(folder: Path, passages: int, words: list[str]) -> Built:
    """Make a library of so many passages, and questions about them; or take the one that was made before.

    Args:
        folder: where it is, or is to be.
        passages: how many.
        words: texts whose words it is made of.
    """
    if (folder / _BUILT).exists():
        return Built(*json.loads((folder / _BUILT).read_text(encoding="utf-8")))
    model, file = Model(words), folder / LIBRARY
    texts = [model.text() for _ in range(_ASKED_ABOUT)]
    number = max(passages // PASSAGES, 1)
    first = texts[: min(_ADDED, number)]
    async with SqliteStore(file) as store:
        await store.list_all(Article)
        start = time.perf_counter()
        for text in first:
            await store.add_text(text)
        added = len(first) / (time.perf_counter() - start)
    load(file, islice(_all(texts[len(first) :], model), number - len(first)))
    async with SqliteStore(file) as store:
        start = time.perf_counter()
        async for _ in store.reindex():
            pass
        indexed = number * PASSAGES / (time.perf_counter() - start)
    questions = {kind: _questions(model, kind, texts[:number]) for kind in KINDS}
    (folder / _QUESTIONS).write_text(json.dumps(questions, ensure_ascii=False), encoding="utf-8")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    built = Built(number * PASSAGES, added, indexed, _size(file) / _MB, _size(folder / f"{LIBRARY}.index") / _MB, peak)
    (folder / _BUILT).write_text(json.dumps(built), encoding="utf-8")
    return built


def questions(folder: Path) -> dict[str, list[str]]:
    """Questions about a library, by how long they are."""
    found: dict[str, list[str]] = json.loads((folder / _QUESTIONS).read_text(encoding="utf-8"))
    return found


def _all(first: list[str], model: Model) -> Iterator[str]:
    yield from first
    while True:
        yield model.text()


def load(file: Path, texts: Iterator[str]) -> None:
    """Put texts into a library by the hundred, without asking what they are copies of; its index comes later."""
    records = Records(file)
    while some := [_record(text) for text in islice(texts, _TOGETHER)]:
        with records.writing():
            for text, article in some:
                records.keep_text(text, article, (), ())
    records.close()


def _record(text: str) -> tuple[StoredText, Article]:
    article = copies.make_article(text)
    return StoredText(article.id, article.sha256, text, {}), article


def _questions(model: Model, kind: str, texts: list[str]) -> list[str]:
    return [question[:_LONGEST] for question in islice(model.questions(KINDS[kind], texts), _COUNT)]


def _size(path: Path) -> int:
    return sum(file.stat().st_size for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file())
