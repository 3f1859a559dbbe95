"""The server over Streamable HTTP."""

import errno
import logging
import os
import re
import signal
import socket
import sys
from typing import Any

import uvicorn
from mcp.server import MCPServer
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

from mcp_server.sdk import QuietDisconnects, ReadableReplies
from mcp_server.settings import HttpSettings, option, variable
from mcp_server.transports.http_security import Guard, security

_GRACE_S = 3
"""Seconds that running requests have to finish."""


def build_app(server: MCPServer[Any], settings: HttpSettings) -> ASGIApp:
    """Return the ASGI app of `server`: checks, health and limits before the SDK, readable replies after it."""
    sdk = server.streamable_http_app(
        streamable_http_path=settings.path,
        max_request_body_size=settings.max_body,
        transport_security=security(settings),
    )
    return _for_pages(Guard(ReadableReplies(sdk, settings), settings), settings)


def _for_pages(app: ASGIApp, settings: HttpSettings) -> ASGIApp:
    """Add CORS headers for the origins that the guard lets through."""
    origins = (re.escape(origin).replace(r":\*", r":\d+") for origin in security(settings).allowed_origins)
    return CORSMiddleware(
        app,
        allow_origin_regex="|".join(origins),
        allow_methods=["GET", "POST", "DELETE"],
        allow_headers=["*"],
        expose_headers=["Mcp-Session-Id", "Retry-After"],
    )


async def serve(server: MCPServer[Any], settings: HttpSettings) -> int:
    """Serve until SIGINT or SIGTERM, then let running requests finish; return the exit status."""
    try:
        listening = _listen(settings.host, settings.port)
    except OSError as error:
        print(_cannot_listen(settings, error), file=sys.stderr)
        return 1
    app = build_app(server, settings)
    with listening:
        # Opened here and not by uvicorn, which would log a traceback of what cannot be opened.
        async with server.session_manager.run():
            running = uvicorn.Server(_config(QuietDisconnects(app), settings))
            for stop in (signal.SIGINT, signal.SIGTERM):  # from now on, and when uvicorn raises what stopped it again
                signal.signal(stop, running.handle_exit)
            print(f"Serving MCP at {_url(settings, listening)} (Ctrl+C stops it)", file=sys.stderr, flush=True)
            await running.serve(sockets=[listening])
    return 0


def _config(app: ASGIApp, settings: HttpSettings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http="h11",  # httptools lets a header pass that the protocol wants refused
        ws="none",
        lifespan="off",
        log_config=None,
        log_level=logging.WARNING,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_graceful_shutdown=_GRACE_S,
    )


def _listen(host: str, port: int) -> socket.socket:
    kind, proto = socket.SOCK_STREAM, socket.IPPROTO_TCP  # asyncio sends at once only where the protocol is named
    family, *_, address = socket.getaddrinfo(host, port, type=kind, proto=proto, flags=socket.AI_PASSIVE)[0]
    listening = socket.socket(family, kind, proto)
    try:
        if os.name == "posix":  # a port may be taken again at once; elsewhere the option means that it may be shared
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()  # so that a port that is taken is known now
    except OSError:
        listening.close()
        raise
    return listening


def _cannot_listen(settings: HttpSettings, error: OSError) -> str:
    place = f"Cannot listen on {settings.host}, port {settings.port}"
    if error.errno == errno.EADDRINUSE:
        return f"{place}: another program has it. Choose one with {option('port')} or {variable('port')}; 0 takes a free one."
    return f"{place}: {error.strerror}."


def _url(settings: HttpSettings, listening: socket.socket) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{listening.getsockname()[1]}{settings.path}"
