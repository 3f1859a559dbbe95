"""Settings from the environment and the command line."""

import ipaddress
import os
import re
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

import platformdirs
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)

_PREFIX = "AI_TRENDS_"
_HOST = re.compile(r"(\[[0-9a-fA-F:]+\]|[\w.-]+)(:(\d+|\*))?")


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return _PREFIX + name.upper()


def option(name: str) -> str:
    """Return the command line option of a setting."""
    return "--" + name.replace("_", "-")


HEALTH = "/health"
"""The path of the health check over HTTP."""
LIBRARY = variable("library")
"""The variable that names the library's file."""
TERMS = "terms.toml"
"""The name of the file of everyday words beside the library."""


class SettingsError(ValueError):
    """A setting that cannot be used; the text names it, the reason and what it takes."""


def _file(value: object) -> object:
    if value == ":memory:":
        return None
    return Path(value).expanduser() if isinstance(value, str) else value


def _default_library() -> Path:
    return platformdirs.user_data_path("ai-trends-mcp", appauthor=False) / "library.sqlite3"


def _split(value: object) -> object:
    return tuple(filter(None, re.split(r"[,\s]+", value))) if isinstance(value, str) else value


def _host(value: str) -> str:
    if not _HOST.fullmatch(value):
        raise ValueError(f"‘{value}’ is not a host: write mcp.example.org or mcp.example.org:8443")
    return value.lower()


def _origin(value: str) -> str:
    scheme, separator, host = value.rstrip("/").partition("://")
    if scheme not in {"http", "https"} or not separator or not _HOST.fullmatch(host):
        raise ValueError(f"‘{value}’ is not an origin: write https://app.example.org")
    return f"{scheme}://{host.lower()}"


def _network(value: str) -> str:
    try:
        return str(ipaddress.ip_network(value))
    except ValueError:
        raise ValueError(f"‘{value}’ is not an address or network: write 10.0.0.5 or 10.0.0.0/8") from None


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach a server that listens on `host`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


Hosts = Annotated[tuple[Annotated[str, AfterValidator(_host)], ...], BeforeValidator(_split)]
Origins = Annotated[tuple[Annotated[str, AfterValidator(_origin)], ...], BeforeValidator(_split)]
Networks = Annotated[tuple[Annotated[str, AfterValidator(_network)], ...], BeforeValidator(_split)]


class Settings(BaseModel):
    """Settings that every command reads."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)  # stdio needs no schema of what HTTP reads

    library: Annotated[Path | None, BeforeValidator(_file)] = Field(
        default_factory=_default_library, description="The library's file; `:memory:` keeps nothing."
    )
    analyzer: Literal["plain", "morphemes"] = Field(
        default="plain",
        description="The analyzer that turns text into search terms: `plain`, or `morphemes`, which needs the extra `ko`.",
    )
    terms: Annotated[Path | None, BeforeValidator(_file)] = Field(
        default=None,
        description="A file of your own everyday words; by default, `terms.toml` beside the library if it exists.",
    )
    dense: str | None = Field(
        default=None,
        description="Also search by meaning: a folder with an ONNX model, or the URL of an embeddings API, such as `http://127.0.0.1:8080/v1`; needs the extra `dense`.",
    )
    dense_model: str | None = Field(
        default=None, description="The name of the embeddings API's model; required with an API."
    )
    dense_key: SecretStr | None = Field(default=None, description="The key of the embeddings API, if it needs one.")
    allow_write: bool = Field(
        default=False,
        description="`true` lets assistants add articles and record claims; by default, the server only reads.",
    )

    @model_validator(mode="after")
    def _is_asked_safely(self) -> Self:
        if not self.dense or "://" not in self.dense:
            return self
        address = urlsplit(self.dense)
        if address.scheme not in {"http", "https"} or not address.hostname:
            raise ValueError(f"{variable('dense')} is not a URL: write https://api.example.org/v1")
        if not self.dense_model:
            raise ValueError(f"{variable('dense')} is an embeddings API: name its model with {variable('dense_model')}")
        if self.dense_key and address.scheme == "http" and not is_loopback(address.hostname):
            raise ValueError(
                f"{variable('dense_key')} would go over the network unencrypted: use https in {variable('dense')}"
            )
        return self

    @property
    def own_terms(self) -> Path | None:
        """The file of the user's own everyday words, if there is one."""
        if self.terms or not self.library:
            return self.terms
        usual = self.library.with_name(TERMS)
        return usual if usual.is_file() else None

    @classmethod
    def read(cls, **options: Any) -> Self:
        """Return the settings: each from its option unless `None`, else from the environment, else its default.

        Raises:
            SettingsError: if one cannot be used.
        """
        environment = {name: os.environ.get(variable(name)) or None for name in cls.model_fields}
        chosen = {name: value for name, value in options.items() if value is not None}
        given = {name: value for name, value in environment.items() if value is not None} | chosen
        sources = {name: option(name) if name in chosen else variable(name) for name in given}
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            raise SettingsError(" ".join(cls._explain(fault, given, sources) for fault in error.errors())) from None

    @classmethod
    def _explain(cls, fault: Any, given: dict[str, Any], sources: dict[str, str]) -> str:
        ours = fault["type"] == "value_error"  # what pydantic says besides is not for users
        wrong = f": {fault['ctx']['error']}. It is" if ours else ". It is"
        if not fault["loc"]:
            return f"{fault['ctx']['error']}."
        name = str(fault["loc"][0])
        return f"{sources[name]} cannot be {given[name]!r}{wrong}: {cls.model_fields[name].description}"


