"""Pages come from any public host, and from no other, by the rules of their sites and unhurriedly."""

import asyncio
import builtins
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from knowledge.fetch import robots
from knowledge.fetch.client import WebClient, WebPage
from knowledge.fetch.response import FetchLimits, Validators
from knowledge.fetch.url_policy import PublicHosts
from knowledge.model.errors import FetchError, StoreError
from tests.knowledge import origin as loopback
from tests.knowledge.origin import HOST, Origin, answer, dripping, moved, resolver

NEWS, OTHER = "news.example", "other.example"
ARTICLE = "<!doctype html><title>모형의 값</title><p>값이 절반이 되었다.".encode()
HTML = {"Content_Type": "text/html; charset=EUC-KR"}


@pytest.fixture
def origin() -> Iterator[Origin]:
    """A server on loopback for every name."""
    with loopback.origin() as server:
        yield server


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


def web(
    *origins: Origin, names: dict[str, list[str]] | None = None, clock: Clock | None = None, **options: Any
) -> WebClient:
    clock = clock or Clock()
    known = resolver(names or {NEWS: [HOST], OTHER: [HOST]})
    allowed = PublicHosts(frozenset(one.port for one in origins))
    return WebClient(allowed, resolver=known, clock=clock, sleep=clock.sleep, **options)


async def got(opened: WebClient, *urls: str, **options: Any) -> list[WebPage]:
    async with opened:
        return [await opened.get(url, **options) for url in urls]


def refused(opened: WebClient, url: str, **options: Any) -> FetchError:
    with pytest.raises(FetchError) as error:
        asyncio.run(got(opened, url, **options))
    return error.value


def at(origin: Origin, path: str, host: str = NEWS) -> str:
    return f"http://{host}:{origin.port}{path}"


def paths(origin: Origin) -> list[str]:
    return [path for path, _ in origin.requests]


def test_a_page_comes_with_what_its_server_says_of_it(origin: Origin) -> None:
    origin.has("/a", ARTICLE, ETag='"1"', Last_Modified="Mon, 16 Feb 2026 10:00:00 GMT", **HTML)
    (page,) = asyncio.run(got(web(origin), at(origin, "/a")))
    assert (page.url, page.body, page.changed) == (at(origin, "/a"), ARTICLE, True)
    assert (page.media_type, page.charset) == ("text/html", "EUC-KR")
    assert page.validators == Validators('"1"', "Mon, 16 Feb 2026 10:00:00 GMT")
    assert page.modified == datetime(2026, 2, 16, 10, tzinfo=UTC)
    assert page.fetched.tzinfo == UTC
    headers = origin.requests[-1][1]
    assert headers["user-agent"] == "ai-trends-mcp (+https://github.com/ai-trends-mcp/ai-trends-mcp)"
    assert not {"cookie", "authorization", "referer"} & set(headers)


