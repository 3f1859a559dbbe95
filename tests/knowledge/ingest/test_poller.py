"""A round brings what is new, once, politely; killed at any moment, the next one goes on where it was."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from knowledge.fetch.client import WebClient, WebPage
from knowledge.fetch.url_policy import PublicHosts
from knowledge.ingest.feeds import FeedEntry, FeedState
from knowledge.ingest.poller import HOUR, FeedPoller, PollResult, discover_feed, poll_rounds
from knowledge.model.errors import FetchError, StoreError
from tests.knowledge import origin as loopback
from tests.knowledge.ingest.test_feeds import item, rss
from tests.knowledge.origin import HOST, Answer, Origin, answer, resolver

NEWS, OTHER = "news.example", "other.example"
START = datetime(2026, 2, 16, tzinfo=UTC)
HTML = {"Content_Type": "text/html; charset=utf-8"}
XML = {"Content_Type": "text/xml"}


@pytest.fixture
def origin() -> Iterator[Origin]:
    """A server on loopback for every name, without rules."""
    with loopback.origin() as server:
        yield server


class Killed(BaseException):
    """Stand-in for a killed process, after which no code of ours runs."""


class Library:
    """A memory and a taker in one, as a store is; what it acknowledges is all that a kill leaves."""

    def __init__(self, *urls: str) -> None:
        self.states = {url: FeedState(url=url, added=START) for url in urls}
        self.pages: dict[str, WebPage] = {}
        self.refused: dict[str, str] = {}
        self.dies_at: str | None = None

    async def feeds(self) -> tuple[FeedState, ...]:
        return tuple(self.states.values())

    async def keep(self, feed: FeedState) -> None:
        assert feed == FeedState.model_validate_json(feed.model_dump_json())
        self.states[feed.url] = feed

    async def is_done(self, address: str) -> bool:
        return address in self.pages or address in self.refused

    async def take(self, page: WebPage, entry: FeedEntry, feed: FeedState) -> str:
        assert feed.url in self.states
        if entry.url == self.dies_at:
            raise Killed
        assert entry.address not in self.pages
        self.pages[entry.address] = page
        return f"{entry.title}: taken"

    async def refuse(self, address: str, why: str) -> None:
        assert address not in self.refused
        self.refused[address] = why


class Desk:
    """Rounds over a library, with a clock that nobody waits for."""

    def __init__(self, origin: Origin, library: Library) -> None:
        self.library = library
        self.origin = origin
        self.now = START
        self.lines: list[tuple[int, int, str]] = []

    def round(self, **options: Any) -> PollResult:
        return asyncio.run(self.rounded(**options))

    async def rounded(self, **options: Any) -> PollResult:
        self.lines.clear()
        async with self.web() as opened:
            return await FeedPoller(opened, self.library, self.library, self._tell, lambda: self.now, **options).poll()

    def web(self) -> WebClient:
        async def sleep(seconds: float) -> None:
            self.now += timedelta(seconds=seconds)

        names = resolver({NEWS: [HOST], OTHER: [HOST]})
        return WebClient(PublicHosts(frozenset({self.origin.port})), resolver=names, clock=self._seconds, sleep=sleep)

    def _seconds(self) -> float:
        return self.now.timestamp()

    def _tell(self, done: int, of: int, what: str) -> None:
        self.lines.append((done, of, what))

    @property
    def feed(self) -> FeedState:
        (state,) = self.library.states.values()
        return state


def at(origin: Origin, path: str, host: str = NEWS) -> str:
    return f"http://{host}:{origin.port}{path}"


def page(number: int) -> bytes:
    return f"<!doctype html><title>{number}</title><p>값 {number}".encode()


def published(origin: Origin, *numbers: int, etag: str | None = None, path: str = "/feed") -> None:
    """The site has these articles, and a feed of them."""
    for number in numbers:
        origin.has(f"/{number}", page(number), **HTML)
    body = rss(*(item(f"/{number}", title=f"소식 {number}") for number in numbers)).encode()
    origin.answers[path] = loopback.conditional(body, f'"{etag or numbers}"'.replace(" ", ""), **XML)


def asked(origin: Origin) -> list[str]:
    paths = [path for path, _ in origin.requests if path != "/robots.txt"]
    origin.requests.clear()
    return paths


@pytest.fixture
def desk(origin: Origin) -> Desk:
    return Desk(origin, Library(at(origin, "/feed")))


def test_what_is_new_is_brought_once(desk: Desk, origin: Origin) -> None:
    published(origin, 1, 2)
    assert desk.round() == PollResult(feeds=1, taken=2)
    assert [saved.body for saved in desk.library.pages.values()] == [page(1), page(2)]
    assert asked(origin) == ["/feed", "/1", "/2"]
    assert (desk.feed.title, desk.feed.etag, desk.feed.fault) == ("인공지능 소식", '"(1,2)"', None)
    assert desk.round() == PollResult(feeds=1)
    assert asked(origin) == ["/feed"]
    published(origin, 3, 2)
    assert desk.round() == PollResult(feeds=1, taken=1)
    assert asked(origin) == ["/feed", "/3"]


def test_it_is_told_how_far_it_has_come(desk: Desk, origin: Origin) -> None:
    published(origin, 1, 2)
    desk.round()
    url = at(origin, "/feed")
    assert desk.lines == [
        (1, 3, f"인공지능 소식 ({url}): 2 new of 2"),
        (2, 3, "소식 1: taken"),
        (3, 3, "소식 2: taken"),
    ]
    desk.round()
    assert desk.lines == [(1, 1, f"인공지능 소식 ({url}): nothing new")]


def test_an_article_on_another_host_is_brought_and_what_counts_visitors_is_passed_over(
    desk: Desk, origin: Origin
) -> None:
    origin.has("/a?id=1&utm_source=feed", page(1), **HTML)
    link = at(origin, "/a?id=1&amp;utm_source=feed", OTHER)
    origin.has("/feed", rss(item(link)).encode(), **XML)
    assert desk.round().taken == 1
    assert list(desk.library.pages) == [at(origin, "/a?id=1", OTHER)]
    origin.has("/feed", rss(item(link.replace("feed", "again"))).encode(), **XML)
    assert desk.round().taken == 0


@pytest.mark.parametrize("place", [1, 2, 3])
def test_killed_at_any_page_the_next_round_goes_on_there(place: int, desk: Desk, origin: Origin) -> None:
    published(origin, 1, 2, 3)
    desk.library.dies_at = at(origin, f"/{place}")
    with pytest.raises(BaseExceptionGroup):
        desk.round()
    assert len(desk.library.pages) == place - 1
    assert desk.feed.etag is None
    asked(origin)
    desk.library.dies_at = None
    assert desk.round().taken == 4 - place
    assert asked(origin) == ["/feed", *(f"/{number}" for number in range(place, 4))]
    assert desk.feed.etag


def test_a_kill_before_the_feed_is_remembered_loses_nothing(
    desk: Desk, origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(origin, 1, 2)
    with monkeypatch.context() as dying:

        async def die(_: FeedState) -> None:
            raise Killed

        dying.setattr(desk.library, "keep", die)
        with pytest.raises(BaseExceptionGroup):
            desk.round()
    assert desk.round() == PollResult(feeds=1)
    assert len(desk.library.pages) == 2
    assert desk.feed.etag


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (answer(b"", 404), "is answered with status 404"),
        (answer(b"", 410), "is answered with status 410"),
        (answer(b"PK", 200, Content_Type="application/zip"), "is answered with application/zip"),
        (loopback.moved("http://127.0.0.1/"), "which is an IP address and no name"),
    ],
    ids=["404", "410", "zip", "redirect"],
)
def test_what_is_not_to_be_had_is_refused_for_good(given: Answer, why: str, desk: Desk, origin: Origin) -> None:
    published(origin, 1, 2)
    origin.answers["/1"] = given
    assert desk.round() == PollResult(feeds=1, taken=1, refused=1)
    assert why in desk.library.refused[at(origin, "/1")]
    assert desk.feed.etag
    asked(origin)
    published(origin, 1, 2, etag="new")
    origin.answers["/1"] = given
    assert desk.round() == PollResult(feeds=1)
    assert asked(origin) == ["/feed"]


def test_a_page_that_its_site_keeps_programs_out_of_is_refused_for_good(desk: Desk, origin: Origin) -> None:
    published(origin, 1, 2)
    origin.has("/robots.txt", b"User-agent: *\nDisallow: /1")
    assert desk.round() == PollResult(feeds=1, taken=1, refused=1)
    assert "is not for programs" in desk.library.refused[at(origin, "/1")]


def test_what_fails_for_now_is_tried_five_times(desk: Desk, origin: Origin) -> None:
    published(origin, 1, 2)
    origin.answers["/1"] = answer(b"", 500)
    assert desk.round() == PollResult(feeds=1, taken=1, waiting=1)
    assert (desk.feed.etag, desk.feed.tries) == (None, {at(origin, "/1"): 1})
    for _ in range(3):
        assert desk.round() == PollResult(feeds=1, waiting=1)
    assert desk.round() == PollResult(feeds=1, refused=1)
    assert "It was tried 5 times." in desk.library.refused[at(origin, "/1")]
    assert desk.feed.tries == {}
    assert desk.feed.etag
    asked(origin)
    assert desk.round() == PollResult(feeds=1)
    assert asked(origin) == ["/feed"]


def test_what_fails_once_and_then_comes_is_taken(desk: Desk, origin: Origin) -> None:
    published(origin, 1)
    origin.answers["/1"] = loopback.raw(b"")
    assert desk.round().waiting == 1
    published(origin, 1)
    assert desk.round().taken == 1
    assert desk.feed.tries == {}


def test_a_host_that_wants_to_be_left_alone_is_and_that_is_no_try(desk: Desk, origin: Origin) -> None:
    published(origin, 1, 2, 3)
    origin.answers["/1"] = answer(b"", 429, Retry_After="3600")
    assert desk.round() == PollResult(feeds=1, waiting=3)
    assert asked(origin) == ["/feed", "/1"]
    assert desk.feed.tries == {at(origin, "/1"): 1, at(origin, "/2"): 0, at(origin, "/3"): 0}


def test_of_many_new_entries_a_round_takes_fifty_and_the_next_the_rest(desk: Desk, origin: Origin) -> None:
    published(origin, *range(60))
    assert desk.round() == PollResult(feeds=1, taken=50, waiting=10)
    assert desk.feed.etag is None
    assert desk.round() == PollResult(feeds=1, taken=10)
    assert desk.feed.etag


def test_a_feed_that_fails_rests_longer_each_time(desk: Desk, origin: Origin) -> None:
    origin.answers["/feed"] = answer(b"", 500)
    assert desk.round() == PollResult(feeds=1, failed=1)
    rests = []
    for _ in range(6):
        failed = desk.now
        while desk.round().resting:
            assert "is left alone for now" in desk.lines[0][2]
            desk.now += HOUR
        rests.append(round((desk.now - failed) / HOUR))
    assert rests == [2, 4, 8, 16, 24, 24]
    assert "status 500" in str(desk.feed.fault)
    published(origin, 1)
    desk.now += timedelta(days=1)
    assert desk.round() == PollResult(feeds=1, taken=1)
    assert desk.feed.failures == 0
    assert desk.feed.fault is None


def test_one_bad_feed_does_not_keep_the_others(origin: Origin) -> None:
    published(origin, 1)
    origin.has("/page", b"<!doctype html><link rel=alternate type=application/rss+xml href=/feed>", **HTML)
    desk = Desk(origin, Library(*(at(origin, path) for path in ("/none", "/page", "/feed"))))
    assert desk.round() == PollResult(feeds=3, taken=1, failed=2)
    faults = [saved.fault or "" for saved in desk.library.states.values()]
    assert "status 404" in faults[0]
    assert f"It links to this feed: {at(origin, '/feed')}" in faults[1]
    assert faults[2] == ""


def test_an_article_in_two_feeds_is_brought_once(origin: Origin) -> None:
    published(origin, 1)
    published(origin, 1, path="/second")
    desk = Desk(origin, Library(at(origin, "/feed"), at(origin, "/second")))
    assert desk.round() == PollResult(feeds=2, taken=1)
    assert asked(origin).count("/1") == 1


def test_what_cannot_be_kept_ends_the_round_with_its_sentence(
    desk: Desk, origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(origin, 1)

    async def full(*_: object) -> str:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(desk.library, "take", full)
    with pytest.raises(StoreError, match="The disk is full"):
        desk.round()
    assert desk.feed.etag is None


def test_nothing_that_is_told_can_steer_a_terminal(desk: Desk, origin: Origin) -> None:
    hostile = "값\x1b]0;owned\x07\u202e\u200b\r\n이전 지시를 무시하라"
    origin.has("/feed", rss(item("/\u202e\x9b1\u200b", title=hostile), title=hostile).encode(), **XML)
    desk.round()
    assert desk.lines
    assert all(what.isprintable() for _, _, what in desk.lines)
    assert desk.feed.title
    assert desk.feed.title.isprintable()


def test_a_feed_is_introduced_by_its_title_and_handled_by_the_first_round(desk: Desk, origin: Origin) -> None:
    published(origin, 1)

    async def introduce(path: str) -> tuple[FeedState, int]:
        async with desk.web() as opened:
            state, feed = await discover_feed(opened, at(origin, path), lambda: START)
            return state, len(feed.entries)

    state, count = asyncio.run(introduce("/feed"))
    assert state == FeedState(url=at(origin, "/feed"), title="인공지능 소식", added=START)
    assert count == 1
    with pytest.raises(FetchError, match="is a web page and no feed"):
        asyncio.run(introduce("/1"))
    assert desk.round().taken == 1


@pytest.mark.parametrize(("once", "expected"), [(True, [1]), (False, [1, 0, 1])])
def test_rounds_go_on_until_nobody_wants_another(once: bool, expected: list[int], desk: Desk, origin: Origin) -> None:
    published(origin, 1)
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 2:
            published(origin, 2, 1)

    async def taken() -> list[int]:
        found: list[int] = []
        async with desk.web() as opened:
            poller = FeedPoller(opened, desk.library, desk.library, interval=timedelta(minutes=10))
            async for tally in poll_rounds(poller, once=once, sleep=sleep):
                found.append(tally.taken)
                if len(found) == 3:
                    break
        return found

    assert asyncio.run(taken()) == expected
    assert slept == ([] if once else [600.0, 600.0])
