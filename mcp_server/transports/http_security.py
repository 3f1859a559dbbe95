"""Checks before the SDK's HTTP app, and the health of the server."""

import json
import math
from typing import Final

from mcp.server.transport_security import TransportSecurityMiddleware, TransportSecuritySettings
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from mcp_server.sdk import error_body, lacks_session, opens_session, with_lowercase_host
from mcp_server.settings import HEALTH, HttpSettings, variable, version
from mcp_server.transports.rate_limit import RateLimit, client_of

SESSIONS_PER_MINUTE: Final = 60
"""Sessions of the older protocol that one client may open: each is kept for half an hour, and takes some 35 KiB."""
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_UNWELCOME = {
    421: f"This server does not answer to that Host. Its operator can name it in {variable('allowed_hosts')}.",
    403: f"This server does not answer pages of that Origin. Its operator can name it in {variable('allowed_origins')}.",
}


class Guard:
    """Refuses foreign hosts and origins, and clients that ask too often; tells the server's health.

    The order matters: what its headers refuse and a health check take nothing of a client's allowance, so that a web page cannot use
    up that of the assistants on its reader's machine.
    """

    def __init__(self, app: ASGIApp, settings: HttpSettings) -> None:
        self._app = app
        self._path = settings.path
        self._security = TransportSecurityMiddleware(security(settings))
        self._requests = RateLimit(settings.rate_limit) if settings.rate_limit else None
        self._sessions = RateLimit(SESSIONS_PER_MINUTE) if settings.rate_limit else None
        self._health = json.dumps({"status": "ok", "version": version()}).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope = with_lowercase_host(scope)
        if refused := await self._security.validate_request(Request(scope)):
            await _answer(send, refused.status_code, error_body(_UNWELCOME[refused.status_code]))
        elif scope["path"] == HEALTH:
            await _answer(send, 200, self._health)
        elif wait := self._wait(scope):
            what, seconds = wait
            message = f"Too many {what} from this address. Ask again in {seconds} s."
            await _answer(send, 429, error_body(message), (b"retry-after", str(seconds).encode()))
        elif scope["path"] == self._path and lacks_session(scope):
            await _answer(send, 405, error_body("This endpoint takes POST."), (b"allow", b"POST"))
        else:
            await self._app(scope, receive, send)

    def _wait(self, scope: Scope) -> tuple[str, int] | None:
        """Return what there was too much of, and the seconds until more is accepted."""
        if self._requests is None or self._sessions is None:
            return None
        client = client_of(scope["client"][0]) if scope.get("client") else ""
        if scope["path"] == self._path and opens_session(scope) and (seconds := self._sessions.wait(client)):
            return "new sessions", math.ceil(seconds)  # first, so that it takes nothing of what open sessions may ask
        if seconds := self._requests.wait(client):
            return "requests", math.ceil(seconds)
        return None


def security(settings: HttpSettings) -> TransportSecuritySettings:
    """Return the accepted `Host` and `Origin` headers: loopback's and those set, on any port unless they name one.

    Where the server may write, only pages of origins that are set may ask: whatever runs on this machine could write else.
    """
    loopback = () if settings.allow_write else _LOOPBACK
    origins = [f"{scheme}://{host}" for scheme in ("http", "https") for host in loopback]
    return TransportSecuritySettings(
        allowed_hosts=_on_any_port([*_LOOPBACK, *settings.allowed_hosts]),
        allowed_origins=_on_any_port([*origins, *settings.allowed_origins]),
    )


def _on_any_port(names: list[str]) -> list[str]:
    portless = [
        name for name in names if ":" not in name.rpartition("]")[2].removeprefix("http:").removeprefix("https:")
    ]
    return [*names, *(f"{name}:*" for name in portless)]


async def _answer(send: Send, status: int, body: bytes, *headers: tuple[bytes, bytes]) -> None:
    described = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()), *headers]
    await send({"type": "http.response.start", "status": status, "headers": described})
    await send({"type": "http.response.body", "body": body})