def test_a_page_that_did_not_change_does_not_come_again(origin: Origin) -> None:
    origin.answers["/a"] = loopback.conditional(ARTICLE, '"1"', **HTML)
    (page,) = asyncio.run(got(web(origin), at(origin, "/a"), known=Validators('"1"')))
    assert (page.changed, page.body, page.validators) == (False, b"", Validators('"1"'))


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("ftp://news.example/a", "is asked for by ftp, and not by http or https"),
        ("file:///etc/passwd", "is asked for by file"),
        ("//news.example/a", "is no address of http"),
        ("javascript:alert(1)", "is asked for by javascript"),
        ("https:///a", "is at no host, which is no name of a host"),
        ("https://news.example:8443/", "is at port 8443, which is not allowed"),
        ("https://news.example:80/", "is at port 80"),
        ("http://news.example:443/", "is at port 443"),
        ("http://news.example:22/", "is at port 22"),
        ("ftp://me:secret@news.example/", "carries a user’s name or password"),
        ("http://me:secret@news.example/", "carries a user’s name or password"),
        ("http://news.example\\@other.example/", "carries a user’s name or password"),
        ("http://other.example\\.news.example/", "which is no name of a host"),
        ("http://news.example/\ud800", "is no address that can be read"),
        ("http://[::1/", "is no address that can be read"),
        (f"http://news.example/{'a' * 2_000}", "has more than 2,000 characters"),
        ("http://localhost/", "is at localhost, which is no name of the public network"),
        ("http://LOCALHOST./", "which is no name of the public network"),
        ("http://ⓛocalhost/", "which is no name of the public network"),
        ("http://intranet/", "which is no name of the public network"),
        ("http://printer.local/", "which is no name of the public network"),
        ("http://a.localhost/", "which is no name of the public network"),
        ("http://metadata.google.internal/", "which is no name of the public network"),
        ("http://a..example/", "which is no name of a host"),
        ("http://news.example../", "which is no name of a host"),
        ("http://%6c%6fcalhost/", "which is no name of a host"),
        ("http://-a.example/", "which is no name of a host"),
        (f"http://{'a' * 64}.example/", "which is no name of a host"),
        ("http://exa\u200dmple.com/", "which is no name of a host"),
        ("http://☃☃☃.example/", "which is no name of a host"),
    ],
)
def test_what_is_no_address_of_the_public_network_is_not_asked(url: str, problem: str) -> None:
    names = resolver({})
    error = refused(WebClient(resolver=names), url)
    assert problem in str(error)
    assert "Only http and https, without a port, are asked for, from hosts of the public network" in str(error)
    assert "secret" not in str(error)
    assert error.permanent
    assert names.lookups == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.0.0.1.", "0", "0x", "①②⑦.0.0.1", "１２７.0.0.1",
        "127。0。0。1", "8.8.8.8", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
        "[fe80::1%eth0]", "[2606:4700::6810:1]", "news.example.1", "news.0x7f",
    ],
)  # fmt: skip
def test_an_ip_address_is_not_asked_however_it_is_written(host: str) -> None:
    names = resolver({})
    assert "which is an IP address and no name" in str(refused(WebClient(resolver=names), f"http://{host}/"))
    assert names.lookups == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "::ffff:7f00:1", "64:ff9b::7f00:1", "2002:7f00:1::", "fe80::1%eth0", "224.0.0.1", "240.0.0.1"],
)  # fmt: skip
def test_a_public_name_that_stands_for_an_address_that_is_not_public_is_not_asked(address: str) -> None:
    error = refused(WebClient(resolver=resolver({NEWS: ["93.184.216.34", address]})), f"http://{NEWS}/")
    assert f"its name {NEWS} stands for the address {address}). Only public addresses may be asked" in str(error)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("한국.kr", "xn--3e0b707e.kr"),
        ("뉴스.한국", "xn--vg1b002a.xn--3e0b707e"),
        ("NEWS.Example.", "news.example"),
        ("my_blog.example", "my_blog.example"),
        ("r3---a.example", "r3---a.example"),
        ("faß.example", "xn--fa-hia.example"),
    ],
)
def test_names_are_asked_as_browsers_ask_them(written: str, asked: str, origin: Origin) -> None:
    origin.has("/a", ARTICLE, **HTML)
    (page,) = asyncio.run(got(web(origin, names={asked: [HOST]}), f"http://{written}:{origin.port}/a"))
    assert page.url == f"http://{asked}:{origin.port}/a"
    assert origin.requests[-1][1]["host"] == f"{asked}:{origin.port}"


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("/기사/1?제목=값", "/%EA%B8%B0%EC%82%AC/1?%EC%A0%9C%EB%AA%A9=%EA%B0%92"),
        ("/search?q=%C0%CE%B0%F8%C1%F6%B4%C9&p=1", "/search?q=%C0%CE%B0%F8%C1%F6%B4%C9&p=1"),
        ("/a b#part", "/a%20b"),
        ("/100%", "/100%"),
    ],
)
def test_korean_addresses_are_asked_as_they_were_meant(written: str, asked: str, origin: Origin) -> None:
    origin.has(asked, ARTICLE, **HTML)
    (page,) = asyncio.run(got(web(origin), at(origin, written)))
    assert page.url == at(origin, asked)


