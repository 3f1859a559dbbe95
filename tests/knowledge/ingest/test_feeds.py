"""Feeds of all kinds are read, and what is none, or made to harm, is refused with the reason."""

import asyncio
import builtins
import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.fetch.client import WebPage
from knowledge.fetch.response import Validators
from knowledge.ingest import feeds
from knowledge.ingest.feeds import Feed, FeedEntry, NoFeedError, normalize_address
from knowledge.model.errors import FetchError, StoreError

URL = "https://news.example/feeds/all.xml"


def rss(*items: str, version: str = "2.0", title: str = "인공지능 소식", declared: str = "utf-8") -> str:
    return f"""<?xml version="1.0" encoding="{declared}"?>
<rss version="{version}"><channel><title>{title}</title><link>https://news.example/</link>{"".join(items)}</channel></rss>"""


def item(link: str = "/1", title: str = "모형의 값이 내렸다", **more: str) -> str:
    rest = "".join(f"<{name}>{value}</{name}>" for name, value in more.items())
    return f"<item><title>{title}</title><link>{link}</link>{rest}</item>"


ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>인공지능 소식</title>
<entry><id>tag:1</id><title type="html">모형의 &lt;b&gt;값&lt;/b&gt;이 내렸다</title><link rel="alternate" href="/1"/>
<updated>2026-02-16T10:00:00+09:00</updated></entry></feed>"""
RDF = """<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://news.example/"><title>인공지능 소식</title></channel>
<item rdf:about="https://news.example/1"><title>모형의 값이 내렸다</title><link>https://news.example/1</link>
<dc:date>2026-02-16T01:00:00Z</dc:date></item></rdf:RDF>"""
DATED = {"pubDate": "Mon, 16 Feb 2026 10:00:00 +0900"}
WHEN = datetime(2026, 2, 16, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [rss(item(**DATED), version=version) for version in ("0.91", "0.92", "2.0")]
    + [ATOM, RDF, "\ufeff" + rss(item(**DATED)), "\n\n " + rss(item(**DATED)), rss(item(title="모형의 값이 내렸다", **DATED))[:-20]],
    ids=["rss 0.91", "rss 0.92", "rss 2.0", "atom", "rss 1.0", "marked", "blanks before it", "cut off"],
)  # fmt: skip
def test_feeds_of_every_kind_are_read(text: str) -> None:
    feed = feeds.parse_feed(text.encode(), URL)
    assert feed.title == "인공지능 소식"
    assert [(entry.url, entry.title, entry.published) for entry in feed.entries] == [
        ("https://news.example/1", "모형의 값이 내렸다", WHEN)
    ]


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (rss(item(), declared="euc-kr").encode("euc-kr"), ""),
        (rss(item(title="똠방각하의 모형"), declared="EUC-KR").encode("cp949"), "utf-8"),
        (rss(item(), declared="ks_c_5601-1987").encode("cp949"), ""),
        (rss(item(), declared="nonsense").encode("cp949"), "euc-kr"),
        (rss(item()).partition("?>")[2].encode("cp949"), ""),
        (rss(item(), declared="euc-kr").encode(), "euc-kr"),
        (rss(item(), declared="utf-16").encode("utf-16"), ""),
        (rss(item(), declared="euc-kr").encode("euc-kr") + b"\xff", ""),
        (rss(item()).encode() + b"\xff", "euc-kr"),
    ],
    ids=["euc-kr", "cp949 as euc-kr", "ks_c", "by the header", "undeclared", "mislabelled utf-8", "utf-16", "a bad byte", "a bad byte in utf-8"],
)  # fmt: skip
def test_korean_charsets_are_read_whatever_is_declared(body: bytes, charset: str) -> None:
    feed = feeds.parse_feed(body, URL, charset)
    assert feed.title == "인공지능 소식"
    assert feed.entries[0].title in {"모형의 값이 내렸다", "똠방각하의 모형"}


@pytest.mark.parametrize(
    ("given", "url"),
    [
        (item("/a?b=1&amp;c=2"), "https://news.example/a?b=1&c=2"),
        (item("b.html"), "https://news.example/feeds/b.html"),
        (item("//other.example/c"), "https://other.example/c"),
        (item("https://other.example/기사"), "https://other.example/기사"),
        (item("", guid="https://news.example/g"), "https://news.example/g"),
        (item("javascript:alert(1)"), None),
        (item("file:///etc/passwd"), None),
        (item("", guid="tag:1"), None),
        (item("").replace("</item>", '<guid isPermaLink="false">1234</guid></item>'), None),
        (item("http://[::1"), None),
        (item("/" + "a" * 2_000), None),
    ],
)
def test_links_are_resolved_and_only_pages_of_the_web_are_taken(given: str, url: str | None) -> None:
    entries = feeds.parse_feed(rss(given).encode(), URL).entries
    assert [entry.url for entry in entries] == ([url] if url else [])


def test_each_page_is_there_once_and_the_newest_come_first() -> None:
    day = "Mon, 16 Feb 2026 {:02}:00:00 GMT"
    items = [item(f"/{hour}", pubDate=day.format(hour)) for hour in (3, 9, 5)]
    feed = feeds.parse_feed(rss(*items, item("/9?utm_source=feed#top", pubDate=day.format(9))).encode(), URL)
    assert [entry.address for entry in feed.entries] == [f"https://news.example/{hour}" for hour in (9, 5, 3)]
    undated = feeds.parse_feed(rss(*items, item("/x")).encode(), URL)
    assert [entry.url[-1] for entry in undated.entries] == ["3", "9", "5", "x"]


def test_what_counts_visitors_is_no_part_of_what_a_page_is_remembered_as() -> None:
    assert normalize_address("https://News.Example?utm_source=a&id=1&UTM_medium=b#c") == "https://news.example/?id=1"
    assert normalize_address("https://news.example/a?id=%C7%D1") == "https://news.example/a?id=%C7%D1"
    assert normalize_address("http://[::1") == "http://[::1"


def test_titles_are_short_and_show_what_they_are() -> None:
    hostile = "\u202e무시하라\u202c\x1b[2J\u200b &lt;b&gt;ignore&lt;/b&gt; &amp;#27;[0m\n\n" + "가" * 900
    feed = feeds.parse_feed(rss(item(title=hostile), title=hostile).encode(), URL)
    for title in (feed.title, feed.entries[0].title):
        assert title
        assert title.startswith("무시하라[2J ignore [0m 가")
        assert len(title) <= 201
        assert title.isprintable()


def test_a_feed_gives_at_most_500_entries() -> None:
    body = rss(*(item(f"/{number}") for number in range(700))).encode()
    assert len(feeds.parse_feed(body, URL).entries) == 500


@pytest.mark.parametrize(
    ("body", "problem", "fix"),
    [
        (b"", "is no feed", "Look for"),
        (b"PK\x03\x04", "is no feed", "Look for"),
        (b'{"items": []}', "is no feed", "Look for"),
        (b"<opml/>", "is no feed", "Look for"),
        (b"<!doctype html><title>a</title>", "is a web page and no feed, and links to none", "Look for"),
    ],
)
def test_what_is_no_feed_is_refused_with_the_reason(body: bytes, problem: str, fix: str) -> None:
    with pytest.raises(NoFeedError) as refused:
        feeds.parse_feed(body, URL)
    assert (str(refused.value), refused.value.fix.startswith(fix)) == (problem, True)


_PARTS = st.sampled_from(["<rss>", "<feed ", "<item>", "<link>", "</item>", "<![CDATA[", "]]>", "<!", "&#x110000;", "&lt;", "http://[", "\x00", "\ud800", "'", '"', ">", "값", "<?xml encoding='", "<!DOCTYPE", "<guid>", "<pubDate>", "99999-13-40"])  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    st.lists(_PARTS, max_size=30).map("".join), st.sampled_from(["", "euc-kr", "idna", "hex", "undefined", "utf-16"])
)
def test_whatever_comes_is_a_feed_or_refused(text: str, charset: str) -> None:
    for body in (text.encode(errors="ignore"), ("<rss>" + text).encode("utf-8", "surrogatepass")):
        try:
            feed = feeds.parse_feed(body, URL, charset)
        except NoFeedError:
            continue
        assert Feed.model_validate_json(feed.model_dump_json()) == feed


def test_a_feed_may_have_nothing_in_it_yet() -> None:
    assert feeds.parse_feed(b"<rss/>", URL) == Feed(title=None, entries=())


def test_a_page_that_links_feeds_is_refused_with_their_addresses() -> None:
    body = """<!doctype html><html><head><link rel="stylesheet" href="a.css">
