"""Settings from the environment and the command line, and errors of invalid ones."""

from ipaddress import ip_address
from pathlib import Path

import pytest

from knowledge.search.embeddings import EmbeddingSource
from mcp_server.cli.library import embeddings
from mcp_server.settings import HttpSettings, Settings, SettingsError, option, variable
from mcp_server.transports.rate_limit import RateLimit, client_of


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in HttpSettings.model_fields:
        monkeypatch.delenv(variable(name), raising=False)


def test_the_environment_sets_and_options_go_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AI_TRENDS_PORT", "9000")
    monkeypatch.setenv("AI_TRENDS_PATH", "/kb/mcp")
    settings = HttpSettings.read(port="9001", host=None)
    assert (settings.host, settings.port, settings.path) == ("127.0.0.1", 9001, "/kb/mcp")


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AI_TRENDS_PORT", "")
    assert HttpSettings.read() == HttpSettings()


def test_lists_are_separated_by_commas() -> None:
    settings = HttpSettings.read(
        allowed_hosts="MCP.example.org, [2001:db8::1]:8443", trusted_proxies="10.0.0.0/8,10.1.2.3"
    )
    assert settings.allowed_hosts == ("mcp.example.org", "[2001:db8::1]:8443")
    assert settings.trusted_proxies == ("10.0.0.0/8", "10.1.2.3/32")


def test_a_library_in_memory_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AI_TRENDS_LIBRARY", ":memory:")
    assert Settings.read().library is None
    monkeypatch.setenv("AI_TRENDS_LIBRARY", "~/trends.sqlite3")
    assert Settings.read().library == Path.home() / "trends.sqlite3"


def test_everyday_words_are_looked_for_beside_the_library(tmp_path: Path) -> None:
    settings = Settings.read(library=str(tmp_path / "library.sqlite3"))
    assert settings.own_terms is None
    (tmp_path / "terms.toml").touch()
    assert settings.own_terms == tmp_path / "terms.toml"
    named = Settings.read(library=str(tmp_path / "library.sqlite3"), terms=str(tmp_path / "mine.toml"))
    assert named.own_terms == tmp_path / "mine.toml"
    assert Settings.read(library=":memory:").own_terms is None


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "analyzer",
            "nori",
            "cannot be 'nori'. It is: The analyzer that turns text into search terms: `plain`, or `morphemes`, which",
        ),
        ("port", "http", "cannot be 'http'. It is: The port to listen on, 0 to 65535"),
        ("port", "65536", "cannot be '65536'. It is: The port to listen on, 0 to 65535"),
        ("path", "mcp", "cannot be 'mcp'. It is: The path of the MCP endpoint: begins with `/`, as in `/mcp`."),
        ("path", "/health", "/health is the health check: choose another path for the MCP endpoint."),
        ("rate_limit", "-1", "It is: Requests a minute from one client address"),
        ("max_body", "1MB", "It is: The largest request body in bytes, 1024 or more."),
        ("allowed_hosts", "https://example.org/mcp", "‘https://example.org/mcp’ is not a host: write mcp.example.org"),
        ("allowed_hosts", "*", "‘*’ is not a host"),
        ("allowed_origins", "example.org", "‘example.org’ is not an origin: write https://app.example.org"),
        ("trusted_proxies", "*", "‘*’ is not an address or network: write 10.0.0.5 or 10.0.0.0/8"),
        (
            "host",
            "0.0.0.0",
            "‘0.0.0.0’ can be reached from other machines: name the hosts that clients will ask for with",
        ),
        ("host", "mcp.example.org", "with --allowed-hosts or AI_TRENDS_ALLOWED_HOSTS, such as mcp.example.org."),
    ],
)
def test_a_bad_value_is_answered_with_what_it_takes(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    with pytest.raises(SettingsError) as by_option:
        HttpSettings.read(**{name: value})
    monkeypatch.setenv(variable(name), value)
    with pytest.raises(SettingsError) as by_variable:
        HttpSettings.read()
    assert sentence in str(by_option.value)
    assert str(by_variable.value) == str(by_option.value).replace(f"{option(name)} cannot", f"{variable(name)} cannot")
    assert "\n" not in str(by_option.value)


def test_what_only_http_reads_does_not_stop_anything_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AI_TRENDS_PORT", "nonsense")
    assert Settings.read() == Settings()


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (
            {"dense": "ftp://api.example.org"},
            "AI_TRENDS_DENSE is not a URL: write https://api.example.org",
        ),
        ({"dense": "https:///v1"}, "AI_TRENDS_DENSE is not a URL"),
        ({"dense": "http://127.0.0.1:8080/v1"}, "is an embeddings API: name its model with AI_TRENDS_DENSE_MODEL."),
        (
            {"dense": "http://api.example.org/v1", "dense_model": "small", "dense_key": "secret"},
            "AI_TRENDS_DENSE_KEY would go over the network unencrypted: use https in AI_TRENDS_DENSE.",
        ),
    ],
)
def test_an_embeddings_api_is_named_whole_and_asked_safely(settings: dict[str, str], sentence: str) -> None:
    with pytest.raises(SettingsError) as wrong:
        Settings.read(**settings)
    assert sentence in str(wrong.value)
    assert "secret" not in str(wrong.value)


def test_embeddings_come_from_a_folder_or_an_api() -> None:
    assert embeddings(Settings.read()) is None
    assert embeddings(Settings.read(dense="~/model")) == EmbeddingSource("~/model")
    api = Settings.read(dense="https://api.example.org/v1", dense_model="small", dense_key="secret")
    assert embeddings(api) == EmbeddingSource("https://api.example.org/v1", "small", "secret")
    assert "secret" not in repr(api) + repr(embeddings(api))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_a_loopback_address_needs_no_allowed_hosts(host: str) -> None:
    assert HttpSettings(host=host).allowed_hosts == ()


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_minutes_worth_may_come_at_once_and_refills_steadily() -> None:
    clock = Clock()
    limit = RateLimit(60, now=clock)
    assert [limit.wait("a") for _ in range(60)] == [0.0] * 60
    assert limit.wait("a") == pytest.approx(1.0)
    assert limit.wait("b") == 0.0
    clock.now += 2.0
    assert [limit.wait("a"), limit.wait("a")] == [0.0, 0.0]
    assert limit.wait("a") == pytest.approx(1.0)


def test_being_refused_does_not_lengthen_the_wait() -> None:
    clock = Clock()
    limit = RateLimit(1, now=clock)
    limit.wait("a")
    waits = [limit.wait("a") for _ in range(100)]
    assert set(waits) == {60.0}


def test_many_clients_take_bounded_memory_and_shut_nobody_out() -> None:
    clock = Clock()
    limit = RateLimit(60, most_clients=100, now=clock)
    for number in range(10_000):
        assert limit.wait(str(number)) == 0.0
    assert len(limit) <= 100
    assert limit.wait("someone new") == 0.0


def test_clients_that_refilled_are_forgotten() -> None:
    clock = Clock()
    limit = RateLimit(60, now=clock)
    for number in range(1000):
        limit.wait(str(number))
    clock.now += 60
    for _ in range(600):
        limit.wait("a")
    assert len(limit) == 1


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("not:an:address", "not:an:address"),
        ("testclient", "testclient"),
    ],
)
def test_one_subscriber_is_one_client(address: str, client: str) -> None:
    assert client_of(address) == client
    if client.count(":") > 2:
        assert ip_address(client)