@pytest.mark.parametrize(
    ("charset", "asked"), [("utf-8", "/%EA%B8%B0%EC%82%AC"), ("euc-kr", "/%B1%E2%BB%E7")], ids=["utf-8", "euc-kr"]
)
def test_a_redirect_in_the_bytes_of_any_charset_is_followed(charset: str, asked: str, origin: Origin) -> None:
    origin.answers["/a"] = loopback.raw(
        b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /" + "기사".encode(charset) + b"\r\n\r\n"
    )
    origin.has(asked, ARTICLE, **HTML)
    (page,) = asyncio.run(got(web(origin), at(origin, "/a")))
    assert page.url == at(origin, asked)


@pytest.mark.parametrize(
    ("location", "problem"),
    [
        ("http://127.0.0.1/", "redirects to http://127.0.0.1/, which is at 127.0.0.1, which is an IP address and no name"),
        ("http://2130706433/", "which is an IP address and no name"),
        ("http://[::ffff:7f00:1]/", "which is an IP address and no name"),
        ("http://localhost/", "which is no name of the public network"),
        ("http://inside.example/", "stands for the address 10.0.0.1). Only public addresses may be asked"),
        ("http://news.example:22/", "is at port 22"),
        ("ftp://news.example/", "is asked for by ftp"),
        ("http://me:secret@other.example/", "carries a user’s name"),
    ],
)  # fmt: skip
def test_where_a_redirect_leads_is_checked_before_it_is_asked(location: str, problem: str, origin: Origin) -> None:
    origin.answers["/a"] = moved(location)
    names = {NEWS: [HOST], "inside.example": ["10.0.0.1"]}
    error = refused(web(origin, names=names), at(origin, "/a"))
    assert problem in str(error)
    assert "secret" not in str(error)
    assert paths(origin) == ["/robots.txt", "/a"]


def test_from_https_nothing_leads_back_to_http(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, origin: Origin) -> None:
    origin.has("/a", ARTICLE, **HTML)
    with loopback.origin(loopback.certified(tmp_path, NEWS, monkeypatch)) as secure:
        url = f"https://{NEWS}:{secure.port}/a"
        secure.answers["/a"] = moved(at(origin, "/a"))
        error = refused(web(origin, secure), url)
        assert f"redirects to {at(origin, '/a')}, which is asked for by http, and not by https" in str(error)
        secure.has("/a", ARTICLE, **HTML)
        origin.answers["/a"] = moved(url)
        (page,) = asyncio.run(got(web(origin, secure), at(origin, "/a")))
        assert page.url == url


def test_nothing_travels_from_host_to_host(origin: Origin) -> None:
    origin.answers["/a"] = moved(at(origin, "/b", OTHER), Set_Cookie="a=b; Path=/")
    origin.has("/b", ARTICLE, Set_Cookie="c=d", **HTML)
    asyncio.run(got(web(origin), at(origin, "/a"), at(origin, "/b", OTHER)))
    assert not any({"cookie", "authorization", "referer"} & set(headers) for _, headers in origin.requests)


def test_a_page_has_a_cap_and_is_asked_for_uncompressed(origin: Origin) -> None:
    origin.has("/long", bytes(16 * 2**20 + 1), **HTML)
    origin.has("/bomb", loopback.bomb(16 * 2**20 + 1), Content_Encoding="gzip", **HTML)
    origin.has("/br", ARTICLE, Content_Encoding="br", **HTML)
    origin.has("/pdf", b"%PDF" + bytes(17 * 2**20), Content_Type="application/pdf")
    assert "is longer than 16,777,216 bytes" in str(refused(web(origin), at(origin, "/long")))
    assert "is compressed (gzip)" in str(refused(web(origin), at(origin, "/bomb")))
    assert "is compressed (br)" in str(refused(web(origin), at(origin, "/br")))
    (page,) = asyncio.run(got(web(origin), at(origin, "/pdf")))
    assert len(page.body) == 17 * 2**20 + 4
    assert origin.requests[-1][1]["accept-encoding"] == "identity"