<link rel="alternate" type="application/rss+xml" href="/rss"><LINK REL="Alternate home" TYPE="Application/Atom+XML" HREF="atom.xml">
<link rel=alternate type=application/rss+xml href="/rss"><link rel=alternate type=application/rss+xml href="javascript:alert(1)">
<link rel=alternate hreflang=en href="/en"></head><rss>"""
    with pytest.raises(NoFeedError, match="is a web page and no feed") as refused:
        feeds.parse_feed(body.encode(), URL)
    assert refused.value.fix == "It links to these feeds: https://news.example/rss https://news.example/feeds/atom.xml"


def test_nothing_is_drawn_in_from_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret"
    secret.write_text("<a>TOP-SECRET</a>", encoding="utf-8")

    def connect(*_: Any) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket.socket, "connect", connect)
    outside = secret.as_uri()
    for kind in (f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{outside}">]>', f'<!DOCTYPE rss SYSTEM "{outside}">',
                 f'<!DOCTYPE rss [<!ENTITY % p SYSTEM "{outside}"> %p;]>', '<!DOCTYPE rss SYSTEM "http://news.example/x.dtd">',
                 f'<?xml-stylesheet href="{outside}"?>'):  # fmt: skip
        body = rss(item(title="값 &x; 끝")).replace("<rss", kind + "\n<rss", 1)
        feed = feeds.parse_feed(body.encode(), str(secret))
        assert "TOP-SECRET" not in feed.model_dump_json()
    assert feeds.parse_feed(rss(item("https://news.example/1")).encode(), str(secret)).entries


def test_entities_are_not_multiplied() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = rss(item(title="&l9;")).replace("<rss", f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]>\n<rss', 1)
    assert len(feeds.parse_feed(body.encode(), URL).model_dump_json()) < 2_000


def _page(body: bytes, charset: str = "") -> WebPage:
    return WebPage(URL, body, "application/xml", charset, Validators(), None, True, datetime.now(UTC))


def test_a_feed_is_read_in_a_process_of_its_own() -> None:
    feed = asyncio.run(feeds.read_feed(_page(rss(item(**DATED)).encode("cp949"), "euc-kr")))
    assert feed == Feed(
        title="인공지능 소식",
        entries=(
            FeedEntry(
                id="https://news.example/1", url="https://news.example/1", title="모형의 값이 내렸다", published=WHEN
            ),
        ),
    )
    with pytest.raises(FetchError, match=r"is no feed\. A feed of RSS or Atom is needed\. Look for") as refused:
        asyncio.run(feeds.read_feed(_page(b"hello")))
    assert refused.value.permanent


@pytest.mark.parametrize("part", ["<a", "<x>"])
def test_a_feed_made_to_wear_its_reader_out_is_given_up(part: str) -> None:
    body = rss(item(title="값")).replace("<item>", part * 1_000_000 + "<item>").encode()
    with pytest.raises(FetchError, match="takes longer than 1 seconds") as refused:
        asyncio.run(feeds.read_feed(_page(body), seconds=1))
    assert not refused.value.permanent


async def test_who_stops_leaves_no_process_behind() -> None:
    body = rss(item(title="값")).replace("<item>", "<a" * 1_000_000 + "<item>").encode()
    reading = asyncio.create_task(feeds.read_feed(_page(body)))
    await asyncio.sleep(0.3)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading


def test_without_the_extra_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *given: Any, **named: Any) -> Any:
        if name == "feedparser":
            raise ImportError(name)
        return real(name, *given, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(StoreError, match=r"pip install 'ai-trends-mcp\[articles\]'"):
        feeds.parse_feed(rss(item()).encode(), URL)


def test_a_character_that_there_is_not_costs_itself_alone() -> None:
    feed = feeds.parse_feed(rss(item(title="값 & &#x110000;&#55296; 끝", **DATED)).encode(), URL)
    assert [(entry.title, entry.published) for entry in feed.entries] == [("값 & \ufffd\ufffd 끝", WHEN)]
