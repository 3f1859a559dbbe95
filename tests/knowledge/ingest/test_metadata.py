"""Metadata that a page declares, and nothing from its text."""

import json

import pytest
from lxml import html as lxml_html

from knowledge.ingest import metadata
from knowledge.ingest.metadata import parse_address, parse_day


def read(head: str = "", body: str = "<p>2026.11.20 입력</p>") -> dict[str, str]:
    found = metadata.read_metadata(
        lxml_html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    )
    return {key: value for key, value in found.items() if value}


def ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value, ensure_ascii=False)}</script>'


def test_json_ld_is_read_first() -> None:
    article = {
        "@type": "NewsArticle", "headline": "마루 공개", "datePublished": "2026-11-20T09:31:00+09:00", "dateModified": "2026-11-21",
        "author": [{"@type": "Person", "name": "김하늘"}, {"@type": "Person", "name": "이도담"}], "publisher": {"name": "누리일보"}, "url": "https://example.com/a",
    }  # fmt: skip
    expected = {
        "title": "마루 공개",
        "published": "2026-11-20T09:31:00+09:00",
        "author": "김하늘, 이도담",
        "publisher": "누리일보",
        "url": "https://example.com/a",
    }
    assert read(ld(article)) == expected
    assert (
        read(ld({"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"}, article]})) == expected
    )
    assert (
        read(ld([{"@type": "BreadcrumbList"}, article]) + '<meta property="og:title" content="다른 제목">') == expected
    )


@pytest.mark.parametrize(
    "broken",
    [
        "{",
        "[" * 100_000,
        '"a"',
        "null",
        '{"@type": ["NewsArticle", 3], "author": {"name": {"name": 5}}, "headline": 7}',
    ],
)
def test_json_ld_that_is_none_says_nothing(broken: str) -> None:
    assert read(f'<script type="application/ld+json">{broken}</script>') == {}


def test_meta_tags_are_read_by_any_of_their_names() -> None:
    assert read(
        '<meta property="og:title" content="마루 공개 - 누리일보"><meta property="og:site_name" content="누리일보">'
        '<meta name="author" content="김하늘"><meta itemprop="datePublished" content="2026-11-20"><link rel="canonical" href="/a">'
    ) == {"title": "마루 공개", "publisher": "누리일보", "author": "김하늘", "published": "2026-11-20", "url": "/a"}


def test_accounts_and_addresses_are_no_names_and_a_publisher_is_no_author() -> None:
    assert read(
        '<meta property="article:author" content="https://social.example/nuri"><meta name="twitter:creator" content="@nuri">'
        '<meta name="author" content="누리일보"><meta property="og:site_name" content="누리일보">'
    ) == {"publisher": "누리일보"}


@pytest.mark.parametrize(
    "name", ["article:modified_time", "dateModified", "last-modified", "og:updated_time", "description"]
)
def test_a_last_change_is_no_day_of_publication(name: str) -> None:
    assert read(f'<meta property="{name}" content="2026-11-20">') == {}


def test_time_elements_count_where_they_can_mean_one_day_only() -> None:
    first, other = '<time datetime="2026-11-20T09:31">', '<time datetime="2026-11-19">'
    assert read(body=first + first) == {"published": "2026-11-20T09:31"}
    assert read(body=first + other) == {}
    assert read(body=other + '<time pubdate datetime="2026-11-20">') == {"published": "2026-11-20"}
    assert read(body='<span class="t" data-date-time="2026-11-20 09:31:02">2026.11.20. 오전 9:31</span>') == {
        "published": "2026-11-20 09:31:02"
    }


def test_a_byline_gives_a_name_without_its_mail_address() -> None:
    assert read(body='<span class="byline">김하늘 기자 (haneul@example.com)</span>') == {"author": "김하늘 기자"}
    assert read(body=f'<div class="reporter_area">{"긴 글 " * 60}</div>') == {}


def test_the_only_heading_is_the_title_and_otherwise_what_the_browser_shows() -> None:
    assert read("<title>누리일보</title>", "<h1> 마루 공개 </h1>") == {"title": "마루 공개"}
    assert read("<title>마루 공개</title>", "<h1>가</h1><h1>나</h1>") == {"title": "마루 공개"}


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-20",
        "2026-11-20T23:59:59Z",
        "2026.11.20 09:31",
        "2026. 11. 20. 오전 9:31",
        "2026/11/20",
        "2026년 11월 20일",
        "20261120",
        "20261120093100",
        "20261120T0931",
    ],
)
def test_a_day_is_read_as_it_was_written_there(text: str) -> None:
    assert parse_day(text) == "2026-11-20"


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "어제",
        "20/11/2026",
        "11-20-2026",
        "2026-13-20",
        "2026-02-30",
        "2026-11",
        "1763600000",
        "1763600000000",
        "20261120.5",
        "2026-11-200",
    ],
)
def test_no_day_is_made_of_anything_else(text: str | None) -> None:
    assert parse_day(text) is None


@pytest.mark.parametrize(
    ("text", "base", "read"),
    [
        ("https://news.example.com/a?b=1", None, "https://news.example.com/a?b=1"),
        ("/a/1", "https://news.example.com/b", "https://news.example.com/a/1"),
        ("//m.example.com/a", "https://news.example.com/b", "https://m.example.com/a"),
        ("/a/1", None, None),
        ("javascript:alert(1)", "https://news.example.com/", None),
        ("data:text/html,hi", None, None),
        ("file:///etc/passwd", "https://news.example.com/", None),
        ("https://user:secret@example.com/", None, None),
        ("https://exa mple.com/", None, None),
        ("https://example.com/\u202etxt", None, None),
        ("https://[::1", None, None),
        ("https://example.com:99999/", None, None),
        ("https://example.com/" + "a" * 2_000, None, None),
    ],
)
def test_an_address_is_http_with_a_host_or_nothing(text: str, base: str | None, read: str | None) -> None:
    assert parse_address(text, base) == read