class ExtractSettings(Settings):
    """Settings of `extract`, added to the common ones."""

    extract_endpoint: str | None = Field(
        default=None,
        description="The OpenAI-compatible API that drafts claims for `extract`, such as `http://127.0.0.1:11434/v1`; needs the extra `extract`.",
    )
    extract_model: str | None = Field(default=None, description="The name of that API's model.")
    extract_key: SecretStr | None = Field(
        default=None, description="The key of that API, if it needs one; no other variable is read for it."
    )

    @model_validator(mode="after")
    def _drafts_safely(self) -> Self:
        if not self.extract_endpoint:
            return self
        wanted = f"--endpoint (or {variable('extract_endpoint')})"
        try:
            address = urlsplit(self.extract_endpoint)
            usable = address.scheme in {"http", "https"} and bool(address.hostname) and address.port != 0
        except ValueError:
            usable = False
        if not usable:
            raise ValueError(f"{wanted} is not a URL: write http://127.0.0.1:11434/v1 or https://api.example.org/v1")
        if address.username is not None or address.password is not None:
            raise ValueError(f"{wanted} contains a password: put it in {variable('extract_key')}")
        if self.extract_key and address.scheme == "http" and not is_loopback(address.hostname or ""):
            raise ValueError(f"{variable('extract_key')} would go over the network unencrypted: use https in {wanted}")
        return self


class HttpSettings(Settings):
    """Settings of `serve --http`, added to the common ones."""

    host: str = Field(
        default="127.0.0.1", description="The address to listen on; one other than loopback requires allowed hosts."
    )
    port: int = Field(
        default=8000, ge=0, le=65535, description="The port to listen on, 0 to 65535; 0 picks a free one."
    )
    path: str = Field(
        default="/mcp",
        pattern=r"^/[\w./-]*$",
        description="The path of the MCP endpoint: begins with `/`, as in `/mcp`.",
    )
    allowed_hosts: Hosts = Field(
        default=(), description="Host names that clients may use besides loopback, separated by commas."
    )
    allowed_origins: Origins = Field(
        default=(), description="Origins of web pages that may connect besides loopback, separated by commas."
    )
    rate_limit: int = Field(
        default=600,
        ge=0,
        le=1_000_000,
        description="Requests a minute from one client address, which may come all at once; 0 for no limit.",
    )
    max_body: int = Field(default=1_048_576, ge=1024, description="The largest request body in bytes, 1024 or more.")
    trusted_proxies: Networks = Field(
        default=(),
        description="Addresses or networks of proxies whose `X-Forwarded-For` names the client, separated by commas.",
    )

    @model_validator(mode="after")
    def _is_guarded(self) -> Self:
        if not self.allowed_hosts and not is_loopback(self.host):
            raise ValueError(
                f"‘{self.host}’ can be reached from other machines: name the hosts that clients will ask for with "
                f"{option('allowed_hosts')} or {variable('allowed_hosts')}, such as mcp.example.org"
            )
        if self.allow_write and not is_loopback(self.host):
            raise ValueError(
                f"‘{self.host}’ can be reached from other machines, and whoever reaches it may write: leave {option('allow_write')} "
                f"out, or listen on 127.0.0.1 behind a proxy that knows who asks"
            )
        if self.path == HEALTH:
            raise ValueError(f"{HEALTH} is the health check: choose another path for the MCP endpoint")
        return self


def version() -> str:
    """Return the installed version."""
    return metadata.version("ai-trends-mcp")