def test_a_page_that_drips_and_redirects_without_an_end_are_given_up(origin: Origin) -> None:
    origin.answers["/robots.txt"] = answer(b"", 404)
    origin.answers["/slow"] = dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    error = refused(web(origin, limits=FetchLimits(whole_s=0.4)), at(origin, "/slow"))
    assert "was not fetched within 0.4 seconds" in str(error)
    assert not error.permanent
    for step in range(9):
        origin.answers[f"/{step}"] = moved(f"/{step + 1}")
    assert "redirects more than 5 times" in str(refused(web(origin), at(origin, "/0")))


def test_what_is_no_article_is_not_fetched(origin: Origin) -> None:
    origin.has("/a", b"PK", Content_Type="application/zip")
    error = refused(web(origin), at(origin, "/a"))
    assert "is answered with application/zip. text/html or" in str(error)
    assert error.permanent


def test_without_room_for_it_a_sentence_says_so(origin: Origin) -> None:
    origin.has("/a", ARTICLE, **HTML)

    async def spoilt() -> None:
        async with web(origin) as opened:
            assert opened._folder
            opened._folder.cleanup()
            await opened.get(at(origin, "/a"))

    with pytest.raises(FetchError, match=r"cannot be kept while it comes \(No such file or directory\)"):
        asyncio.run(spoilt())


