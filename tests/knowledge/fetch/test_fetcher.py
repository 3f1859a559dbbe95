"""Downloads: allowed hosts, limits, and the errors of refused ones."""

import asyncio
import gzip
import socket
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from knowledge.fetch.fetcher import Fetcher
from knowledge.fetch.ip_addresses import is_public, resolve
from knowledge.fetch.proxies import environment_proxy
from knowledge.fetch.response import FetchLimits, Validators
from knowledge.fetch.url_policy import AllowedHosts
from knowledge.model.errors import FetchError, StoreError
from tests.knowledge import origin as loopback
from tests.knowledge.origin import CSV, HOST, Answer, Origin, answer, dripping, moved, raw, resolver

NAME = "data.example"
HTML = b"\n <!DOCTYPE html><html><title>Just a moment...</title></html>"


@pytest.fixture
def origin() -> Iterator[Origin]:
    """A server on loopback."""
    with loopback.origin() as server:
        yield server


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Return the file to download to."""
    return tmp_path / "fetched"


def _refused(fetcher: Fetcher, url: str, target: Path, **options: object) -> str:
    """The sentence that says why; nothing is left behind."""
    with pytest.raises(FetchError) as refused:
        asyncio.run(fetcher.fetch(url, target, **options))  # type: ignore[arg-type]
    assert not target.exists()
    assert isinstance(refused.value, StoreError)
    said = str(refused.value)
    assert said == f"{refused.value.address}: {refused.value.problem}. {refused.value.allowed}. {refused.value.fix}."
    return said


def test_a_file_comes_whole_with_what_the_server_says_of_it(origin: Origin, target: Path) -> None:
    url = origin.has("/a.csv?x=1", CSV * 50_000, ETag='W/"abc"', Last_Modified="Mon, 16 Feb 2026 10:00:00 GMT")
    reports: list[tuple[int, int | None]] = []
    got = asyncio.run(
        Fetcher(origin.allowed).fetch(
            url, target, media_types=["text/csv"], on_bytes=lambda *progress: reports.append(progress)
        )
    )
    assert target.read_bytes() == CSV * 50_000
    assert (got.url, got.changed, got.proxy) == (url, True, None)
    assert got.validators == Validators('W/"abc"', "Mon, 16 Feb 2026 10:00:00 GMT")
    assert got.modified == datetime(2026, 2, 16, 10, tzinfo=UTC)
    assert reports[-1] == (len(CSV) * 50_000, len(CSV) * 50_000)
    assert len(reports) > 3
    ((path, headers),) = origin.requests
    assert (path, headers["host"]) == ("/a.csv?x=1", f"{HOST}:{origin.port}")
    assert headers["accept-encoding"] == "identity"
    assert not {"cookie", "authorization", "if-none-match", "referer"} & set(headers)


def test_what_is_malformed_of_what_a_server_says_is_left_out(origin: Origin, target: Path) -> None:
    url = origin.has("/", ETag="no quotes", Last_Modified="yesterday")
    got = asyncio.run(Fetcher(origin.allowed).fetch(url, target))
    assert (got.validators, got.modified) == (Validators(), None)


def test_an_unchanged_file_is_not_fetched_again(origin: Origin, target: Path) -> None:
    origin.answers["/"] = loopback.conditional(CSV, '"one"')
    fetcher, url = Fetcher(origin.allowed), origin.url("/")
    first = asyncio.run(fetcher.fetch(url, target))
    target.unlink()
    again = asyncio.run(fetcher.fetch(url, target, Validators(first.validators.etag, "Mon, 16 Feb 2026 10:00:00 GMT")))
    assert (first.changed, again.changed, target.exists()) == (True, False, False)
    assert origin.requests[1][1]["if-modified-since"] == "Mon, 16 Feb 2026 10:00:00 GMT"
    assert (asyncio.run(fetcher.fetch(url, target, Validators('"another"')))).changed
    origin.answers["/"] = answer(b"", 304)
    target.unlink()
    assert "status 304 (Not Modified)" in _refused(fetcher, url, target)


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        (f"http://{NAME}/a.csv", "is asked for by http, and not by https"),
        (f"ftp://{NAME}/a.csv", "is asked for by ftp"),
        ("file:///etc/passwd", "is asked for by file"),
        (f"//{NAME}/a.csv", "is no address of https"),
        ("https:///a.csv", "is at no host"),
        ("https://evil.example/a.csv", "is at evil.example, which is not allowed"),
        (f"https://{NAME}.evil.example/", f"is at {NAME}.evil.example"),
        (f"https://www.{NAME}/", f"is at www.{NAME}"),
        (f"https://{NAME}./", "which is not allowed"),
        ("https://127.0.0.1/", "is at 127.0.0.1"),
        ("https://[::1]/", "is at ::1"),
        (f"https://{NAME}:8443/", "is at port 8443"),
        (f"https://{NAME}:99999/", "is no address that can be read"),
        ("https://[::1/", "is no address that can be read"),
        (f"https://me:secret@{NAME}/", "carries a user’s name or password"),
        (f"https://{NAME}/{'a' * 2_000}", "has more than 2,000 characters"),
        (f"https://{NAME}\\@evil.example/", "carries a user’s name"),
    ],
)
def test_what_is_not_allowed_is_not_asked(url: str, problem: str, target: Path) -> None:
    names = resolver({})
    said = _refused(Fetcher(AllowedHosts(frozenset({NAME})), resolver=names), url, target)
    assert problem in said
    assert f"Only https, without a port, is asked for, from {NAME}." in said
    assert "secret" not in said
    assert names.lookups == []  # type: ignore[attr-defined]


FORBIDDEN = [
    "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "198.18.0.7",
    "192.0.0.1", "192.0.0.8", "192.0.0.9", "192.31.196.1", "192.52.193.1", "192.175.48.1", "2001:20::1", "2620:4f:8000::1",
    "5f00::1", "64:ff9b::c000:8", "192.0.2.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "192.88.99.1", "::1", "::", "fe80::1", "fe80::1%eth0",
    "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1", "3fff::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
    "2002:7f00:1::", "2002:5db8:d822::", "2001:0:7f00:1::", "64:ff9b::127.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "x",
]  # fmt: skip


@pytest.mark.parametrize("address", FORBIDDEN)
def test_a_name_that_stands_for_an_address_that_is_not_public_is_not_asked(address: str, target: Path) -> None:
    names = resolver({NAME: ["93.184.216.34", address]})
    said = _refused(Fetcher(AllowedHosts(frozenset({NAME})), resolver=names), f"https://{NAME}/", target)
    assert f"its name {NAME} stands for the address {address}. Only public addresses may be asked." in said


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:4700::6810:1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
)
def test_public_addresses_are_told_from_others(address: str) -> None:
    assert is_public(address)


def test_a_loopback_port_is_asked_on_this_machine_alone(origin: Origin, target: Path) -> None:
    allowed = AllowedHosts(frozenset({NAME}), frozenset({origin.port}))
    names = resolver({NAME: ["93.184.216.34"]})
    said = _refused(Fetcher(allowed, resolver=names), f"http://{NAME}:{origin.port}/", target)
    assert "Only addresses of this machine may be asked at this port" in said
    assert "stands for no address" in _refused(
        Fetcher(allowed, resolver=resolver({NAME: []})), f"http://{NAME}:{origin.port}/", target
    )


def test_the_address_that_was_checked_is_the_one_that_is_asked(origin: Origin, target: Path) -> None:
    origin.has("/a.csv")
    names = resolver({NAME: ["127.0.0.2", HOST]})  # nothing listens at the first: the second is tried
    allowed = AllowedHosts(frozenset({NAME}), frozenset({origin.port}))
    got = asyncio.run(Fetcher(allowed, resolver=names).fetch(f"http://{NAME}:{origin.port}/a.csv", target))
    assert got.url == f"http://{NAME}:{origin.port}/a.csv"
    assert origin.requests[0][1]["host"] == f"{NAME}:{origin.port}"
    assert names.lookups == [NAME]  # type: ignore[attr-defined]


def test_a_name_is_looked_up_or_said_to_be_unknown(target: Path) -> None:
    assert HOST in asyncio.run(resolve("localhost"))

    async def unknown(_: str) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    async def silent(_: str) -> list[str]:
        await asyncio.sleep(60)
        return []

    allowed, url = AllowedHosts(frozenset({NAME})), f"https://{NAME}/"
    said = _refused(Fetcher(allowed, resolver=unknown), url, target)
    assert f"its name {NAME} cannot be looked up (Name or service not known)" in said
    said = _refused(Fetcher(allowed, FetchLimits(connect_s=0.05), silent), url, target)
    assert "cannot be looked up (no answer in time)" in said


def test_redirects_are_followed_without_cookies(origin: Origin, target: Path) -> None:
    origin.answers["/"] = moved("b/c", 301, Set_Cookie="a=b; Path=/")
    origin.answers["/b/c"] = moved(origin.url("/d"), 308)
    origin.has("/d")
    got = asyncio.run(Fetcher(origin.allowed).fetch(origin.url("/"), target))
    assert (got.url, target.read_bytes()) == (origin.url("/d"), CSV)
    assert not any("cookie" in headers for _, headers in origin.requests)


@pytest.mark.parametrize(
    ("location", "problem"),
    [
        ("https://evil.example/a", "redirects to https://evil.example/a, which is at evil.example"),
        ("//evil.example/a", "redirects to http://evil.example/a, which is asked for by http"),
        ("http://{host}/a", "which is asked for by http, and not by https"),
        ("https://{host}:1/a", "which is at port 1"),
        ("ftp://{host}/a", "which is asked for by ftp"),
        ("file:///etc/passwd", "redirects to file:///etc/passwd, which is asked for by file"),
        ("https://me:secret@{host}/a", "redirects to https://127.0.0.1, which carries a user’s name"),
        ("http://[::1", "redirects to no address"),
        ("https://{host}/a", "stands for the address 127.0.0.1. Only public addresses"),
        ("/", "redirects in a circle"),
        ("#top", "redirects in a circle"),
    ],
)
def test_a_redirect_is_checked_before_it_is_asked(location: str, problem: str, origin: Origin, target: Path) -> None:
    origin.answers["/"] = moved(location.format(host=HOST))
    said = _refused(Fetcher(origin.allowed), origin.url("/"), target)
    assert problem in said
    assert "secret" not in said
    assert len(origin.requests) == 1


def test_an_address_hides_nothing(origin: Origin, target: Path) -> None:
    origin.answers["/"] = moved("/a%20b ü\xadc?q=%2F&r=[1]")
    said = _refused(Fetcher(origin.allowed), origin.url("/"), target)
    asked = origin.requests[1][0]
    assert asked.isascii()
    assert asked.startswith("/a%20b%20")
    assert asked.endswith("c?q=%2F&r=%5B1%5D")
    assert said.startswith(origin.url(f"{asked}: is answered with status 404"))


def test_redirects_come_to_an_end(origin: Origin, target: Path) -> None:
    for step in range(20):
        origin.answers[f"/{step}"] = moved(f"/{step + 1}")
    said = _refused(Fetcher(origin.allowed, FetchLimits(redirects=3)), origin.url("/0"), target)
    assert "redirects more than 3 times. At most 3 redirects" in said
    assert len(origin.requests) == 4
    origin.answers["/"] = answer(b"", 302)
    assert "redirects to no address" in _refused(Fetcher(origin.allowed), origin.url("/"), target)


@pytest.mark.parametrize(
    ("status", "headers", "sentence"),
    [
        (204, {"Content_Length": "0"}, "status 204 (No Content). 200 (OK) is needed. Try again later."),
        (206, {}, "status 206 (Partial Content)"),
        (401, {}, "status 401 (Unauthorized)"),
        (403, {}, "status 403 (Forbidden). 200 (OK) is needed. Open the address in a browser: it may have moved"),
        (404, {}, "status 404 (Not Found)"),
        (429, {"Retry_After": "120"}, "Try again after 120 seconds."),
        (429, {}, "status 429 (Too Many Requests). 200 (OK) is needed. Try again later."),
        (500, {}, "status 500 (Internal Server Error)"),
        (503, {"Retry_After": "Mon, 16 Feb 2026 10:00:00 GMT"}, "Try again after Mon, 16 Feb 2026 10:00:00 GMT."),
        (599, {}, "status 599 (which is no known status)"),
    ],
)
def test_another_status_is_said(
    status: int, headers: dict[str, str], sentence: str, origin: Origin, target: Path
) -> None:
    origin.answers["/"] = answer(b"" if status == 204 else CSV, status, **headers)
    assert sentence in _refused(Fetcher(origin.allowed), origin.url("/"), target)


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "TEXT/CSV", "", "application/pdf"])
def test_a_web_page_is_not_taken_for_a_file(kind: str, origin: Origin, target: Path) -> None:
    url = origin.has("/", HTML, Content_Type=kind)
    said = _refused(Fetcher(origin.allowed), url, target, media_types=("text/csv", "text/plain"))
    assert f"is answered with {'application/pdf' if 'pdf' in kind else 'a web page (text/html)'}" in said
    assert "text/csv or text/plain is needed. Open the address in a browser: it may ask for a login" in said


def test_a_web_page_is_taken_where_one_is_wanted(origin: Origin, target: Path) -> None:
    asyncio.run(
        Fetcher(origin.allowed).fetch(
            origin.has("/", HTML, Content_Type="text/html"), target, media_types=["text/html"]
        )
    )
    assert target.read_bytes() == HTML


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (answer(b""), "is answered with nothing"),
        (answer(CSV, Content_Length=str(len(CSV) + 1)), "broke off before it was whole"),
        (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nModel\r\n"), "broke off before it was whole"),
        (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), "broke off before it was whole"),
        (
            answer(gzip.compress(CSV), Content_Encoding="gzip"),
            "is compressed (gzip), though it was requested uncompressed",
        ),
        (answer(CSV, Content_Encoding="X-GZIP"), "is compressed (x-gzip)"),
        (answer(CSV, Content_Encoding="br"), "is compressed (br)"),
        (answer(CSV, Content_Encoding="gzip, identity"), "is compressed (gzip, identity)"),
        (raw(b"hello\r\n\r\n"), "broke off, or does not speak HTTP"),
        (raw(b""), "broke off, or does not speak HTTP"),
        (raw(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000 + b"\r\n\r\n"), "broke off, or does not speak HTTP"),
    ],
)
def test_what_does_not_come_whole_is_not_taken(given: Answer, problem: str, origin: Origin, target: Path) -> None:
    origin.answers["/"] = given
    assert problem in _refused(Fetcher(origin.allowed), origin.url("/"), target)


def test_what_says_that_it_is_too_long_is_not_read(origin: Origin, target: Path) -> None:
    reports: list[int] = []
    url = origin.has("/", bytes(1001))
    said = _refused(
        Fetcher(origin.allowed, FetchLimits(bytes=1000)), url, target, on_bytes=lambda come, _: reports.append(come)
    )
    assert "is longer than 1,000 bytes. At most 1,000 bytes are fetched." in said
    assert reports == []


def test_what_does_not_say_how_long_it_is_is_counted(origin: Origin, target: Path) -> None:
    origin.answers["/"] = dripping(b"HTTP/1.0 200 OK\r\n\r\n" + b"a" * 1000)
    assert "is longer than 1,010 bytes" in _refused(
        Fetcher(origin.allowed, FetchLimits(bytes=1010)), origin.url("/"), target
    )


def test_what_is_compressed_all_the_same_is_refused_before_it_is_read(origin: Origin, target: Path) -> None:
    url = origin.has("/", loopback.bomb(300_000_000), Content_Encoding="gzip")
    come: list[int] = []
    tracemalloc.start()
    refusal = _refused(
        Fetcher(origin.allowed, FetchLimits(bytes=10_000_000)),
        url,
        target,
        on_bytes=lambda count, _: come.append(count),
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (
        "is compressed (gzip), though it was requested uncompressed. Only uncompressed responses are read." in refusal
    )
    assert come == []
    assert peak < 8_000_000


def test_an_answer_that_says_identity_is_read(origin: Origin, target: Path) -> None:
    asyncio.run(Fetcher(origin.allowed).fetch(origin.has("/", Content_Encoding="Identity"), target))
    assert target.read_bytes() == CSV


@pytest.mark.parametrize(
    "before", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"]
)
def test_what_drips_is_given_up(before: bytes, origin: Origin, target: Path) -> None:
    origin.answers["/"] = dripping(before)
    said = _refused(Fetcher(origin.allowed, FetchLimits(whole_s=0.4)), origin.url("/"), target)
    assert "was not fetched within 0.4 seconds. It may take so long at the most. Try again later." in said


def test_who_says_nothing_is_given_up(origin: Origin, target: Path) -> None:
    origin.answers["/"] = lambda handler: (handler.origin.stopped.wait(5), None)[1]
    said = _refused(Fetcher(origin.allowed, FetchLimits(read_s=0.2)), origin.url("/"), target)
    assert "did not answer within 0.2 seconds" in said


def test_a_server_that_is_not_there_is_said(origin: Origin, target: Path) -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))  # and nobody listens
        port = taken.getsockname()[1]
        allowed = AllowedHosts(frozenset({HOST}), frozenset({port, origin.port}))
        said = _refused(Fetcher(allowed), f"http://{HOST}:{port}/", target)
    assert "cannot be reached (" in said
    assert "TLS failed (" in _refused(Fetcher(allowed), f"https://{HOST}:{origin.port}/", target)


def test_a_certificate_is_held_against_the_name_and_not_the_address(
    tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = loopback.certified(tmp_path, NAME, monkeypatch)
    named: list[str | None] = []
    context.sni_callback = lambda _, name, __: named.append(name)
    with loopback.origin(context) as secure:
        secure.has("/a.csv")
        allowed = AllowedHosts(frozenset({NAME, "other.example"}), frozenset({secure.port}))
        fetcher = Fetcher(allowed, resolver=resolver({NAME: [HOST], "other.example": [HOST]}))
        asyncio.run(fetcher.fetch(f"https://{NAME}:{secure.port}/a.csv", target))
        target.unlink()
        said = _refused(fetcher, f"https://other.example:{secure.port}/a.csv", target)
        assert "cannot be trusted: TLS failed (Hostname mismatch" in said
        assert named == [NAME, "other.example"]
        monkeypatch.delenv("SSL_CERT_FILE")
        said = _refused(fetcher, f"https://{NAME}:{secure.port}/a.csv", target)
        assert "TLS failed (self-signed certificate)" in said
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
        said = _refused(fetcher, f"https://{NAME}:{secure.port}/a.csv", target)
        assert "the certificates that SSL_CERT_FILE names cannot be read" in said


def test_a_proxy_is_asked_for_the_name_and_its_password_is_told_nobody(
    origin: Origin, tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = resolver({})
    given = f"http://me:secret@{HOST}:{origin.port}"
    fetcher = Fetcher(AllowedHosts(frozenset({NAME})), resolver=names, proxy=lambda _: given)
    with loopback.origin(loopback.certified(tmp_path, NAME, monkeypatch)) as secure:
        secure.has("/a.csv")
        origin.behind = secure.port
        got = asyncio.run(fetcher.fetch(f"https://{NAME}/a.csv", target))
        assert (got.proxy, target.read_bytes()) == (f"{HOST}:{origin.port}", CSV)
        assert (secure.requests[0][1]["host"], origin.requests[0][0]) == (NAME, f"{NAME}:443")
        target.unlink()
    origin.behind = None
    said = _refused(fetcher, f"https://{NAME}/a.csv", target)
    assert f"(by the proxy {HOST}:{origin.port}): is not let through by the proxy (403" in said
    assert "secret" not in said
    assert names.lookups == []  # type: ignore[attr-defined]


def test_a_proxy_that_is_not_there_is_said(target: Path) -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))  # and nobody listens
        given = f"http://{HOST}:{taken.getsockname()[1]}"
        said = _refused(
            Fetcher(AllowedHosts(frozenset({NAME})), proxy=lambda _: given), f"https://{NAME}/a.csv", target
        )
    assert ": cannot be reached (Connection refused). The proxy that HTTPS_PROXY names must answer. See whether" in said


def test_only_proxies_that_can_be_used_are_used(target: Path) -> None:
    for proxy, kind in (("socks5://me:secret@localhost:1", "socks5"), ("http://[", "unknown")):
        fetcher = Fetcher(AllowedHosts(frozenset({NAME})), proxy=lambda _, proxy=proxy: proxy)  # type: ignore[misc]
        said = _refused(fetcher, f"https://{NAME}/", target)
        assert f"is of the kind {kind}. Proxies of http and https are used." in said
        assert "secret" not in said


def test_the_environment_has_a_say_only_where_it_is_asked(
    origin: Origin, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "near.example")
    asyncio.run(Fetcher(origin.allowed).fetch(origin.has("/"), target))
    assert environment_proxy(NAME) == "http://127.0.0.1:9"
    assert environment_proxy("near.example") is None


def test_a_file_that_is_there_is_left_alone(origin: Origin, target: Path) -> None:
    target.write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        asyncio.run(Fetcher(origin.allowed).fetch(origin.has("/"), target))
    assert target.read_bytes() == b"mine"


async def test_who_stops_leaves_nothing_behind(origin: Origin, target: Path) -> None:
    origin.answers["/"] = dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    begun = asyncio.Event()
    fetching = asyncio.create_task(
        Fetcher(origin.allowed).fetch(origin.url("/"), target, on_bytes=lambda *_: begun.set())
    )
    await begun.wait()
    assert _left(target)
    fetching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await fetching
    assert not _left(target)


def _left(target: Path) -> list[Path]:
    return list(target.parent.iterdir())
