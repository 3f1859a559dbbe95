"""Days and addresses are read where there is one way to read them."""

import pytest

from knowledge.ingest.declared import address, day


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
    assert day(text) == "2026-11-20"


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
    assert day(text) is None


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
    assert address(text, base) == read