def test_the_environments_proxy_has_no_say(origin: Origin, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    origin.has("/a", ARTICLE, **HTML)
    assert asyncio.run(got(web(origin), at(origin, "/a")))[0].body == ARTICLE


# Rules of sites


def test_a_page_that_its_site_keeps_programs_out_of_is_left_alone(origin: Origin) -> None:
    origin.has("/robots.txt", b"User-agent: *\nDisallow: /in\nAllow: /in/news\n", Content_Type="text/plain")
    origin.has("/in/a", ARTICLE, **HTML)
    origin.has("/in/news", ARTICLE, **HTML)
    error = refused(web(origin), at(origin, "/in/a"))
    assert str(error) == (
        f"{at(origin, '/in/a')}: is not for programs, as the robots.txt of its site says. What a site keeps programs out of "
        "is left alone. Open the address in a browser, save the page, and add the file."
    )
    assert error.permanent
    assert paths(origin) == ["/robots.txt"]
    assert asyncio.run(got(web(origin), at(origin, "/in/news")))[0].changed


@pytest.mark.parametrize(
    ("rules", "is_allowed"),
    [
        ("User-agent: *\nDisallow: /\n\nUser-agent: AI-Trends-MCP\nDisallow:", True),
        ("User-agent: *\nAllow: /\n\nUser-agent: other\nUser-agent: ai-trends-mcp/1.0 # you\nDisallow: /", False),
        ("User-agent: other\nDisallow: /", True),
        ("User-agent: ai\nDisallow: /", True),
        ("\ufeffUser-agent: *\r\nDisallow: /*.html$", True),
        ("user agent *\nDisallow: /기사", False),
        ("User-agent: *\nDisallow: /%EA%B8%B0", False),
        ("<html>no rules</html>", True),
        ("", True),
        ("\x00\xff:::\n" * 9, True),
        ("User-agent: *\n" + "#" * 600_000 + "\nDisallow: /", True),
    ],
)
def test_the_rules_for_us_count_and_else_those_for_all(rules: str, is_allowed: bool, origin: Origin) -> None:
    origin.has("/robots.txt", rules.encode(), Content_Type="text/html" if "html>" in rules else "text/plain")
    origin.has("/%EA%B8%B0%EC%82%AC", ARTICLE, **HTML)
    if is_allowed:
        assert asyncio.run(got(web(origin), at(origin, "/기사")))[0].changed
    else:
        assert "is not for programs" in str(refused(web(origin), at(origin, "/기사")))


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_rules_allows_everything(status: int, origin: Origin) -> None:
    origin.answers["/robots.txt"] = answer(b"", status)
    origin.has("/a", ARTICLE, **HTML)
    assert asyncio.run(got(web(origin), at(origin, "/a")))[0].changed


@pytest.mark.parametrize(
    "given",
    [
        answer(b"", 500),
        answer(b"", 429),
        loopback.raw(b""),
        moved("http://127.0.0.1/"),
        answer(bytes(2**21 + 1)),
        answer(loopback.bomb(1000), Content_Encoding="gzip"),
    ],
    ids=["500", "429", "broken", "elsewhere", "endless", "compressed"],
)
def test_a_site_whose_rules_cannot_be_had_is_left_alone_for_now(given: loopback.Answer, origin: Origin) -> None:
    origin.answers["/robots.txt"] = given
    origin.has("/a", ARTICLE, **HTML)
    error = refused(web(origin), at(origin, "/a"))
    assert f"is not asked for, since the rules of its site cannot be had ({at(origin, '/robots.txt')}: " in str(error)
    assert str(error).endswith(", or save the page in a browser and add the file.")
    assert not error.permanent
    assert "/a" not in paths(origin)


def test_rules_are_asked_for_once_a_day_and_again_soon_where_they_could_not_be_had(origin: Origin) -> None:
    clock = Clock()
    origin.has("/a", ARTICLE, **HTML)

    async def visits() -> None:
        async with web(origin, clock=clock) as opened:
            origin.answers["/robots.txt"] = answer(b"", 500)
            for _ in range(2):
                with pytest.raises(FetchError):
                    await opened.get(at(origin, "/a"))
            assert paths(origin) == ["/robots.txt"]
            clock.now += 300
            origin.answers["/robots.txt"] = answer(b"", 404)
            await asyncio.gather(*(opened.get(at(origin, "/a")) for _ in range(3)))
            assert paths(origin) == ["/robots.txt", "/robots.txt", "/a", "/a", "/a"]
            clock.now += 86_400
            await opened.get(at(origin, "/a"))
            assert paths(origin)[-2:] == ["/robots.txt", "/a"]

    asyncio.run(visits())


def test_the_rules_of_the_host_that_is_redirected_to_count_too(origin: Origin) -> None:
    origin.answers["/a"] = moved(at(origin, "/b", OTHER))
    origin.has("/b", ARTICLE, **HTML)

    def rules(handler: loopback.Handler) -> None:
        other = handler.headers["Host"].startswith(OTHER)
        answer(b"User-agent: *\nDisallow: /b" if other else b"User-agent: *\nDisallow:")(handler)

    origin.answers["/robots.txt"] = rules
    assert f"{at(origin, '/b', OTHER)}: is not for programs" in str(refused(web(origin), at(origin, "/a")))
    assert paths(origin) == ["/robots.txt", "/a", "/robots.txt"]


def test_rules_made_to_wear_readers_out_are_read_soon_enough() -> None:
    many = [f"User-agent: a{number}" for number in range(17_000)] + ["User-agent: *"] + ["Allow: /"] * 60_000
    assert robots.parse_robots("\n".join(many).encode()).can_fetch("http://news.example/", robots.ROBOT_NAME)
    stars = "User-agent: *\nDisallow: /" + "*a" * 200_000 + "b"
    assert robots.parse_robots(stars.encode()).can_fetch("http://news.example/" + "a" * 1_900, robots.ROBOT_NAME)


def test_without_the_extra_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch, origin: Origin) -> None:
    real = builtins.__import__

    def without(name: str, *given: Any, **named: Any) -> Any:
        if name == "protego":
            raise ImportError(name)
        return real(name, *given, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    origin.has("/robots.txt", b"User-agent: *")
    with pytest.raises(StoreError, match=r"pip install 'ai-trends-mcp\[articles\]'"):
        asyncio.run(got(web(origin), at(origin, "/a")))


# Pace


def test_a_host_is_asked_one_at_a_time_and_a_second_apart(origin: Origin) -> None:
    clock, running, most = Clock(), 0, 0
    origin.answers["/robots.txt"] = answer(b"", 404)
    for number in range(4):
        origin.has(f"/{number}", ARTICLE, **HTML)

    def counted(handler: loopback.Handler) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        answer(ARTICLE, 200, **HTML)(handler)
        running -= 1

    origin.answers["/0"] = origin.answers["/1"] = origin.answers["/2"] = counted

    async def visits() -> None:
        async with web(origin, clock=clock) as opened:
            await asyncio.gather(*(opened.get(at(origin, f"/{number}")) for number in range(3)))

    asyncio.run(visits())
    assert clock.slept == [1.0, 1.0, 1.0]
    assert most == 1


@pytest.mark.parametrize(("said", "kept"), [("5", 5.0), ("0.2", 1.0), ("3600", 30.0), ("soon", 1.0), ("-1", 1.0)])
def test_a_site_says_how_far_apart_requests_are_wanted_within_reason(said: str, kept: float, origin: Origin) -> None:
    clock = Clock()
    origin.has("/robots.txt", f"User-agent: *\nCrawl-delay: {said}".encode())
    origin.has("/a", ARTICLE, **HTML)
    asyncio.run(got(web(origin, clock=clock), at(origin, "/a"), at(origin, "/a")))
    assert clock.slept == [1.0, kept]


def test_hosts_are_asked_beside_each_other(origin: Origin) -> None:
    met = asyncio.Event()
    both = {NEWS: False, OTHER: False}
    clock = Clock()

    def wait(handler: loopback.Handler) -> None:
        both[handler.headers["Host"].partition(":")[0]] = True
        while not all(both.values()):
            if handler.origin.stopped.wait(0.01):
                return
        answer(ARTICLE, 200, **HTML)(handler)

    origin.answers["/a"] = wait

    async def visits() -> None:
        async with web(origin, clock=clock) as opened:
            await asyncio.gather(*(opened.get(at(origin, "/a", host)) for host in both))
            met.set()

    asyncio.run(visits())
    assert met.is_set()


@pytest.mark.parametrize(
    ("status", "headers", "rest"),
    [(429, {"Retry_After": "600"}, 600), (503, {}, 60), (503, {"Retry_After": "9" * 30}, 86_400)],
)
def test_a_host_that_asks_to_be_left_alone_is(status: int, headers: dict[str, str], rest: int, origin: Origin) -> None:
    clock = Clock()
    origin.answers["/a"] = answer(b"", status, **headers)
    origin.has("/b", ARTICLE, **HTML)

    async def visits() -> None:
        async with web(origin, clock=clock) as opened:
            with pytest.raises(FetchError, match=f"status {status}"):
                await opened.get(at(origin, "/a"))
            with pytest.raises(FetchError, match=f"asked to be left alone for {rest:,} more seconds") as error:
                await opened.get(at(origin, "/b"))
            assert not error.value.permanent
            assert (await opened.get(at(origin, "/b", OTHER))).changed
            clock.now += rest
            assert (await opened.get(at(origin, "/b"))).changed

    asyncio.run(visits())
    assert paths(origin).count("/b") == 2


def test_a_short_rest_is_waited_for(origin: Origin) -> None:
    clock = Clock()
    origin.answers["/a"] = answer(b"", 503, Retry_After="20")
    origin.has("/b", ARTICLE, **HTML)

    async def visits() -> None:
        async with web(origin, clock=clock) as opened:
            with pytest.raises(FetchError):
                await opened.get(at(origin, "/a"))
            assert (await opened.get(at(origin, "/b"))).changed

    asyncio.run(visits())
    assert clock.slept == [1.0, 20.0]
