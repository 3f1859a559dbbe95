"""What processes do that make a library grow, so that tests can kill them: `python -m tests.mcp_server.growing_apart WHAT LIBRARY ...`.

Each says a line as soon as something is acknowledged, and nothing else.
"""

import asyncio
import itertools
import sys
from pathlib import Path
from typing import Any

from knowledge import KnowledgeBase
from knowledge.editing.bringing import Told
from knowledge.editing.editions import ClaimsRecorded
from knowledge.editing.editor import Editor
from knowledge.editing.watched import Taking
from knowledge.embedded import EmbeddedStore
from knowledge.fetching.destinations import Anywhere
from knowledge.fetching.web import Web
from knowledge.watching.watching import Watch
from tests.knowledge.origin import HOST, resolver

NEWS = "news.example"
_NAMES = "가나다라마바사아자차카타파하"


def name(number: int) -> str:
    """A name that no other number has."""
    return "".join(_NAMES[int(digit)] for digit in f"{number:05}") + "전자"


def text(number: int) -> str:
    """A text that no other number has, and that is no copy of theirs."""
    words = " ".join(f"{name(number * 31 + place)}의 직원이 {name(number * 17 + place)}로 옮겼다." for place in range(9))
    return f"공장 소식 {number}\n\n{name(number)}는 새 공장을 짓는다고 밝혔다. {words}\n"


def long_text(number: int, sentences: int) -> str:
    """A text with a sentence for each of some claims."""
    return f"인력 소식 {number}\n\n" + "".join(f"{_said(number, one)}\n" for one in range(sentences))


def draft(number: int, sentence: int) -> dict[str, Any]:
    """What may be drafted from one of these."""
    return {
        "statement_ko": f"{name(sentence)}의 공장에서 직원 {100 + sentence}명이 일한다.",
        "statement_en": f"At the plant numbered so, {100 + sentence} employees work.",
        "kind": "fact",
        "quotes": [_said(number, sentence)],
        "name": f"plant-{sentence}",
    }


def _said(number: int, sentence: int) -> str:
    return f"{name(sentence)}의 공장에서는 직원 {100 + sentence}명이 일한다."


async def add(store: EmbeddedStore, first: str, last: str) -> None:
    """Add texts; say their numbers and ids."""
    async with Editor(store, "a test").bringing() as bringer:
        for number in range(int(first), int(last)):
            added = await bringer.words(text(number), Told())
            print(number, added.article.id, flush=True)


async def record(store: EmbeddedStore, article: str, number: str, first: str, last: str, step: str = "1") -> None:
    """Record claims one by one; say their ids."""
    editor = Editor(store, "a test")
    for sentence in range(int(first), int(last), int(step)):
        recorded = await editor.record_claims(article, [draft(int(number), sentence)], [], "en")
        _say(recorded, sentence)


def _say(recorded: ClaimsRecorded, sentence: int) -> None:
    assert recorded.recorded, recorded.verdicts
    print(sentence, *recorded.recorded, flush=True)


async def watch(store: EmbeddedStore, port: str) -> None:
    """A round over the feeds that are watched; say what was taken."""

    async def no_sleep(_: float) -> None:
        await asyncio.sleep(0)

    seconds = itertools.count(0, 100)
    web = Web(
        Anywhere(frozenset({int(port)})),
        resolver=resolver({NEWS: [HOST]}),
        clock=lambda: float(next(seconds)),
        sleep=no_sleep,
    )
    editor = Editor(store, "a test")
    async with editor.bringing() as bringer, web:
        tally = await Watch(web, editor.feeds, Taking(bringer), lambda *said: print(said[2], flush=True)).round()
    print("taken", tally.taken, flush=True)


async def take_in(store: EmbeddedStore, export: str) -> None:
    """Import an export."""
    print("importing", flush=True)
    imported, _ = await Editor(store, "a test").take_in(Path(export).read_text(encoding="utf-8"), "export.jsonld")
    print("imported", imported.new, flush=True)


async def index(store: EmbeddedStore) -> None:
    """Ask something, so that the indexes are made or brought up to date."""
    print("asking", flush=True)
    found = await KnowledgeBase(store).search("공장 직원")
    print("found", found.total, flush=True)


async def read(store: EmbeddedStore, stop: str) -> None:
    """Ask one question after the other until a file is there."""
    knowledge = KnowledgeBase(store)
    print("reading", flush=True)
    for number in itertools.count():
        await knowledge.search(f"{name(number % 50)} 공장 직원")
        if Path(stop).exists():
            break
    print("read", flush=True)


async def main(what: str, library: str, data: str, *arguments: str) -> None:
    """Do one of these."""
    async with EmbeddedStore(Path(library), Path(data) if data else None) as store:
        await globals()[what](store, *arguments)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
